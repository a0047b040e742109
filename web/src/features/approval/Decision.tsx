import { createSignal, Match, onMount, Show, Switch } from 'solid-js';
import { useShortcuts } from '../../app/keyboard.ts';
import type { ApprovalDetailFragment } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { amountFrom, amountText, quantity, raisedAmount, unitOf } from '../budget/amount.ts';
import { askRevision, decide, withdraw, type Sent } from './decide.ts';
import { effectWords, noWords, yesWords } from './words.ts';

type Way = 'reject' | 'revise' | 'withdraw';

/** Yes, no, or not like this: with a word to whoever asked. */
export function Decision(props: { approval: ApprovalDetailFragment; disabled: boolean; onChange: () => void; onRevise: () => void }) {
  const it = () => props.approval;
  const byPerson = () => it().requestedBy.__typename === 'User';
  /** It waits for who asked, and may be decided as it is all the same. */
  const sentBack = () => it().approvalStatus === 'REVISION_REQUESTED';
  const canRevise = () => sentBack() && byPerson();
  const stop = () => it().incident;
  const [way, setWay] = createSignal<Way>();
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [amount, setAmount] = createSignal(suggested(it()));

  const send = async (sending: Promise<Sent>) => {
    setPending(true);
    setProblem(undefined);
    const sent = await sending;
    setPending(false);
    if (!sent.done) return setProblem(sent.problem);
    // What was sent back is decided about with the same buttons: it does not begin where this ended.
    setWay(undefined);
    return props.onChange();
  };
  const approve = () => {
    if (props.disabled || pending()) return;
    const budget = stop()?.budget;
    if (!budget) return void send(decide({ approvalId: it().id, revision: it().revision, decision: 'APPROVED' }));
    const wanted = amountFrom(budget.metric, amount());
    if ('problem' in wanted) return setProblem(wanted.problem);
    if (wanted.amount <= BigInt(budget.used)) return setProblem(`${quantity(budget.metric, budget.used)} is used already: name more than that.`);
    return void send(decide({ approvalId: it().id, revision: it().revision, decision: 'APPROVED', budgetAmount: wanted.amount.toString() }));
  };
  const say = (note: string) => {
    const asked = way();
    if (asked === 'revise') void send(askRevision(it().id, note.trim()));
    else if (asked === 'withdraw') void send(withdraw(it().id, note));
    else void send(decide({ approvalId: it().id, revision: it().revision, decision: 'REJECTED', note: note.trim() || null }));
  };
  useShortcuts([
    { keys: 'a', label: 'Approve', group: 'Approval', run: approve },
    { keys: 'x', label: 'Reject', group: 'Approval', run: () => setWay('reject') },
    { keys: 'v', label: 'Ask for a revision', group: 'Approval', run: () => it().type !== 'BUDGET_OVERRIDE' && !sentBack() && setWay('revise') },
    { keys: 'e', label: 'Revise and ask again', group: 'Approval', run: () => canRevise() && !props.disabled && props.onRevise() },
  ]);

  return (
    <>
      <Show when={way() === undefined && stop()}>
        {(incident) => (
          <div class="approval-amount">
            <Field label={`New limit, in ${unitOf(incident().budget.metric)}`} help={`More than the ${quantity(incident().budget.metric, incident().budget.used)} that is used`} error={problem() ?? null}>
              {(ids) => (
                <TextInput
                  {...ids}
                  inputMode="decimal"
                  value={amount()}
                  disabled={props.disabled}
                  onValue={(text) => {
                    setAmount(text);
                    setProblem(undefined);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') approve();
                  }}
                />
              )}
            </Field>
          </div>
        )}
      </Show>
      <Show when={problem() && (way() !== undefined || !stop())}>
        <div class="asked-stopped" role="alert">
          <Icon name="warn" />
          <p>{problem()}</p>
        </div>
      </Show>
      <Switch
        fallback={
          <footer>
            <Show when={canRevise()}>
              <Button kind="primary" kbd="e" disabled={props.disabled || pending()} onClick={() => props.onRevise()}>
                Revise
              </Button>
            </Show>
            <Button kind={sentBack() ? 'plain' : 'primary'} kbd="a" pending={pending()} disabled={props.disabled} onClick={approve}>
              {yesWords(it())}
            </Button>
            <Button kbd="x" disabled={props.disabled || pending()} onClick={() => (stop() ? void send(decide({ approvalId: it().id, revision: it().revision, decision: 'REJECTED' })) : setWay('reject'))}>
              {noWords(it().type)}
            </Button>
            <Show when={it().type !== 'BUDGET_OVERRIDE' && !sentBack()}>
              <Button kind="ghost" kbd="v" disabled={props.disabled || pending()} onClick={() => setWay('revise')}>
                Ask for a revision
              </Button>
            </Show>
            <Show when={byPerson()}>
              <Button kind="ghost" disabled={props.disabled || pending()} onClick={() => setWay('withdraw')}>
                Withdraw
              </Button>
            </Show>
            <span class="meta t3 asked-effect">{effectWords(it())}</span>
          </footer>
        }
      >
        <Match when={way()} keyed>
          {(asked) => (
            <NoteForm
              way={asked}
              label={asked === 'revise' ? 'Ask for a revision' : asked === 'withdraw' ? 'Withdraw' : noWords(it().type)}
              to={it().requestedBy.name}
              pending={pending()}
              onSend={say}
              onBack={() => {
                setProblem(undefined);
                setWay(undefined);
              }}
            />
          )}
        </Match>
      </Switch>
    </>
  );
}

function suggested({ incident }: ApprovalDetailFragment): string {
  return incident ? amountText(incident.budget.metric, raisedAmount(incident.budget.metric, incident.limit, incident.budget.used)) : '';
}

function NoteForm(props: { way: Way; label: string; to: string; pending: boolean; onSend: (note: string) => void; onBack: () => void }) {
  const [note, setNote] = createSignal('');
  let field!: HTMLTextAreaElement;
  onMount(() => field.focus());
  const lacking = () => props.way === 'revise' && note().trim() === '';
  return (
    <form
      class="asked-no"
      onSubmit={(event) => {
        event.preventDefault();
        if (!lacking()) props.onSend(note());
      }}
    >
      <TextArea
        ref={field}
        aria-label={props.way === 'revise' ? 'What should change' : 'Note'}
        placeholder={props.way === 'revise' ? `What should be different? ${props.to} gets this and may ask again.` : `Why? A word helps ${props.to}.`}
        rows={2}
        maxLength={4_000}
        onValue={setNote}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onBack();
          else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !lacking()) {
            event.preventDefault();
            props.onSend(note());
          }
        }}
      />
      <footer>
        <Button type="submit" kind={props.way === 'revise' ? 'primary' : 'danger'} pending={props.pending} disabled={lacking()}>
          {props.label}
        </Button>
        <Button kind="ghost" kbd="esc" onClick={() => props.onBack()}>
          Back
        </Button>
      </footer>
    </form>
  );
}
