/** Muted like the sigils: identity only, never meaning. */
const COLORS = ['#7d473f', '#9a6a3c', '#7d6c2a', '#4f7a45', '#1f7d6f', '#2b7694', '#5f639c', '#8c567a'];

/** A name always gets the same colour, so that making "api" twice looks the same twice. */
export function labelColor(name: string): string {
  let sum = 7;
  for (const char of name.trim().toLowerCase()) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return COLORS[sum % COLORS.length] ?? '#5f639c';
}

export const PROJECT_COLORS: readonly string[] = COLORS;
