import '../../../ui/picker.css';
import { Show } from 'solid-js';
import type { IssueStatus } from '../../../graphql/generated/graphql.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { IssueGlyph } from '../../../ui/IssueGlyph.tsx';

/** A field of a form that holds an issue, or says that one is to be found; pressed, it opens the IssuePicker. */
export function IssueInput(props: { issue: { identifier: string; title: string; status: IssueStatus } | null | undefined; onFind: () => void }) {
  return (
    <button type="button" class="input picker-input" aria-label={props.issue ? `Issue: ${props.issue.identifier}` : 'Issue'} onClick={() => props.onFind()}>
      <Show when={props.issue} fallback={<span class="t3">Find an issue</span>}>
        {(found) => (
          <>
            <IssueGlyph status={found().status} />
            <span class="t3 num">{found().identifier}</span>
            <span class="cut">{found().title}</span>
          </>
        )}
      </Show>
      <Icon name="search" class="t3 end" />
    </button>
  );
}
