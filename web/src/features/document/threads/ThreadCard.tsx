import { createSignal, For, Show } from 'solid-js';
import type { AnnotationThreadFragment } from '../../../graphql/generated/graphql.ts';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { ActorMark } from '../../../ui/ActorMark.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextArea } from '../../../ui/Field.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { ReopenAnnotation, ReplyToAnnotation, ResolveAnnotation } from './queries.ts';
import { standingOf } from './standing.ts';

/** A thread about some words of a document: what was said, and the ways on. */
export function ThreadCard(props: { thread: AnnotationThreadFragment; prefix: string; disabled: boolean; onChanged: () => void }) {
  const [replying, setReplying] = createSignal<string>();
  const [body, setBody] = createSignal('');
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const it = () => props.thread;
  const isOpen = () => it().status === 'OPEN';
  const standing = () => standingOf(it());
  const done = (failure: { message: string } | null): boolean => {
    setPending(false);
    setProblem(failure?.message);
    if (!failure) props.onChanged();
    return !failure;
  };
  const move = async () => {
    setPending(true);
    const input = { threadId: it().id };
    done((isOpen() ? await mutate(ResolveAnnotation, { input }) : await mutate(ReopenAnnotation, { input })).failure);
  };
  const reply = async () => {
    const key = replying();
    if (key === undefined || pending() || body().trim() === '') return;
    setPending(true);
    const { failure } = await mutate(ReplyToAnnotation, { input: { threadId: it().id, body: body(), idempotencyKey: key } });
    if (!done(failure)) return;
    setReplying(undefined);
    setBody('');
  };
  return (
    <li class="doc-thread" aria-label={`Thread about “${it().quote}”`}>
      <blockquote>{it().quote}</blockquote>
      <p class="meta" classList={{ t3: !standing().isDoubtful, warn: standing().isDoubtful }}>
        {standing().text}
        <Show when={!isOpen() && it().resolvedAt}>
          {(at) => (
            <span class="t3">
              . Resolved by {it().resolvedBy?.name ?? 'the board'}, <Ago at={at()} />
            </span>
          )}
        </Show>
      </p>
      <For each={it().comments.nodes}>
        {(comment) => (
          <div class="doc-thread-comment">
            <ActorMark actor={comment.author} size={20} state={false} />
            <div>
              <p class="meta t3">
                <b>{comment.author.name}</b> <Ago at={comment.createdAt} />
                <Show when={comment.run}>{(run) => <> in run {run().number}</>}</Show>
              </p>
              <Markdown text={comment.body} prefix={props.prefix} />
            </div>
          </div>
        )}
      </For>
      <Show when={it().comments.pageInfo.hasNextPage}>
        <p class="meta t3">The first {it().comments.nodes.length} comments.</p>
      </Show>
      <Show when={replying()}>
        <TextArea
          ref={(field) => queueMicrotask(() => field.focus())}
          aria-label="Reply"
          rows={2}
          maxLength={20_000}
          value={body()}
          onValue={setBody}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void reply();
          }}
        />
      </Show>
      <Show when={problem()}>
        <p class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
      <div class="doc-thread-ways">
        <Show
          when={replying()}
          fallback={
            <>
              <Button size="small" disabled={props.disabled} onClick={() => setReplying(idempotencyKey())}>
                Reply
              </Button>
              <Button size="small" kind="ghost" icon={isOpen() ? 'tick' : 'retry'} pending={pending()} disabled={props.disabled} onClick={() => void move()}>
                {isOpen() ? 'Resolve' : 'Reopen'}
              </Button>
            </>
          }
        >
          <Button size="small" kind="primary" pending={pending()} disabled={body().trim() === ''} onClick={() => void reply()}>
            Send reply
          </Button>
          <Button size="small" kind="ghost" onClick={() => setReplying(undefined)}>
            Back
          </Button>
        </Show>
      </div>
    </li>
  );
}
