import { words } from '../../../ui/format.ts';

export type FieldKind = 'text' | 'long' | 'number' | 'switch' | 'choice' | 'lines' | 'pairs' | 'json';

export interface ConfigField {
  name: string;
  label: string;
  help: string | undefined;
  kind: FieldKind;
  required: boolean;
  /** Shown as placeholder: leaving the field empty means this. */
  default: unknown;
  choices: string[];
  min: number | undefined;
  max: number | undefined;
}

interface Property {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Property;
  additionalProperties?: Property | boolean;
  properties?: Record<string, Property>;
  required?: string[];
}

/** Beyond this a text has paragraphs. */
const LONG_TEXT = 10_000;

/** What people set first; everything else an adapter offers is one fold away. */
const COMMON = new Set(['args', 'url', 'model', 'instructions', 'cwd']);

/** The fields of an adapter's configuration, from its JSON Schema. */
export function fieldsOf(schema: unknown): ConfigField[] {
  const { properties = {}, required = [] } = (schema ?? {}) as Property;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    label: labelOf(name),
    help: property.description,
    kind: kindOf(property),
    required: required.includes(name) && property.default === undefined,
    default: property.default,
    choices: property.enum ?? [],
    min: property.minimum,
    max: property.maximum,
  }));
}

export const isCommon = (field: ConfigField): boolean => field.required || COMMON.has(field.name);

function kindOf(property: Property): FieldKind {
  if (property.enum) return 'choice';
  switch (property.type) {
    case 'string':
      return (property.maxLength ?? 0) >= LONG_TEXT ? 'long' : 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'array':
      return property.items?.type === 'string' ? 'lines' : 'json';
    case 'object':
      return typeof property.additionalProperties === 'object' && property.additionalProperties.type === 'string' && !property.properties ? 'pairs' : 'json';
    default:
      return 'json';
  }
}

/** "timeoutSec" as "Timeout, seconds". */
function labelOf(name: string): string {
  const spaced = words(name.replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
  return spaced.replace(/ sec$/, ', seconds').replace(/ ms$/, ', milliseconds').replace(/^Cwd$/, 'Working folder').replace(/^Env$/, 'Environment').replace(/^Url$/, 'URL').replace(/^Args$/, 'Arguments');
}

/** A value as it is edited. */
export function toText(kind: FieldKind, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return (value as string[]).join('\n');
  if (kind === 'pairs') return Object.entries(value as Record<string, string>).map(([key, each]) => `${key}=${each}`).join('\n');
  if (kind === 'json') return JSON.stringify(value, null, 2);
  return String(value);
}

export type Parsed = { value: unknown; error: null } | { value: undefined; error: string };

/** What was typed as a value. Empty means absent, so that the adapter's own default holds. */
export function fromText(field: Pick<ConfigField, 'kind' | 'min' | 'max' | 'required'>, text: string): Parsed {
  if (text.trim() === '') return field.required ? { value: undefined, error: 'This is needed.' } : { value: undefined, error: null };
  switch (field.kind) {
    case 'number': {
      const value = Number(text);
      if (!Number.isFinite(value)) return { value: undefined, error: 'A number, please.' };
      if (field.min !== undefined && value < field.min) return { value: undefined, error: `At least ${field.min}.` };
      if (field.max !== undefined && value > field.max) return { value: undefined, error: `At most ${field.max}.` };
      return { value, error: null };
    }
    case 'lines':
      return { value: text.split('\n').filter((line) => line !== ''), error: null };
    case 'pairs':
      return pairsOf(text);
    case 'json':
      try {
        return { value: JSON.parse(text), error: null };
      } catch {
        return { value: undefined, error: 'This is not valid JSON.' };
      }
    default:
      return { value: text, error: null };
  }
}

function pairsOf(text: string): Parsed {
  const pairs: Record<string, string> = {};
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const equals = line.indexOf('=');
    if (equals < 1) return { value: undefined, error: `One NAME=value on each line; “${line}” has no name or no =.` };
    pairs[line.slice(0, equals).trim()] = line.slice(equals + 1);
  }
  return { value: pairs, error: null };
}

/** Every field read; a configuration only when all could be. */
export function readConfig(fields: readonly ConfigField[], texts: Readonly<Record<string, string>>): { config: Record<string, unknown>; errors: Record<string, string> } {
  const config: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = texts[field.name] ?? '';
    if (field.kind === 'switch') {
      if (text !== '') config[field.name] = text === 'true';
      continue;
    }
    const { value, error } = fromText(field, text);
    if (error) errors[field.name] = error;
    else if (value !== undefined) config[field.name] = value;
  }
  return { config, errors };
}
