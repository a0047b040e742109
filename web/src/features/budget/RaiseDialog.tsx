import { createSignal } from 'solid-js';
import type { BudgetMetric, BudgetSubjectNameFragment, BudgetWindow } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { amountFrom, amountText, quantity, raisedAmount, unitOf } from './amount.ts';
import { ResolveBudgetIncident } from './queries.ts';
import { metricWords, subjectName, windowWords } from './words.ts';

/** A stop and the budget that makes it, as far as deciding about it needs. */
export interface Stopped {
  incidentId: string;
  metric: BudgetMetric;
  window: BudgetWindow;
  windowHours?: number | null | undefined;
  amount: string;
  used: string;
  subject?: BudgetSubjectNameFragment | null | undefined;
}

const whose = (stopped: Stopped) => (stopped.subject?.__typename === 'Company' ? 'the whole company' : subjectName(stopped.subject));

/** Gives more, and lets go what was stopped. */
export function RaiseDialog(props: { stopped: Stopped; onClose: () => void }) {
  const it = props.stopped;
  const [amount, setAmount] = createSignal(amountText(it.metric, raisedAmount(it.metric, it.amount, it.used)));
  const [problem, setProblem] = createSignal<string>();
  const [sending, setSending] = createSignal(false);
  const send = async () => {
    const result = amountFrom(it.metric, amount());
    if ('problem' in result) return setProblem(result.problem);
    if (result.amount <= BigInt(it.used)) return setProblem(`${quantity(it.metric, it.used)} is used already: name more than that.`);
    setSending(true);
    const { data, failure } = await mutate(ResolveBudgetIncident, { input: { incidentId: it.incidentId, resolution: 'RAISE_AND_RESUME', amount: result.amount.toString() } });
    setSending(false);
    if (!data) return setProblem(failure.message);
    toast.show({ title: `${whose(it)} goes on`.replace(/^the/, 'The'), detail: `${quantity(it.metric, result.amount)} ${metricWords[it.metric] === 'tokens' || metricWords[it.metric] === 'runs' ? '' : metricWords[it.metric]} ${windowWords(it)}.`.replace('  ', ' '), tone: 'ok', icon: 'play', key: `stop:${it.incidentId}` });
    return props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={`Raise the budget of ${whose(it)}?`}
      description={`${quantity(it.metric, it.used)} of ${quantity(it.metric, it.amount)} is used ${windowWords(it)}. What it stopped goes on at once: agents resume and are woken for what waited.`}
      onSubmit={() => void send()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={sending()}>
            Raise and resume
          </Button>
        </>
      }
    >
      <Field label={`New amount, in ${unitOf(it.metric)}`} error={problem() ?? null} help={`More than the ${quantity(it.metric, it.used)} that is used`}>
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="decimal"
            value={amount()}
            onValue={(text) => {
              setAmount(text);
              setProblem(undefined);
            }}
          />
        )}
      </Field>
    </Dialog>
  );
}

/** It stays stopped, and nobody is asked again. */
export async function keepPaused(stopped: Stopped): Promise<void> {
  const { failure } = await mutate(ResolveBudgetIncident, { input: { incidentId: stopped.incidentId, resolution: 'KEEP_PAUSED' } });
  if (failure) toast.error('The stop was not decided', failure.message);
  else toast.show({ title: `${whose(stopped)} stays paused`.replace(/^the/, 'The'), detail: 'Until its time has passed or the budget is changed.', icon: 'pause', key: `stop:${stopped.incidentId}` });
}
