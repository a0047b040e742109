import './interaction.css';
import { A } from '@solidjs/router';
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js';
import { paths } from '../../app/company.ts';
import { Button } from '../../ui/Button.tsx';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { sentence } from '../../ui/failure.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { Ago } from '../../ui/Time.tsx';
import { Checkboxes } from './Checkboxes.tsx';
import { Drafts } from './Drafts.tsx';
import { kindNames } from './outcome.ts';
import { Questions } from './Questions.tsx';
import { RejectForm } from './RejectForm.tsx';
import { emptyReply, missing, type Asked, type Reply } from './reply.ts';
import { accept, answer, reject, type Gate, type Sent } from './resolve.ts';
import { Verdicts } from './Verdicts.tsx';

/** What the board is asked, with all it takes to answer. What was filled in stays until it was taken. */
export function InteractionCard(props: { asked: Asked; prefix: string; onDocument: (key: string) => void; disabled: boolean }) {
  const [reply, setReply] = createSignal<Reply>(emptyReply(props.asked));
  const [rejecting, setRejecting] = createSignal(false);
  const [pending, setPending] = createSignal(false);
  const [stopped, setStopped] = createSignal<Sent>();
  const asked = () => props.asked;
  const change = (part: Partial<Reply>) => setReply((before) => ({ ...before, ...part }));
  const lacking = createMemo(() => missing(asked(), reply()));
  const isYesNo = () => asked().kind !== 'ASK_QUESTIONS' && asked().kind !== 'ITEM_VERDICTS';
  const send = async (sending: Promise<Sent>) => {
    setPending(true);
    setStopped(undefined);
    const sent = await sending;
    setPending(false);
    if (!sent.done) setStopped(sent);
  };
  return (
    <section class="asked" id={`interaction-${asked().id}`} aria-label={asked().title}>
      <header>
        <DecisionGlyph state="PENDING" />
        <b>{kindNames[asked().kind]}</b>
        <span class="t3 cut">{asked().createdBy.name} {asked().createdBy.__typename === 'User' ? 'asks' : 'asks the board'}</span>
        <span class="fill" />
        <Ago at={asked().createdAt} class="meta t3" />
      </header>
      <div class="asked-body">
        <h3>{asked().title}</h3>
        <Show when={asked().summary}>{(text) => <Markdown text={text()} prefix={props.prefix} />}</Show>
        <Show when={asked().targetDocument}>
          {(document) => (
            <button type="button" class="asked-target link" onClick={() => props.onDocument(document().key)}>
              <Icon name="file" />
              Read {document().key}, revision {asked().targetRevision?.number ?? document().number}
            </button>
          )}
        </Show>
        <Switch>
          <Match when={asked().kind === 'CHECKBOX_CONFIRMATION'}>
            <Checkboxes asked={asked()} chosen={reply().options} onChange={(options) => change({ options })} />
          </Match>
          <Match when={asked().kind === 'SUGGEST_TASKS'}>
            <Drafts tasks={asked().tasks} chosen={reply().tasks} onChange={(tasks) => change({ tasks })} />
          </Match>
          <Match when={asked().kind === 'ASK_QUESTIONS'}>
            <Questions questions={asked().questions} answers={reply().answers} onChange={(answers) => change({ answers })} />
          </Match>
          <Match when={asked().kind === 'ITEM_VERDICTS'}>
            <Verdicts items={asked().items} verdicts={reply().verdicts} onChange={(verdicts) => change({ verdicts })} />
          </Match>
        </Switch>
      </div>
      <Show when={stopped()}>{(sent) => <Stopped sent={sent()} prefix={props.prefix} />}</Show>
      <Show
        when={!rejecting()}
        fallback={
          <RejectForm
            label={asked().rejectLabel ?? 'Reject'}
            required={asked().requireReason}
            pending={pending()}
            onSend={(reason) => void send(reject(asked(), reason))}
            onBack={() => setRejecting(false)}
          />
        }
      >
        <footer>
          <Button
            kind="primary"
            pending={pending()}
            disabled={props.disabled || lacking() !== null}
            onClick={() => void send(isYesNo() ? accept(asked(), reply()) : answer(asked(), reply()))}
          >
            {isYesNo() ? (asked().acceptLabel ?? acceptWords(asked(), reply())) : asked().kind === 'ASK_QUESTIONS' ? 'Send answers' : 'Send verdicts'}
          </Button>
          <Show when={isYesNo()}>
            <Button disabled={props.disabled || pending()} onClick={() => setRejecting(true)}>
              {asked().rejectLabel ?? 'Reject'}
            </Button>
          </Show>
          <span class="meta t3 asked-effect">{lacking() ?? effectOf(asked())}</span>
        </footer>
      </Show>
    </section>
  );
}

/** A button is named by what it does. */
function acceptWords(asked: Asked, reply: Reply): string {
  if (asked.kind !== 'SUGGEST_TASKS') return 'Accept';
  return reply.tasks.length === asked.tasks.length ? `File all ${reply.tasks.length}` : `File ${reply.tasks.length} of ${asked.tasks.length}`;
}

function effectOf(asked: Asked): string {
  const wakes = asked.continuation === 'NONE' ? 'The answer wakes nobody.' : asked.continuation === 'WAKE_ASSIGNEE' ? 'The answer wakes the assignee.' : 'A yes wakes the assignee.';
  return asked.supersedeOnComment && asked.kind !== 'SUGGEST_TASKS' ? `${wakes} A comment takes its place.` : wakes;
}

function Stopped(props: { sent: Sent; prefix: string }) {
  const gate = (): Gate | undefined => ('gate' in props.sent ? props.sent.gate : undefined);
  const problem = () => ('problem' in props.sent ? props.sent.problem : undefined);
  return (
    <div class="asked-stopped" classList={{ shut: Boolean(gate()) }} role="alert">
      <Icon name={gate() ? 'lock' : 'warn'} />
      <p>
        {problem()}
        <Show when={gate()}>
          {(shut) => (
            <>
              <b>Not accepted yet.</b> {sentence(shut().message)} It can be accepted once the workspace{' '}
              <Show when={shut().workspace}>{(workspace) => <code class="mono">{workspace().branch ?? workspace().path ?? ''}</code>}</Show> is finalized.{' '}
              <Show when={shut().run}>
                {(run) => (
                  <A class="link" href={paths.run(props.prefix, run().number)}>
                    Open run {run().number}
                  </A>
                )}
              </Show>
            </>
          )}
        </Show>
      </p>
    </div>
  );
}
