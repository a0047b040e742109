import { Show, type JSX } from 'solid-js';
import { Glyph } from './Glyph.tsx';
import type { IssueStatus } from '../graphql/generated/graphql.ts';

interface Look {
  label: string;
  hue: string;
  draw: () => JSX.Element;
}

const ring = () => <circle class="o" cx="8" cy="8" r="5.75" />;
const disc = () => <circle class="f" cx="8" cy="8" r="6.5" />;

/** Issues are round. */
export const issueLooks: Record<IssueStatus, Look> = {
  BACKLOG: { label: 'Backlog', hue: '--issue-backlog', draw: () => <circle class="o" cx="8" cy="8" r="5.75" stroke-dasharray="2 2.52" /> },
  TODO: { label: 'Todo', hue: '--issue-todo', draw: ring },
  IN_PROGRESS: {
    label: 'In progress',
    hue: '--issue-in-progress',
    draw: () => <>{ring()}<path class="f" d="M8 4.4a3.6 3.6 0 0 1 0 7.2z" /></>,
  },
  IN_REVIEW: { label: 'In review', hue: '--issue-in-review', draw: () => <>{ring()}<circle class="f" cx="8" cy="8" r="2.3" /></> },
  BLOCKED: { label: 'Blocked', hue: '--issue-blocked', draw: () => <>{disc()}<path class="c" stroke-width="2" d="M5 8h6" /></> },
  DONE: { label: 'Done', hue: '--issue-done', draw: () => <>{disc()}<path class="c" d="M5.2 8.2l2 2 3.7-4.3" /></> },
  CANCELLED: { label: 'Cancelled', hue: '--issue-cancelled', draw: () => <>{disc()}<path class="c" d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" /></> },
};

export function issueStatusLabel(status: IssueStatus): string {
  return issueLooks[status].label;
}

export function IssueGlyph(props: { status: IssueStatus; class?: string }) {
  return (
    <Show when={issueLooks[props.status]} keyed>
      {(look) => <Glyph label={look.label} hue={look.hue} class={props.class}>{look.draw()}</Glyph>}
    </Show>
  );
}
