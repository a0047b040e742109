import './mark.css';
import { createMemo, Show } from 'solid-js';
import { AgentBadge, agentStateLabel, type AgentState } from './AgentBadge.tsx';
import { sigilOf, sigilPath } from './sigil.ts';

/** An agent: a square bitmap drawn from its id, its state in the corner. */
export function Sigil(props: { id: string; name: string; state?: AgentState; size?: number }) {
  const sigil = createMemo(() => sigilOf(props.id));
  const label = () => `${props.name}, agent${props.state ? `, ${agentStateLabel(props.state)}` : ''}`;
  return (
    <span
      class="sigil"
      role="img"
      aria-label={label()}
      style={{ '--mark': `${props.size ?? 20}px`, color: `var(--sigil-${sigil().ink})`, background: `var(--sigil-${sigil().ink}-bg)` }}
    >
      <svg viewBox="0 0 10 10" fill="currentColor" aria-hidden="true">
        <path d={sigilPath(sigil())} />
      </svg>
      <Show when={props.state}>{(state) => <AgentBadge state={state()} />}</Show>
    </span>
  );
}
