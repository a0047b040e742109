import './document.css';
import { For } from 'solid-js';
import type { DocumentNameFragment } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Ago } from '../../ui/Time.tsx';

/** The texts that belong to an issue, each by its key. */
export function Documents(props: { documents: readonly DocumentNameFragment[]; disabled: boolean; onOpen: (key: string) => void; onNew: () => void }) {
  return (
    <>
      <h3>
        Documents <span class="t3 num">{props.documents.length || ''}</span>
        <span class="fill" />
        <Button size="small" kind="ghost" icon="plus" disabled={props.disabled} onClick={() => props.onNew()}>
          Write
        </Button>
      </h3>
      <For each={props.documents} fallback={<p class="meta t3">None.</p>}>
        {(document) => (
          <button type="button" class="mention document-line" onClick={() => props.onOpen(document.key)}>
            <Icon name={document.lockedAt ? 'lock' : 'file'} class="t3" label={document.lockedAt ? 'Locked' : undefined} />
            <span class="cut">
              {document.key}
              {document.title ? <span class="t3"> {document.title}</span> : ''}
            </span>
            <span class="mention-end num meta t3">
              revision {document.number}, <Ago at={document.updatedAt} />
            </span>
          </button>
        )}
      </For>
    </>
  );
}
