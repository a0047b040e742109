/** Longest texts of a document, in UTF-16 code units. */
export const DOCUMENT_LIMITS = { key: 64, title: 200, body: 524_288, changeSummary: 500 } as const;

/** Written by Boardroom itself: in no list, never annotated, and nobody else's to write. */
const SYSTEM_KEYS: readonly string[] = ['continuation-summary'];

/** The document that a decomposition goes by. */
export const PLAN_KEY = 'plan';

/** A lowercase slug of 1 to 64 characters: plan, design, release-notes. */
export function isDocumentKey(key: string): boolean {
  return key.length <= DOCUMENT_LIMITS.key && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(key);
}

export function isSystemKey(key: string): boolean {
  return SYSTEM_KEYS.includes(key);
}

/** Under which keys an agent's text goes when the document it is meant for is locked: plan-2, plan-3, plan-4. */
export function derivedKeys(key: string): string[] {
  return [2, 3, 4].map((number) => `${key.slice(0, DOCUMENT_LIMITS.key - 2).replace(/-$/, '')}-${number}`);
}
