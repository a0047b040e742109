/** Keeps secrets out of what is stored of a run's output, whatever the agent prints. */
export interface Veil {
  hide(text: string): string;
  /** Where, at the end of a text, a secret may have begun that its continuation would complete; the text's length where none has. */
  openAt(text: string): number;
}

export const HIDDEN = '•••';

/** Shapes that are secrets whoever made them: JSON web tokens (the run's own is one), Boardroom's agent keys, providers' keys. */
const SHAPES = [
  /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g, /brk_[0-9a-f]{32,}/g, /sk-[A-Za-z0-9_-]{20,}/g, /gh[pousr]_[A-Za-z0-9]{30,}/g, /AKIA[0-9A-Z]{16}/g,
];
const STARTS = ['eyJ', 'brk_', 'sk-', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'AKIA'];
/** Longer runs of such characters are data: they are not held back. */
const OPEN_MAX = 4_096;
const IN_WORD = /[\w.+/=-]/;

/** A veil over these values and over whatever is shaped like a secret. */
export function veilOver(values: readonly string[]): Veil {
  return {
    hide(text) {
      const known = values.reduce((shown, value) => (shown.includes(value) ? shown.replaceAll(value, HIDDEN) : shown), text);
      return SHAPES.reduce((shown, shape) => shown.replace(shape, HIDDEN), known);
    },
    openAt(text) {
      // A value that is there whole is hidden anyway: what only looks like its beginning within it must not cut it in two.
      const rest = values.reduce((left, value) => (left.includes(value) ? left.replaceAll(value, '\n'.repeat(value.length)) : left), text);
      return Math.min(openShape(rest), ...values.map((value) => openValue(rest, value)));
    },
  };
}

function openShape(text: string): number {
  // By hand from the end: a pattern anchored there is tried at every place of a text without spaces.
  let start = text.length;
  while (start > 0 && text.length - start <= OPEN_MAX && IN_WORD.test(text[start - 1] as string)) start -= 1;
  const word = text.slice(start);
  if (word === '' || word.length > OPEN_MAX) return text.length;
  const begun = STARTS.map((each) => word.indexOf(each)).filter((at) => at >= 0);
  const cut = STARTS.flatMap((each) => prefixAtEnd(word, each));
  const first = Math.min(...begun, ...cut);
  return Number.isFinite(first) ? start + first : text.length;
}

/** Places where a proper beginning of `whole` ends the text. */
function prefixAtEnd(text: string, whole: string): number[] {
  for (let size = Math.min(whole.length - 1, text.length); size > 0; size -= 1) {
    if (text.endsWith(whole.slice(0, size))) return [text.length - size];
  }
  return [];
}

function openValue(text: string, value: string): number {
  return prefixAtEnd(text.slice(-value.length), value).map((at) => at + Math.max(0, text.length - value.length))[0] ?? text.length;
}
