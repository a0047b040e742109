import './attachment.css';
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import type { AttachmentLineFragment } from '../../graphql/generated/graphql.ts';
import { idempotencyKey, mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { sentence } from '../../ui/failure.ts';
import { bytes } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import { hasFiles } from './drop.ts';
import { DeleteAttachment, UploadAttachment } from './queries.ts';

/** Files of an issue. A file dropped anywhere on the page is added; so is one that is picked. */
export function Attachments(props: { issueId: string; files: readonly AttachmentLineFragment[]; more: boolean; disabled: boolean; onChange: () => void }) {
  const [sending, setSending] = createSignal(0);
  let picker!: HTMLInputElement;
  const send = async (files: readonly File[]) => {
    for (const file of files) {
      setSending((many) => many + 1);
      const { data, failure } = await mutate(UploadAttachment, { input: { issueId: props.issueId, file, idempotencyKey: idempotencyKey() } });
      setSending((many) => many - 1);
      if (failure) toast.error(`${file.name} was not attached`, failure.message);
      else if (data.uploadAttachment.__typename === 'IssueHeld') toast.error(`${file.name} was not attached`, sentence(data.uploadAttachment.message));
      else props.onChange();
    }
  };
  const remove = async (file: AttachmentLineFragment) => {
    const { data, failure } = await mutate(DeleteAttachment, { input: { attachmentId: file.id } });
    if (failure) toast.error(`${file.filename} was not removed`, failure.message);
    else if (data.deleteAttachment.__typename === 'IssueHeld') toast.error(`${file.filename} was not removed`, sentence(data.deleteAttachment.message));
    else props.onChange();
  };
  return (
    <>
      <h3>
        Files <span class="t3 num">{props.files.length || ''}{props.more ? '+' : ''}</span>
        <span class="fill" />
        <Button size="small" kind="ghost" icon="plus" pending={sending() > 0} disabled={props.disabled} onClick={() => picker.click()}>
          {sending() > 0 ? 'Sending' : 'Add'}
        </Button>
      </h3>
      <input
        ref={picker}
        class="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Files to attach"
        onChange={(event) => {
          void send([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <For each={props.files} fallback={<p class="meta t3">None. Drop one on the page.</p>}>
        {(file) => (
          <div class="mention-row">
            <a class="mention" href={file.path} {...(file.isShown ? { target: '_blank', rel: 'noopener' } : { download: file.filename })}>
              <Icon name={file.isShown ? 'file' : 'download'} class="t3" />
              <span class="cut">{file.filename}</span>
              <span class="mention-end num meta t3">{bytes(file.byteSize)}</span>
            </a>
            <IconButton icon="trash" label={`Remove ${file.filename}`} disabled={props.disabled} onClick={() => void remove(file)} />
          </div>
        )}
      </For>
      <Show when={!props.disabled}>
        <DropPlace onDrop={(files) => void send(files)} />
      </Show>
    </>
  );
}

/** The whole page, for as long as files are dragged over it. */
function DropPlace(props: { onDrop: (files: readonly File[]) => void }) {
  const [over, setOver] = createSignal(false);
  onMount(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const on = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      clearTimeout(leaving);
      setOver(true);
      // No event says that a file left the window; `dragover` simply stops coming.
      leaving = setTimeout(() => setOver(false), 200);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      clearTimeout(leaving);
      setOver(false);
      props.onDrop([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragover', on);
    window.addEventListener('drop', drop);
    onCleanup(() => {
      clearTimeout(leaving);
      window.removeEventListener('dragover', on);
      window.removeEventListener('drop', drop);
    });
  });
  return (
    <Show when={over()}>
      <div class="drop-place" aria-hidden="true">
        <b>Drop to attach</b>
      </div>
    </Show>
  );
}
