/**
 * What one operation may ask for. Sized so that the board's own queries pass with room: its widest, the dashboard with its
 * lists, costs about 2,000; introspection by GraphiQL and code generators needs 15 levels.
 */
export const LIMIT = {
  /** Sum over fields, lists counted by their `first`. */
  complexity: 25_000,
  depth: 16,
  /** Fields and aliases in the whole document. */
  breadth: 800,
  aliases: 60,
  tokens: 4_000,
  /** What a list without `first` is counted as. */
  listMultiplier: 10,
} as const;
