/**
 * Replaces `{{a.b}}` by the value at that path. An unknown path becomes nothing, since a template is written once for
 * runs with and without an issue; objects and lists are written as JSON.
 */
export function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path: string) => textOf(lookUp(values, path.split('.'))));
}

function lookUp(from: unknown, path: readonly string[]): unknown {
  let at: unknown = from;
  for (const key of path) {
    // Own keys only: a template must not reach what every object inherits.
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
