import { Show } from 'solid-js';
import { useCompany } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { changeIssue } from '../change-issue.ts';
import { EditableText } from './EditableText.tsx';
import { Fold } from './Fold.tsx';
import type { IssueDetail } from './issue.ts';

export function Description(props: { issue: IssueDetail; editing: boolean; onEditing: (editing: boolean) => void }) {
  const company = useCompany();
  const issue = () => props.issue;
  return (
    <EditableText label="Description" multiline editing={props.editing} onEditing={props.onEditing} value={issue().description ?? ''} disabled={company.archived} onSave={(description) => changeIssue(issue(), { description: description || null })}>
      {(edit) => (
        <div class="issue-words">
          <Show
            when={issue().description}
            fallback={
              <Button size="small" kind="ghost" icon="edit" disabled={company.archived} onClick={edit}>
                Add a description
              </Button>
            }
          >
            {(text) => (
              <>
                <Fold lines={30}>
                  <Markdown text={text()} prefix={company.prefix} />
                </Fold>
                <IconButton class="issue-words-edit" icon="edit" label="Edit the description" disabled={company.archived} onClick={edit} />
              </>
            )}
          </Show>
        </div>
      )}
    </EditableText>
  );
}
