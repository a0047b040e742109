import { For } from 'solid-js';
import { Icon } from '../../../ui/Icon.tsx';
import type { IssueDetail } from './issue.ts';

type Decomposition = IssueDetail['decompositions'][number];

/** How far the making of sub-issues from an accepted plan has come: one line for each that was accepted. */
export function PlanLine(props: { decompositions: readonly Decomposition[] }) {
  return (
    <For each={props.decompositions}>
      {(each) => (
        <p class="plan-line meta t2">
          <Icon name={each.status === 'COMPLETED' ? 'tick' : 'clock'} /> {decomposedInWords(each)}
        </p>
      )}
    </For>
  );
}

export function decomposedInWords({ status, childCount, children, revision }: Decomposition): string {
  const plan = revision ? `The plan, revision ${revision.number}` : 'The plan';
  const issues = childCount === 1 ? 'sub-issue' : 'sub-issues';
  return `${plan}: ${children.length} of ${childCount} ${issues} made, ${status === 'COMPLETED' ? 'complete' : 'the others are to follow'}.`;
}
