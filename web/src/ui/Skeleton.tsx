import './state.css';
import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js';

const SHOW_AFTER_MS = 200;

/** Shows its children only after 200 ms: what loads faster never flickers. */
export function Delayed(props: { children: JSX.Element }) {
  const [late, setLate] = createSignal(false);
  const timer = setTimeout(() => setLate(true), SHOW_AFTER_MS);
  onCleanup(() => clearTimeout(timer));
  return <Show when={late()}>{props.children}</Show>;
}

export function Bone(props: { width: string; height?: string; class?: string }) {
  return <span class={`bone ${props.class ?? ''}`} style={{ width: props.width, height: props.height }} />;
}

const widths = ['52%', '38%', '61%', '45%', '57%', '33%'];

/** Rows at their final height, so that nothing jumps when the real ones come. */
export function SkeletonRows(props: { rows: number }) {
  return (
    <Delayed>
      <div aria-busy="true" aria-label="Loading">
        <For each={Array.from({ length: props.rows })}>
          {(_, at) => (
            <div class="row">
              <Bone width="14px" />
              <Bone width="44px" />
              <Bone width={widths[at() % widths.length] ?? '50%'} />
              <Bone width="20px" class="end" />
            </div>
          )}
        </For>
      </div>
    </Delayed>
  );
}
