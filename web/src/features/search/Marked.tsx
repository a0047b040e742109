/** A text with the searched part made visible. */
export function Marked(props: { text: string; part: string }) {
  const at = () => (props.part === '' ? -1 : props.text.toLowerCase().indexOf(props.part.toLowerCase()));
  return (
    <span class="cut">
      {at() < 0 ? (
        props.text
      ) : (
        <>
          {props.text.slice(0, at())}
          <b class="accent">{props.text.slice(at(), at() + props.part.length)}</b>
          {props.text.slice(at() + props.part.length)}
        </>
      )}
    </span>
  );
}
