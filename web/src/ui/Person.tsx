import './mark.css';

/** Initials of the first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : (words[0]?.[1] ?? '');
  return (first + last).toUpperCase();
}

/** A person: round, where agents are square. */
export function Person(props: { name: string; size?: number }) {
  return (
    <span class="person" role="img" aria-label={props.name} data-letters={initials(props.name)} style={{ '--mark': `${props.size ?? 20}px` }} />
  );
}
