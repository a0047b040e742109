import { createSignal } from 'solid-js';
import { mutate } from '../../../graphql/mutate.ts';
import type { Failure } from '../../../ui/failure.ts';
import type { CreateCompanyMutation } from '../../../graphql/generated/graphql.ts';
import { prefixFault, suggestPrefix } from './prefix.ts';
import { CreateCompany } from './queries.ts';

/** The state of a form that founds a company; the dialog and the first run share it. */
export function createCompanyForm() {
  const [name, setName] = createSignal('');
  const [mission, setMission] = createSignal('');
  const [typedPrefix, setTypedPrefix] = createSignal<string | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [nameMissing, setNameMissing] = createSignal(false);
  const [sending, setSending] = createSignal(false);
  const prefix = () => typedPrefix() ?? suggestPrefix(name());

  const errorOf = (field: 'name' | 'prefix' | 'description') => {
    if (field === 'name' && nameMissing()) return 'A company needs a name.';
    if (field === 'prefix' && prefixFault(prefix())) return prefixFault(prefix());
    return failure()?.field === field ? (failure()?.message ?? null) : null;
  };
  const send = async (): Promise<CreateCompanyMutation['createCompany'] | null> => {
    setNameMissing(name().trim() === '');
    if (nameMissing() || prefixFault(prefix()) || sending()) return null;
    setSending(true);
    const outcome = await mutate(CreateCompany, {
      input: { name: name(), ...(mission().trim() ? { description: mission() } : {}), ...(prefix() ? { prefix: prefix() } : {}) },
    });
    setSending(false);
    setFailure(outcome.failure);
    return outcome.data?.createCompany ?? null;
  };
  return {
    name,
    setName: (value: string) => {
      setName(value);
      setNameMissing(false);
    },
    mission,
    setMission,
    prefix,
    setPrefix: (value: string) => {
      setTypedPrefix(value.toUpperCase());
      setFailure(null);
    },
    errorOf,
    failure,
    sending,
    send,
  };
}

export type CompanyForm = ReturnType<typeof createCompanyForm>;
