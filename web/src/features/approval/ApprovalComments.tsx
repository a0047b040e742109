import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { useShortcuts } from '../../app/keyboard.ts';
import type { ApprovalDetailFragment } from '../../graphql/generated/graphql.ts';
import { idempotencyKey, mutate } from '../../graphql/mutate.ts';
import { ActorMark } from '../../ui/ActorMark.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Ago } from '../../ui/Time.tsx';
import { AddApprovalComment } from './queries.ts';

export function ApprovalComments(props: { approval: ApprovalDetailFragment; disabled: boolean; onChange: () => void }) {
  const company = useCompany();
  const comments = () => props.approval.comments.nodes;
  return (
    <Section title="Comments" note={comments().length || undefined}>
      <For each={comments()}>
        {(comment) => (
          <article class="approval-comment" aria-label={`Comment by ${comment.author.name}`}>
            <ActorMark actor={comment.author} size={22} />
            <div>
              <p class="meta">
                <b>{comment.author.name}</b> <Ago at={comment.createdAt} class="t3" />{' '}
                <Show when={comment.run}>
                  {(run) => (
                    <A class="t3 link" href={paths.run(company.prefix, run().number)}>
                      run {run().number}
                    </A>
                  )}
                </Show>
              </p>
              <Markdown text={comment.body} prefix={company.prefix} />
            </div>
          </article>
        )}
      </For>
      <Show when={props.approval.comments.pageInfo.hasNextPage}>
        <p class="meta t3">The first 100 are shown.</p>
      </Show>
      <CommentForm approval={props.approval} disabled={props.disabled} onChange={props.onChange} />
    </Section>
  );
}

function CommentForm(props: { approval: ApprovalDetailFragment; disabled: boolean; onChange: () => void }) {
  const [text, setText] = createSignal('');
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  let key = idempotencyKey();
  let field!: HTMLTextAreaElement;
  useShortcuts([{ keys: 'g c', label: 'Write a comment', group: 'Approval', run: () => field.focus() }]);
  const send = async () => {
    if (text().trim() === '' || pending()) return;
    setPending(true);
    const { failure } = await mutate(AddApprovalComment, { input: { approvalId: props.approval.id, body: text(), idempotencyKey: key } });
    setPending(false);
    if (failure) return setProblem(`${failure.message} Your words are kept.`);
    key = idempotencyKey();
    setText('');
    props.onChange();
    return undefined;
  };
  const effect = () => (props.approval.requestedBy.__typename === 'Agent' ? `Wakes ${props.approval.requestedBy.name}` : 'Markdown works');
  return (
    <form
      class="approval-composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        ref={field}
        aria-label="Comment"
        placeholder="Ask, or say what you think"
        rows={2}
        maxLength={100_000}
        value={text()}
        disabled={props.disabled}
        onValue={(value) => {
          setText(value);
          setProblem(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            void send();
          } else if (event.key === 'Escape') field.blur();
        }}
      />
      <footer>
        <Show when={problem()} fallback={<span class="meta t3 cut">{effect()}</span>}>
          <span class="meta bad" role="alert">
            {problem()}
          </span>
        </Show>
        <span class="fill" />
        <Button type="submit" size="small" kbd="ctrl ↵" pending={pending()} disabled={props.disabled || text().trim() === ''}>
          Comment
        </Button>
      </footer>
    </form>
  );
}
