import { createEffect, createSignal, on, Show } from 'solid-js';
import { useShortcuts } from '../../../app/keyboard.ts';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { effectOf } from './comment-effect.ts';
import type { IssueDetail } from './issue.ts';
import { AddComment } from './queries.ts';

/** Says what a comment sets in motion before it is sent; unsent words are kept for this issue. */
export function Composer(props: { issue: IssueDetail; disabled: boolean }) {
  const store = () => `boardroom.comment.${props.issue.id}`;
  const [text, setText] = createSignal('');
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  let key = idempotencyKey();
  let field!: HTMLTextAreaElement;

  createEffect(on(store, (name) => setText(kept(name))));
  const write = (value: string) => {
    setText(value);
    setProblem(undefined);
    keep(store(), value);
  };
  const send = async () => {
    if (text().trim() === '' || pending()) return;
    setPending(true);
    const { failure } = await mutate(AddComment, { input: { issueId: props.issue.id, body: text(), idempotencyKey: key } });
    setPending(false);
    if (failure) {
      setProblem(`${failure.message} Your words are kept.`);
      return;
    }
    key = idempotencyKey();
    write('');
  };
  useShortcuts([{ keys: 'g c', label: 'Write a comment', group: 'Issue', run: () => field.focus() }]);

  const running = () => props.issue.liveRuns.find((run) => run.status === 'RUNNING');
  const effect = () => `Comment. ${effectOf(props.issue)}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={field}
        aria-label="Comment"
        placeholder={effect()}
        rows={2}
        value={text()}
        maxLength={100_000}
        disabled={props.disabled}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            void send();
          } else if (event.key === 'Escape') field.blur();
        }}
      />
      <footer>
        <Show when={problem()} fallback={<span class="meta t3 cut">{text() ? effectOf(props.issue) : 'Markdown works'}</span>}>
          <span class="meta bad" role="alert">
            {problem()}
          </span>
        </Show>
        <span class="fill" />
        <Button type="submit" size="small" kind="primary" kbd="ctrl ↵" pending={pending()} disabled={props.disabled || text().trim() === ''}>
          {running() ? 'Queue comment' : 'Comment'}
        </Button>
      </footer>
    </form>
  );
}

function kept(name: string): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

function keep(name: string, value: string): void {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Storage is denied: the words live as long as the page.
  }
}
