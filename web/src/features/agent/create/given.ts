import type { AgentRole } from '../../../graphql/generated/graphql.ts';
import { fieldsOf, toText } from '../config/fields.ts';
import type { AgentFields } from './agent-form.ts';

interface Saved {
  id: string;
  name: string;
  title?: string | null;
  role: AgentRole;
  manager?: { id: string } | null;
  capabilities?: string | null;
  adapterType: string;
  adapterConfig?: unknown;
  heartbeat: { enabled: boolean; intervalSec: number };
}

/** What the form of an agent that is there begins with. */
export function givenOf(agent: Saved): AgentFields {
  return {
    name: agent.name,
    title: agent.title ?? '',
    role: agent.role,
    managerId: agent.manager?.id ?? null,
    capabilities: agent.capabilities ?? '',
    adapterType: agent.adapterType,
    timer: agent.heartbeat.enabled,
    everyMinutes: String(Math.round((agent.heartbeat.intervalSec / 60) * 100) / 100),
  };
}

/** Its adapter's settings as they stand in fields, by the schema of that adapter. */
export function savedOf(agent: Saved, schema: unknown): { id: string; texts: Record<string, string> } {
  const config = (agent.adapterConfig ?? {}) as Record<string, unknown>;
  return { id: agent.id, texts: Object.fromEntries(fieldsOf(schema).map((field) => [field.name, toText(field.kind, config[field.name])])) };
}

/** The timer as it was typed; where that is no number, as it was. */
export const heartbeatOf = (fields: AgentFields, before: number): { enabled: boolean; intervalSec: number } => ({
  enabled: fields.timer,
  intervalSec: Math.max(30, Math.round(Number(fields.everyMinutes) * 60) || before),
});
