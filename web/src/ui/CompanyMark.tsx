import './mark.css';

/** Black or white, whichever can be read on a colour given as #rrggbb. */
export function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#111' : '#fff';
}

/** A company: a dark tile with its letter, or in its own colour. */
export function CompanyMark(props: { name: string; color?: string | null | undefined; size?: number }) {
  const style = () => ({ '--mark': `${props.size ?? 22}px`, ...(props.color ? { background: props.color, color: inkOn(props.color) } : {}) });
  return (
    // The letter is drawn, not written: beside the name it would be read as a word.
    <span class="company-mark" aria-hidden="true" data-letters={props.name.trim()[0]?.toUpperCase() ?? '?'} style={style()} />
  );
}
