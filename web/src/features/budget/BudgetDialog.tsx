import { createMemo, createSignal, Match, Show, Switch } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import type { BudgetLineFragment, BudgetMetric, BudgetScope, BudgetWindow } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Failure } from '../../ui/failure.ts';
import { Field, Select, Switch as Toggle, TextInput, type Choice } from '../../ui/Field.tsx';
import { count } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Picker, type PickerOption } from '../../ui/Picker.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { toast } from '../../ui/toast.ts';
import { IssueInput } from '../issue/page/IssueInput.tsx';
import { IssuePicker } from '../issue/page/IssuePicker.tsx';
import { amountFrom, amountText, quantity, unitOf } from './amount.ts';
import { BudgetIssueQuery, BudgetSubjectsQuery, SetBudget } from './queries.ts';
import { metricWords, ruleWords, scopeWords, subjectName, windowWords } from './words.ts';

/** What a new budget may begin with; a budget there is, to be changed. */
export type Budgeting = { budget: BudgetLineFragment } | { scope?: BudgetScope; subjectId?: string };

const scopes: readonly Choice<BudgetScope>[] = (Object.keys(scopeWords) as BudgetScope[]).map((value) => ({ value, label: value === 'ISSUE_SUBTREE' ? 'Issue, with all below it' : value === 'GOAL' ? 'Goal, with all below it' : scopeWords[value] }));
const metrics: readonly Choice<BudgetMetric>[] = [
  { value: 'BILLED_COST', label: 'Billed cost' },
  { value: 'IMPUTED_COST', label: 'Worth by the price list, subscriptions too' },
  { value: 'TOKENS', label: 'Tokens' },
  { value: 'RUNS', label: 'Runs started' },
];
const windows: readonly Choice<BudgetWindow>[] = [
  { value: 'MONTH', label: 'Calendar month, UTC' },
  { value: 'ROLLING', label: 'Rolling hours' },
  { value: 'LIFETIME', label: 'In all, for good' },
];
const MOST_HOURS = 8_760;

/** Sets a budget, new or changed. What it counts and over what time tells budgets apart: to change those is to make another. */
export function BudgetDialog(props: { of: Budgeting; onClose: () => void }) {
  const company = useCompany();
  const before = 'budget' in props.of ? props.of.budget : undefined;
  const given = 'budget' in props.of ? {} : props.of;
  const [scope, setScope] = createSignal<BudgetScope>(before?.scope ?? given.scope ?? 'COMPANY');
  const [subjectId, setSubjectId] = createSignal<string | undefined>(before?.subject?.id ?? given.subjectId);
  const [metric, setMetric] = createSignal<BudgetMetric>(before?.metric ?? 'BILLED_COST');
  const [span, setSpan] = createSignal<BudgetWindow>(before?.window ?? 'MONTH');
  const [hours, setHours] = createSignal(String(before?.windowHours ?? 24));
  const [amount, setAmount] = createSignal(before ? amountText(before.metric, before.amount) : '');
  const [warn, setWarn] = createSignal(String(before?.warnPercent ?? 80));
  const [hardStop, setHardStop] = createSignal(before?.hardStop ?? true);
  const [finding, setFinding] = createSignal(false);
  const [tried, setTried] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);

  const choices = createView({ query: BudgetSubjectsQuery, variables: () => (before ? null : { prefix: company.prefix }) });
  const issue = createView({ query: BudgetIssueQuery, variables: () => (scope() === 'ISSUE_SUBTREE' && subjectId() ? { ref: subjectId() as string } : null) });
  const options = createMemo((): PickerOption[] => {
    const all = choices.data?.company;
    if (scope() === 'AGENT') return (all?.agents.nodes ?? []).map(({ id, name, status }) => ({ value: id, label: name, glyph: () => <Sigil id={id} name={name} state={status} size={18} /> }));
    if (scope() === 'PROJECT') return (all?.projects.nodes ?? []).map(({ id, name, color }) => ({ value: id, label: name, glyph: () => <span class="project-mark" style={{ background: color }} /> }));
    return scope() === 'GOAL' ? (all?.goals.nodes ?? []).map(({ id, title }) => ({ value: id, label: title, glyph: () => <Icon name="goal" class="t3" /> })) : [];
  });
  const chosen = () => options().find((option) => option.value === subjectId());
  const target = () => (scope() === 'COMPANY' ? company.id : subjectId());

  const read = () => amountFrom(metric(), amount());
  const whole = (text: string, most: number) => (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most ? Number(text) : undefined);
  const problems = () => {
    const result = read();
    return {
      subjectId: target() ? undefined : `Which ${scopeWords[scope()].toLowerCase()}?`,
      amount: 'problem' in result ? result.problem : undefined,
      warnPercent: whole(warn(), 99) ? undefined : 'A whole number, 1 to 99.',
      windowHours: span() !== 'ROLLING' || whole(hours(), MOST_HOURS) ? undefined : `A whole number, 1 to ${count(MOST_HOURS)}.`,
    };
  };
  const problem = (field: keyof ReturnType<typeof problems>) => (failure()?.field === field ? failure()?.message : tried() ? problems()[field] : undefined) ?? null;
  const elsewhere = () => (failure() && !Object.keys(problems()).includes(failure()?.field ?? '') ? failure()?.message : undefined);

  const send = async () => {
    setTried(true);
    setFailure(null);
    const result = read();
    const id = target();
    if (sending() || !id || 'problem' in result || Object.values(problems()).some(Boolean)) return;
    setSending(true);
    const { data, failure: refused } = await mutate(SetBudget, {
      input: {
        scope: scope(), subjectId: id, metric: metric(), window: span(), ...(span() === 'ROLLING' ? { windowHours: Number(hours()) } : {}),
        amount: result.amount.toString(), warnPercent: Number(warn()), hardStop: hardStop(),
      },
    });
    setSending(false);
    setFailure(refused);
    if (!data) return;
    const set = data.setBudget;
    toast.show({
      title: `${before ? 'Changed' : 'Set'}: ${quantity(set.metric, set.amount)} for ${set.subject?.__typename === 'Company' ? 'the whole company' : subjectName(set.subject)}`,
      detail: set.stop ? 'It is used up already and stops work.' : `${metricWords[set.metric]} ${windowWords(set)}`,
      icon: 'cost',
      tone: set.stop ? 'plain' : 'ok',
      key: `budget:${set.id}`,
    });
    props.onClose();
  };

  const choose = (next: BudgetScope) => {
    setScope(next);
    setSubjectId(undefined);
    setFailure(null);
  };

  return (
    <Show
      when={!finding()}
      fallback={
        <IssuePicker
          title="A budget for which issue?"
          without={[]}
          onPick={(id) => {
            setSubjectId(id);
            setFinding(false);
          }}
          onClose={() => setFinding(false)}
        />
      }
    >
      <Dialog
        open
        onClose={props.onClose}
        size="small"
        title={before ? `Change the budget of ${before.scope === 'COMPANY' ? 'the whole company' : subjectName(before.subject)}` : 'New budget'}
        description={before ? ruleWords({ ...before, hardStop: hardStop() }) : undefined}
        onSubmit={() => void send()}
        actions={
          <>
            <span class="meta bad fill" role="alert">
              {elsewhere()}
            </span>
            <Button kind="ghost" kbd="esc" onClick={props.onClose}>
              Cancel
            </Button>
            <Button kind="primary" type="submit" pending={sending()}>
              {before ? 'Change budget' : 'Set budget'}
            </Button>
          </>
        }
      >
        <Show when={!before}>
          <Field label="For" error={scope() === 'COMPANY' ? problem('subjectId') : null}>
            {(ids) => <Select {...ids} value={scope()} choices={scopes} onValue={choose} />}
          </Field>
          <Show when={scope() !== 'COMPANY'}>
            <Field label={scopeWords[scope()]} error={problem('subjectId')}>
              {() => (
                <Switch>
                  <Match when={scope() === 'ISSUE_SUBTREE'}>
                    <IssueInput issue={subjectId() ? issue.data?.issue : undefined} onFind={() => setFinding(true)} />
                  </Match>
                  <Match when={true}>
                    <Picker
                      look="input"
                      label={scopeWords[scope()]}
                      options={options()}
                      values={subjectId() ? [subjectId() as string] : []}
                      onPick={setSubjectId}
                      face={
                        <Show when={chosen()} fallback={<span class="t3">Choose</span>}>
                          {(option) => (
                            <>
                              {option().glyph?.()}
                              <span class="cut">{option().label}</span>
                            </>
                          )}
                        </Show>
                      }
                    />
                  </Match>
                </Switch>
              )}
            </Field>
          </Show>
          <div class="budget-pair">
            <Field label="Counts">
              {(ids) => <Select {...ids} value={metric()} choices={metrics} onValue={setMetric} />}
            </Field>
            <Field label="Over">
              {(ids) => <Select {...ids} value={span()} choices={windows} onValue={setSpan} />}
            </Field>
          </div>
          <Show when={span() === 'ROLLING'}>
            <Field label="Hours" help="24 for a day, 168 for a week" error={problem('windowHours')}>
              {(ids) => <TextInput {...ids} inputMode="numeric" value={hours()} onValue={setHours} />}
            </Field>
          </Show>
        </Show>
        <div class="budget-pair">
          <Field label={`Amount, in ${unitOf(metric())}`} error={problem('amount')} help={before ? `${quantity(before.metric, before.used)} used ${windowWords(before)}` : undefined}>
            {(ids) => <TextInput {...ids} inputMode="decimal" placeholder={metric() === 'TOKENS' ? '50M' : metric() === 'RUNS' ? '200' : '240'} value={amount()} onValue={setAmount} />}
          </Field>
          <Field label="Warn at, in percent" error={problem('warnPercent')}>
            {(ids) => <TextInput {...ids} inputMode="numeric" value={warn()} onValue={setWarn} />}
          </Field>
        </div>
        <div class="dialog-choice">
          <Toggle label="Stop work when it is used up" checked={hardStop()} onChange={setHardStop} />
          <p class="field-help">
            {hardStop() ? 'Nothing there is woken, started or checked out until you raise it or its time has passed; running runs are asked to stop.' : 'Only a warning: work goes on, whatever it costs.'}
          </p>
        </div>
      </Dialog>
    </Show>
  );
}
