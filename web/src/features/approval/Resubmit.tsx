import { createSignal, onMount, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import type { ApprovalDetailFragment, HireChangesInput } from '../../graphql/generated/graphql.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { Failure } from '../../ui/failure.ts';
import { Field, TextArea, TextInput } from '../../ui/Field.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { AgentFormFields } from '../agent/create/AgentFormFields.tsx';
import { type AgentForm, createAgentForm } from '../agent/create/agent-form.ts';
import { givenOf, heartbeatOf, savedOf } from '../agent/create/given.ts';
import { AgentChoicesQuery } from '../agent/create/queries.ts';
import { amountFrom, amountText, unitOf } from '../budget/amount.ts';
import { windowWords } from '../budget/words.ts';
import { resubmit } from './decide.ts';

type Hire = NonNullable<ApprovalDetailFragment['agent']>;

/** The next version of what was sent back: as it was, to be changed, with what the board wanted changed beside it. */
export function Resubmit(props: { approval: ApprovalDetailFragment; disabled: boolean; onDone: () => void; onBack: () => void }) {
  const company = useCompany();
  const hire = () => (props.approval.type === 'HIRE_AGENT' ? props.approval.agent : undefined);
  const choices = createView({ query: AgentChoicesQuery, variables: () => (hire() ? { prefix: company.prefix } : null) });
  const schemaOf = (agent: Hire) => choices.data?.adapters.find(({ type }) => type === agent.adapterType)?.configSchema;
  return (
    <Show when={hire()} keyed fallback={<Form {...props} />}>
      {(agent) => (
        <Show
          when={choices.data}
          fallback={
            <Show when={choices.error} fallback={<SkeletonRows rows={6} />}>
              <ErrorState what="The form did not load" error={choices.error} onRetry={choices.refetch} />
            </Show>
          }
        >
          <HireForm {...props} agent={agent} schema={schemaOf(agent)} />
        </Show>
      )}
    </Show>
  );
}

function HireForm(props: Parameters<typeof Resubmit>[0] & { agent: Hire; schema: unknown }) {
  const company = useCompany();
  const form = createAgentForm({ prefix: () => company.prefix, given: givenOf(props.agent), saved: savedOf(props.agent, props.schema) });
  return <Form {...props} form={form} agent={props.agent} />;
}

function Form(props: Parameters<typeof Resubmit>[0] & { form?: AgentForm; agent?: Hire }) {
  const { approval } = props;
  const budget = approval.hireBudget ?? { metric: 'BILLED_COST' as const, window: 'MONTH' as const, windowHours: null };
  const [title, setTitle] = createSignal(approval.title);
  const [body, setBody] = createSignal(approval.body ?? '');
  const [amount, setAmount] = createSignal(approval.hireBudget ? amountText(budget.metric, approval.hireBudget.amount) : '');
  const [wrong, setWrong] = createSignal<{ title?: string; amount?: string }>({});
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);
  let element!: HTMLFormElement;
  let first!: HTMLInputElement;
  onMount(() => first.focus());

  /** To the first field that is wrong, once it is marked: it may be far from the button. */
  const point = () => {
    requestAnimationFrame(() => {
      const field = element.querySelector<HTMLElement>('[aria-invalid=true]');
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
    });
  };
  /** What is different about the agent; null where a field is wrong. */
  const changes = (form: AgentForm, agent: Hire): HireChangesInput | null => {
    const adapterConfig = form.read();
    const wanted = amount().trim() === '' ? null : amountFrom(budget.metric, amount());
    if (wanted && 'problem' in wanted) setWrong((before) => ({ ...before, amount: wanted.problem }));
    if (!adapterConfig || (wanted && 'problem' in wanted)) return null;
    const { fields } = form;
    return {
      name: fields.name, role: fields.role, title: fields.title.trim() || null, capabilities: fields.capabilities.trim() || null, managerId: fields.managerId,
      adapterType: form.adapter()?.type ?? agent.adapterType, adapterConfig, heartbeat: heartbeatOf(fields, agent.heartbeat.intervalSec),
      budget: wanted ? { metric: budget.metric, window: budget.window, windowHours: budget.windowHours ?? null, amount: wanted.amount.toString() } : null,
    };
  };
  const send = async (): Promise<void> => {
    if (sending() || props.disabled) return;
    setFailure(null);
    setWrong(title().trim() === '' ? { title: 'What is asked for?' } : {});
    const hire = props.form && props.agent ? changes(props.form, props.agent) : undefined;
    if (hire === null || title().trim() === '') return point();
    setSending(true);
    // Counted before it is sent: with the answer the approval is at that version.
    const version = approval.revision + 1;
    const sent = await resubmit({ approvalId: approval.id, title: title(), body: body().trim() === '' ? null : body(), ...(hire ? { hire } : {}) });
    setSending(false);
    if (sent.failure) {
      setFailure(sent.failure);
      props.form?.blame(sent.failure);
      return point();
    }
    if (!sent.tooLate) toast.show({ title: 'It waits for the board again', detail: `As version ${version}.`, tone: 'ok', icon: 'tick', key: `approval:${approval.id}` });
    return props.onDone();
  };

  return (
    <form
      ref={element}
      class="resubmit"
      aria-label="Another version"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
          event.preventDefault();
          void send();
        }
      }}
    >
      <Show when={approval.decisionNote}>
        {(note) => (
          <aside class="resubmit-wanted" aria-label="What the board wants changed">
            <h3 class="meta">The board wants changed</h3>
            <p class="approval-note">{note()}</p>
          </aside>
        )}
      </Show>
      <fieldset class="resubmit-fields" disabled={props.disabled}>
        <Field label="What is asked for" error={wrong().title ?? null}>
          {(ids) => <TextInput {...ids} ref={first} value={title()} maxLength={300} onValue={setTitle} />}
        </Field>
        <Field label="Why, and what else matters" optional help="Markdown works.">
          {(ids) => <TextArea {...ids} class="resubmit-body" value={body()} maxLength={100_000} onValue={setBody} />}
        </Field>
        <Show when={props.form}>
          {(form) => (
            <>
              <AgentFormFields form={form()} />
              <Field label={`Budget, in ${unitOf(budget.metric)} ${budget.window === 'MONTH' ? 'a month' : windowWords(budget)}`} optional error={wrong().amount ?? null} help="Empty: none of its own.">
                {(ids) => <TextInput {...ids} inputMode="decimal" value={amount()} onValue={setAmount} />}
              </Field>
            </>
          )}
        </Show>
      </fieldset>
      <Show when={failure()}>
        {(it) => (
          <p class="field-error resubmit-problem" role="alert">
            {it().message} Your words are kept.
          </p>
        )}
      </Show>
      <footer>
        <Button type="submit" kind="primary" kbd="ctrl ↵" pending={sending()} disabled={props.disabled}>
          Ask again
        </Button>
        <Button kind="ghost" disabled={sending()} onClick={() => props.onBack()}>
          Back
        </Button>
      </footer>
    </form>
  );
}
