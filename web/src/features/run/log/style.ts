/** What SGR escapes (colours, bold, …) leave behind for the text that follows. */

/** -1 is the default ink, 0..255 the terminal palette, `RGB | rrggbb` a colour of its own. */
export type Colour = number;

export interface Style {
  readonly foreground: Colour;
  readonly background: Colour;
  readonly flags: number;
}

export const RGB = 0x1000000;
export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const UNDERLINE = 8;
export const INVERSE = 16;
export const STRIKE = 32;

const known = new Map<string, Style>();
const steps = new Map<string, Style>();
/** A rainbow in true colour has millions of styles: those past this are made anew each time. */
const MOST = 20_000;

/** Equal styles are one object, so that they compare and cache by identity. */
export function styleOf(foreground: Colour, background: Colour, flags: number): Style {
  const key = styleKey(foreground, background, flags);
  let style = known.get(key);
  if (!style) {
    style = { foreground, background, flags };
    if (known.size < MOST) known.set(key, style);
  }
  return style;
}

function styleKey(foreground: Colour, background: Colour, flags: number): string {
  return `${foreground} ${background} ${flags}`;
}

export const PLAIN = styleOf(-1, -1, 0);

const raised: Record<number, number> = { 1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 7: INVERSE, 9: STRIKE, 21: UNDERLINE };
const lowered: Record<number, number> = { 22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 27: INVERSE, 29: STRIKE };

/** `params` is what stands between `ESC [` and `m`: semicolons, or colons within a colour (ISO 8613-6). */
export function applySgr(style: Style, params: string): Style {
  if (params === '' || params === '0') return PLAIN;
  const key = `${styleKey(style.foreground, style.background, style.flags)} ${params}`;
  let next = steps.get(key);
  if (!next) {
    next = read(style, params);
    if (steps.size < MOST) steps.set(key, next);
  }
  return next;
}

function read(style: Style, params: string): Style {
  let { foreground, background, flags } = style;
  const groups = params.split(';');
  for (let i = 0; i < groups.length; i += 1) {
    const parts = (groups[i] ?? '').split(':');
    const code = Number(parts[0]);
    if (code === 38 || code === 48 || code === 58) {
      const inGroup = parts.length > 1;
      const rest = inGroup ? parts.slice(1) : groups.slice(i + 1, i + 5);
      const colour = extendedColour(rest, inGroup);
      if (!inGroup) i += rest[0] === '5' ? 2 : 4;
      if (colour === undefined) continue;
      if (code === 38) foreground = colour;
      else if (code === 48) background = colour;
    } else if (code === 0) {
      foreground = -1;
      background = -1;
      flags = 0;
    } else if (code === 4 && parts[1] === '0') flags &= ~UNDERLINE;
    else if (raised[code]) flags |= raised[code];
    else if (lowered[code]) flags &= ~lowered[code];
    else if (code >= 30 && code <= 37) foreground = code - 30;
    else if (code >= 90 && code <= 97) foreground = code - 90 + 8;
    else if (code === 39) foreground = -1;
    else if (code >= 40 && code <= 47) background = code - 40;
    else if (code >= 100 && code <= 107) background = code - 100 + 8;
    else if (code === 49) background = -1;
  }
  return styleOf(foreground, background, flags);
}

/** `5;n` or `2;r;g;b`; with colons a colour space may stand before the three. */
function extendedColour(parts: string[], inGroup: boolean): Colour | undefined {
  if (parts[0] === '5') return byte(parts[1]);
  if (parts[0] !== '2') return undefined;
  const [red, green, blue] = (inGroup && parts.length > 4 ? parts.slice(2) : parts.slice(1)).map(byte);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return RGB | (red << 16) | (green << 8) | blue;
}

function byte(text: string | undefined): number | undefined {
  const value = Number(text ?? NaN);
  return value >= 0 && value <= 255 ? value : undefined;
}

/** The red, green and blue of a palette entry from 16 up: a 6 × 6 × 6 cube, then 24 greys. */
export function paletteRgb(entry: number): number {
  if (entry >= 232) {
    const grey = 8 + (entry - 232) * 10;
    return (grey << 16) | (grey << 8) | grey;
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = entry - 16;
  return (level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6);
}
