import { A } from '@solidjs/router';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';
import { RunGlyph } from '../../../ui/RunGlyph.tsx';
import type { IssueMentionFragment } from '../../../graphql/generated/graphql.ts';
import { setBlockers } from './actions.ts';
import type { IssueDetail } from './issue.ts';
import { IssuePicker } from './IssuePicker.tsx';

/** What must be done before the issue, and what waits for it. */
export function IssueRelations(props: { issue: IssueDetail; disabled: boolean }) {
  const [picking, setPicking] = createSignal(false);
  const issue = () => props.issue;
  return (
    <>
      <h3>
        Blocked by <span class="t3 num">{issue().blockedBy.length || ''}</span>
        <span class="fill" />
        <Button size="small" kind="ghost" icon="plus" disabled={props.disabled} onClick={() => setPicking(true)}>
          Add
        </Button>
      </h3>
      <For each={issue().blockedBy} fallback={<p class="meta t3">Nothing.</p>}>
        {(blocker) => (
          <Mention
            issue={blocker}
            action={
              <IconButton
                icon="close"
                label={`${blocker.identifier} does not block it`}
                disabled={props.disabled}
                onClick={() => void setBlockers(issue(), issue().blockedBy.filter((each) => each.id !== blocker.id).map((each) => each.id))}
              />
            }
          />
        )}
      </For>
      <Show when={issue().blocks.length > 0}>
        <h3>
          Blocks <span class="t3 num">{issue().blocks.length}</span>
        </h3>
        <For each={issue().blocks}>{(each) => <Mention issue={each} />}</For>
      </Show>
      <Show when={picking()}>
        <IssuePicker
          title={`What blocks ${issue().identifier}?`}
          without={[issue().id, ...issue().blockedBy.map((each) => each.id)]}
          onPick={(id) => {
            setPicking(false);
            void setBlockers(issue(), [...issue().blockedBy.map((each) => each.id), id]);
          }}
          onClose={() => setPicking(false)}
        />
      </Show>
    </>
  );
}

function Mention(props: { issue: IssueMentionFragment; action?: JSX.Element }) {
  return (
    <div class="mention-row">
      <A class="mention" href={paths.issue(props.issue.identifier)}>
        <IssueGlyph status={props.issue.status} />
        <span class="t3 num">{props.issue.identifier}</span>
        <span class="cut t2">{props.issue.title}</span>
        <Show when={props.issue.liveRuns[0]}>{(run) => <span class="mention-end"><RunGlyph status={run().status} /></span>}</Show>
      </A>
      {props.action}
    </div>
  );
}
