/** At most so many issues are linked from one text: a list of numbers is no conversation about each of them. */
const REFERENCES_MAX = 200;

/** In capitals, as issues are written everywhere; not the tail or the start of a longer word. */
const MENTION = /(?<![\p{L}\p{N}_-])[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}(?![\p{L}\p{N}_])/gu;

export interface FoundIdentifier {
  prefix: string;
  number: number;
}

/** What looks like the identifier of an issue (ACME-12) in some texts, each once, in the order found. */
export function identifiersIn(texts: readonly (string | null | undefined)[]): FoundIdentifier[] {
  const found = new Map<string, FoundIdentifier>();
  for (const text of texts) {
    for (const [word] of text?.matchAll(MENTION) ?? []) {
      if (found.size === REFERENCES_MAX) return [...found.values()];
      const dash = word.indexOf('-');
      if (!found.has(word)) found.set(word, { prefix: word.slice(0, dash), number: Number(word.slice(dash + 1)) });
    }
  }
  return [...found.values()];
}
