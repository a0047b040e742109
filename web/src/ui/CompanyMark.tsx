import './mark.css';

/** A company: a dark tile with its letter, or in its own colour. */
export function CompanyMark(props: { name: string; color?: string | null; size?: number }) {
  return (
    <span class="company-mark" aria-hidden="true" style={{ '--mark': `${props.size ?? 22}px`, '--brand': props.color ?? undefined }}>
      {props.name.trim()[0]?.toUpperCase() ?? '?'}
    </span>
  );
}
