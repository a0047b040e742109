/** Longest texts of a thread, in UTF-16 code units. */
export const ANNOTATION_LIMITS = { body: 20_000, quote: 10_000, context: 1_000 } as const;
