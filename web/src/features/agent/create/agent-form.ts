import { createMemo, createSignal } from 'solid-js';
import { createStore } from 'solid-js/store';
import { idempotencyKey, mutate } from '../../../graphql/mutate.ts';
import { createView } from '../../../graphql/view.ts';
import { sentence, type Failure } from '../../../ui/failure.ts';
import type { AgentRole, CreateAgentMutation, TestAgentMutation } from '../../../graphql/generated/graphql.ts';
import { fieldsOf, readConfig } from '../config/fields.ts';
import { AgentChoicesQuery, CreateAgent, TestAgent } from './queries.ts';

export interface AgentFields {
  name: string;
  title: string;
  role: AgentRole;
  managerId: string | null;
  capabilities: string;
  adapterType: string;
  timer: boolean;
  everyMinutes: string;
}

/** The state of a form that hires an agent, or changes the one that is `saved`; dialog, first run and agent page share it. */
export function createAgentForm(options: { prefix: () => string; given?: Partial<AgentFields>; saved?: { id: string; texts: Record<string, string> } }) {
  const [fields, setFields] = createStore<AgentFields>({
    name: '', title: '', role: 'ENGINEER', managerId: null, capabilities: '', adapterType: '', timer: false, everyMinutes: '30', ...options.given,
  });
  const [texts, setTexts] = createStore<Record<string, string>>({ ...options.saved?.texts });
  const [errors, setErrors] = createSignal<Record<string, string>>({});
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);
  const [testing, setTesting] = createSignal(false);
  const [report, setReport] = createSignal<TestAgentMutation['testAgent'] | null>(null);
  const key = idempotencyKey();

  const choices = createView({ query: AgentChoicesQuery, variables: () => ({ prefix: options.prefix() }) });
  const adapters = () => choices.data?.adapters ?? [];
  const adapter = createMemo(() => adapters().find((each) => each.type === fields.adapterType) ?? adapters()[0]);
  const configFields = createMemo(() => fieldsOf(adapter()?.configSchema));
  const companyId = () => choices.data?.company?.id;

  const set = <K extends keyof AgentFields>(name: K, value: AgentFields[K]) => {
    setFields(name as never, value as never);
    setErrors((before) => ({ ...before, [name]: '' }));
    setFailure(null);
  };
  const setText = (name: string, text: string) => {
    setTexts(name, text);
    setErrors((before) => ({ ...before, [name]: '' }));
    setReport(null);
  };
  const choose = (type: string) => {
    set('adapterType', type);
    setReport(null);
  };

  /** Server errors name their field as `adapterConfig.command`. */
  const blame = (found: Failure) => {
    const field = found.field?.replace(/^(adapterConfig|heartbeat)\./, '');
    if (field) setErrors((before) => ({ ...before, [field]: sentence(found.message) }));
    setFailure(found);
  };
  const read = () => {
    const { config, errors: wrong } = readConfig(configFields(), texts);
    setErrors(wrong);
    return Object.keys(wrong).length === 0 ? config : null;
  };

  const test = async () => {
    const config = read();
    const id = companyId();
    const chosen = adapter();
    if (!config || !id || !chosen) return;
    setTesting(true);
    const outcome = await mutate(TestAgent, { input: { companyId: id, agentId: options.saved?.id ?? null, adapterType: chosen.type, adapterConfig: config } });
    setTesting(false);
    if (outcome.failure) blame(outcome.failure);
    else setReport(outcome.data.testAgent);
  };

  const send = async (): Promise<CreateAgentMutation['createAgent'] | null> => {
    const config = read();
    if (fields.name.trim() === '') setErrors((before) => ({ ...before, name: 'An agent needs a name.' }));
    const id = companyId();
    const chosen = adapter();
    if (!config || !id || !chosen || sending() || fields.name.trim() === '') return null;
    setSending(true);
    const outcome = await mutate(CreateAgent, {
      input: {
        companyId: id,
        name: fields.name,
        role: fields.role,
        managerId: fields.managerId,
        adapterType: chosen.type,
        adapterConfig: config,
        heartbeat: { enabled: fields.timer, intervalSec: Math.max(30, Math.round(Number(fields.everyMinutes) * 60) || 1800) },
        ...(fields.title.trim() ? { title: fields.title } : {}),
        ...(fields.capabilities.trim() ? { capabilities: fields.capabilities } : {}),
        idempotencyKey: key,
      },
    });
    setSending(false);
    if (outcome.failure) {
      blame(outcome.failure);
      return null;
    }
    return outcome.data.createAgent;
  };

  return { read, blame, fields, set, texts, setText, errors, failure, sending, testing, report, choices, adapters, adapter, configFields, choose, test, send };
}

export type AgentForm = ReturnType<typeof createAgentForm>;
