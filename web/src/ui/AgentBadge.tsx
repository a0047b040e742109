import { Show, type JSX } from 'solid-js';
import { Glyph } from './Glyph.tsx';
import type { AgentStatus } from '../graphql/generated/graphql.ts';

export type AgentState = AgentStatus;

const looks: Record<AgentState, { label: string; hue: string; draw: () => JSX.Element }> = {
  RUNNING: {
    label: 'running',
    hue: '--agent-running',
    draw: () => <><circle class="o" style={{ 'stroke-width': '1.2' }} cx="6" cy="6" r="4" /><circle class="f pulse" cx="6" cy="6" r="2.2" /></>,
  },
  IDLE: { label: 'idle', hue: '--agent-idle', draw: () => <circle class="o" cx="6" cy="6" r="3.3" /> },
  PAUSED: { label: 'paused', hue: '--agent-paused', draw: () => <path class="o" style={{ 'stroke-width': '2' }} d="M4.2 3v6M7.8 3v6" /> },
  ERROR: { label: 'error', hue: '--agent-error', draw: () => <path class="f" d="M6 1.5 11 10.5H1z" /> },
  PENDING_APPROVAL: { label: 'pending', hue: '--agent-pending', draw: () => <path class="f" d="M6 1.5 10.5 6 6 10.5 1.5 6z" /> },
  TERMINATED: { label: 'terminated', hue: '--agent-terminated', draw: () => <path class="o" style={{ 'stroke-width': '1.8' }} d="M3.5 3.5l5 5M8.5 3.5l-5 5" /> },
};

export function agentStateLabel(state: AgentState): string {
  return looks[state].label;
}

/** The mark in a sigil's corner; also used alone in counts. */
export function AgentBadge(props: { state: AgentState; class?: string }) {
  return (
    <Show when={looks[props.state]} keyed>
      {(look) => (
        <Glyph label={look.label} hue={look.hue} class={`badge ${props.class ?? ''}`} viewBox="0 0 12 12">
          <circle cx="6" cy="6" r="6" fill="var(--cut)" />
          {look.draw()}
        </Glyph>
      )}
    </Show>
  );
}
