import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import type { CompanySettingsFragment } from '../../../graphql/generated/graphql.ts';
import { mutate } from '../../../graphql/mutate.ts';
import { Button } from '../../../ui/Button.tsx';
import { Field, Switch, TextArea, TextInput } from '../../../ui/Field.tsx';
import type { Failure } from '../../../ui/failure.ts';
import { toast } from '../../../ui/toast.ts';
import { UpdateCompany } from './queries.ts';

/** What the company is called and for, and whether hires go by the board. */
export function General(props: { company: CompanySettingsFragment; disabled: boolean }) {
  const [name, setName] = createSignal(props.company.name);
  const [mission, setMission] = createSignal(props.company.description ?? '');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [pending, setPending] = createSignal(false);
  const changed = () => name() !== props.company.name || mission() !== (props.company.description ?? '');
  const save = async () => {
    if (name().trim() === '') return setFailure({ message: 'A company needs a name.', field: 'name', code: undefined, requestId: undefined, offline: false });
    setPending(true);
    const outcome = await mutate(UpdateCompany, { input: { companyId: props.company.id, name: name().trim(), description: mission().trim() || null } });
    setPending(false);
    setFailure(outcome.failure);
    if (outcome.failure) return undefined;
    setName(outcome.data.updateCompany.name);
    setMission(outcome.data.updateCompany.description ?? '');
    return toast.show({ title: 'The company is changed', tone: 'ok', icon: 'tick' });
  };
  const setHires = async (hiresNeedApproval: boolean) => {
    const outcome = await mutate(UpdateCompany, { input: { companyId: props.company.id, hiresNeedApproval } });
    if (outcome.failure) toast.error('Hiring was not changed', outcome.failure.message);
  };
  return (
    <>
      <form
        class="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name" error={failure()?.field === 'name' ? (failure()?.message ?? null) : null} help={`Its issues are called ${props.company.prefix}-1, ${props.company.prefix}-2. That stays.`}>
          {(ids) => <TextInput {...ids} value={name()} maxLength={120} disabled={props.disabled} onValue={setName} />}
        </Field>
        <Field label="Mission" optional help="Every agent reads it." error={failure()?.field === 'description' ? (failure()?.message ?? null) : null}>
          {(ids) => <TextArea {...ids} value={mission()} disabled={props.disabled} onValue={setMission} />}
        </Field>
        <p class="breaker-save">
          <Button type="submit" kind="primary" size="small" pending={pending()} disabled={props.disabled || !changed()}>
            Save
          </Button>
          <Show when={failure() && failure()?.field !== 'name' && failure()?.field !== 'description'}>
            <span class="meta bad" role="alert">
              {failure()?.message}
            </span>
          </Show>
        </p>
      </form>
      <div class="settings-switch">
        <Switch label="Hires need approval" checked={props.company.hiresNeedApproval} disabled={props.disabled} onChange={setHires} />
        <p class="meta t3">Agents that may hire still ask the board each time. Off: they hire below themselves at once, and it stands in the log.</p>
      </div>
      <p class="settings-else meta t3">
        Limits on money are{' '}
        <A class="link" href={paths.budgets(props.company.prefix)}>
          budgets
        </A>
        ; what models cost is set under{' '}
        <A class="link" href={`${paths.costs(props.company.prefix)}?view=prices`}>
          prices
        </A>
        .
      </p>
    </>
  );
}
