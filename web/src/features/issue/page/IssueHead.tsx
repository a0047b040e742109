import { Show } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { money } from '../../../ui/format.ts';
import { IssueGlyph, issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { PriorityGlyph, priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { changeIssue } from '../change-issue.ts';
import { EditableText } from './EditableText.tsx';
import type { IssueDetail } from './issue.ts';

/** The title; on a phone the properties as chips, which open all of them. */
export function IssueHead(props: { issue: IssueDetail; onProperties: () => void }) {
  const company = useCompany();
  const issue = () => props.issue;
  return (
    <>
      <EditableText label="Title" value={issue().title} disabled={company.archived} onSave={(title) => changeIssue(issue(), { title })}>
        {(edit) => (
          <div class="issue-head">
            <IssueGlyph status={issue().status} />
            <h2>
              <button type="button" onClick={edit} title="Edit the title">
                {issue().title}
              </button>
            </h2>
          </div>
        )}
      </EditableText>
      <div class="issue-chips narrow-only">
        <button type="button" class="chip" onClick={() => props.onProperties()}>
          <IssueGlyph status={issue().status} />
          {issueStatusLabel(issue().status)}
        </button>
        <button type="button" class="chip" onClick={() => props.onProperties()}>
          <PriorityGlyph priority={issue().priority} />
          {priorityLabel(issue().priority)}
        </button>
        <Show when={issue().assignee}>
          {(agent) => (
            <button type="button" class="chip" onClick={() => props.onProperties()}>
              <Sigil id={agent().id} name={agent().name} size={14} />
              {agent().name}
            </button>
          )}
        </Show>
        <span class="chip num">{money(issue().cost.costMicros)}</span>
        <button type="button" class="chip" onClick={() => props.onProperties()}>
          More
        </button>
      </div>
    </>
  );
}
