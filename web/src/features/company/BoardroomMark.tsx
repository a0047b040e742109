/** The product's own mark: a table seen from above, three seats taken. */
export function BoardroomMark(props: { size?: number }) {
  return (
    <svg width={props.size ?? 22} height={props.size ?? 22} viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5" fill="var(--text-1)" />
      <g fill="var(--surface)">
        <rect x="4" y="11" width="12" height="2.2" rx="1.1" />
        <rect x="5.2" y="6.4" width="2.6" height="3" rx=".9" />
        <rect x="8.7" y="5" width="2.6" height="4.4" rx=".9" />
        <rect x="12.2" y="6.4" width="2.6" height="3" rx=".9" />
        <rect x="8.9" y="13.2" width="2.2" height="2.6" />
      </g>
    </svg>
  );
}
