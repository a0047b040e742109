import { setTimeout as sleep } from 'node:timers/promises';
import { apiError, type Answer, headers, unreachable } from './ask.ts';
import type { Flag } from './command.ts';
import { ApiError, UsageError } from './failure.ts';
import { agentId, issueId } from './refs.ts';
import type { Settings } from './settings.ts';

/** What the log is narrowed by: `activity list` and `activity export` take the same. */
export const filterFlags = {
  action: { type: 'string', value: 'NAMES', about: 'only these, separated by commas: issue.created, or issue.* for all of one thing' },
  by: { type: 'string', value: 'WHO', about: 'done by an agent, by name, id or me; or by board, agents or system' },
  agent: { type: 'string', value: 'NAME', about: 'concerning this agent' },
  issue: { type: 'string', value: 'ISSUE', about: 'concerning this issue' },
  run: { type: 'string', value: 'ID', about: 'done in this run' },
  entity: { type: 'string', value: 'TYPE[:ID]', about: 'done to this kind of thing, or to this one: budget, document:ID' },
  since: { type: 'string', value: 'TIME', about: 'from then on: 2026-01-31, 2026-01-31T12:00:00Z, or 24h, 7d ago' },
  until: { type: 'string', value: 'TIME', about: 'before then' },
} as const satisfies Record<string, Flag>;

type Given = { [Name in keyof typeof filterFlags]?: string | undefined };

export interface Filter {
  actions?: string[];
  actorType?: 'USER' | 'AGENT' | 'SYSTEM';
  actorId?: string;
  agentId?: string;
  issueId?: string;
  runId?: string;
  entityType?: string;
  entityId?: string;
  since?: string;
  until?: string;
}

const kinds = { board: 'USER', agents: 'AGENT', system: 'SYSTEM' } as const;

/** The filter of the API that some flags ask for. */
export async function filterOf(settings: Settings, given: Given): Promise<Filter> {
  const [entityType, entityId] = given.entity?.split(':') ?? [];
  const kind = given.by?.toLowerCase() as keyof typeof kinds | undefined;
  return {
    ...(given.action ? { actions: given.action.split(',').map((action) => action.trim()) } : {}),
    ...(given.by ? (kind && Object.hasOwn(kinds, kind) ? { actorType: kinds[kind] } : { actorId: await agentId(settings, given.by) }) : {}),
    ...(given.agent ? { agentId: await agentId(settings, given.agent) } : {}),
    ...(given.issue ? { issueId: await issueId(settings, given.issue) } : {}),
    ...(given.run ? { runId: given.run } : {}),
    ...(entityType ? { entityType } : {}),
    ...(entityId ? { entityId } : {}),
    ...(given.since ? { since: timeOf('--since', given.since) } : {}),
    ...(given.until ? { until: timeOf('--until', given.until) } : {}),
  };
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function timeOf(flag: string, given: string): string {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(given) ?? [];
  const time = amount && unit ? new Date(Date.now() - Number(amount) * units[unit as keyof typeof units]) : new Date(given);
  if (!/^\d/.test(given) || Number.isNaN(time.getTime())) throw new UsageError(`${flag} is a time such as 2026-01-31, 2026-01-31T12:00:00Z or 24h, not ${given}`);
  return time.toISOString();
}

/** How often an export that breaks off is taken up again without having come any further. */
const TRIES = 5;
const PATIENCE_MS = 60_000;

/** The lines of the log, oldest first, as they are sealed. A line that was cut is none: the export is taken up after the last whole one. */
export async function* exportLines(settings: Settings, companyId: string, filter: Filter, after = '0'): AsyncGenerator<string, void, void> {
  let cursor = after;
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await request(settings, companyId, filter, cursor);
      for await (const line of linesOf(response)) {
        cursor = (JSON.parse(line) as { cursor: string }).cursor;
        tries = 0;
        yield line;
      }
      return;
    } catch (error) {
      if (error instanceof ApiError || tries >= TRIES) throw unreachable(settings, error);
      await sleep(200 * 2 ** tries);
    }
  }
}

async function request(settings: Settings, companyId: string, { actions, ...filter }: Filter, after: string): Promise<Response> {
  const query = new URLSearchParams({ ...filter, after, ...(actions ? { action: actions.join(',') } : {}) });
  const { 'content-type': _type, ...rest } = headers(settings, 'application/x-ndjson, application/json');
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  const response = await fetch(`${settings.apiUrl}/api/companies/${encodeURIComponent(companyId)}/activity.ndjson?${query}`, { headers: rest, signal: late.signal }).finally(() => clearTimeout(timer));
  if (response.ok && response.headers.get('content-type')?.startsWith('application/x-ndjson')) return response;
  const answer = (await response.json().catch(() => null)) as Answer | null;
  const error = answer?.errors?.[0];
  throw error ? apiError(error) : new ApiError('UNREACHABLE', `the address answered ${response.status} and no log; is it Boardroom's?`);
}

async function* linesOf(response: Response): AsyncGenerator<string, void, void> {
  if (!response.body) return;
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream() as never) as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
