import { now as clock } from '../../prisma/clock.ts';
import { newId } from '../../prisma/id.ts';
import type { CostEvent, Issue } from '../../prisma/generated/client.ts';
import type { BillingType } from '../../prisma/generated/enums.ts';
import { sql } from '../../prisma/sql.ts';
import { together, type Tx } from '../../prisma/transaction.ts';
import { agentOf, type Principal, runOf, visible } from '../access/principal.ts';
import { recordActivity } from '../activity/record.ts';
import { agentFor } from '../agent/commands.ts';
import { judgeReport } from '../breaker/judge.ts';
import { enforceBudgets, type Verdict } from '../budget/enforce.ts';
import { once } from '../shared/idempotency.ts';
import { badInput, notFound, Refusal } from '../shared/refusal.ts';
import { LIMITS, requiredText } from '../shared/text.ts';
import { imputedCost } from './prices.ts';
import { MOST, worthOf } from './rules.ts';
import { mustHaveWorkedOn } from './spent-on.ts';

export interface ReportCost {
  agentId?: string | null | undefined;
  issueId?: string | null | undefined;
  runId?: string | null | undefined;
  provider: string;
  biller?: string | null | undefined;
  model: string;
  billingType?: BillingType | null | undefined;
  inputTokens?: bigint | null | undefined;
  cachedInputTokens?: bigint | null | undefined;
  outputTokens?: bigint | null | undefined;
  costMicros?: bigint | null | undefined;
  /** Of an adapter: what it is worth at list prices, by the program's own reckoning. A price of the company's own goes before it. */
  worthMicros?: bigint | null | undefined;
  occurredAt?: Date | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Records one use of a model. Agents report for themselves only, and for what they work on; run and issue come from the run token unless given.
 * Project, goal and billing code are copied from the issue as it is now, so that later moves do not rewrite the past.
 * What was spent is always recorded, whatever the budgets say; they are looked at afterwards, in the same transaction.
 */
export async function reportCost(tx: Tx, by: Principal, input: ReportCost): Promise<CostEvent & Partial<Verdict>> {
  const own = agentOf(by);
  if (own && input.agentId && input.agentId !== own) {
    await agentFor(tx, by, input.agentId);
    throw new Refusal('FORBIDDEN', 'an agent reports its own cost only', { field: 'agentId' });
  }
  const agentId = own ?? input.agentId;
  if (!agentId) throw badInput('agentId', 'name the agent that spent it');
  const agent = await agentFor(tx, by, agentId);
  const { companyId } = agent;
  const run = await checkedRun(tx, by, agentId, input.runId ?? runOf(by));
  const issue = await checkedIssue(tx, by, companyId, input.issueId ?? run?.issueId ?? run?.workedIssueId ?? null);
  const costMicros = checkedAmount('costMicros', input.costMicros);
  const { idempotencyKey, ...fields } = input;
  let verdict: Verdict | undefined;
  const id = await once(tx, by, { companyId, operation: 'reportCost', key: idempotencyKey, input: fields }, async () => {
    await mustHaveWorkedOn(tx, by, issue, run);
    const provider = nameOf('provider', input.provider);
    const use = {
      provider, model: nameOf('model', input.model), inputTokens: checkedAmount('inputTokens', input.inputTokens) ?? 0n,
      cachedInputTokens: checkedAmount('cachedInputTokens', input.cachedInputTokens) ?? 0n, outputTokens: checkedAmount('outputTokens', input.outputTokens) ?? 0n,
    };
    const billingType = input.billingType ?? 'UNKNOWN';
    const occurredAt = checkedTime(input.occurredAt, own ? (run?.startedAt ?? new Date(clock().getTime() - OWN_LATE_MS)) : null);
    const event = await insertEvent(tx, {
      id: newId(), companyId, agentId, runId: run?.id ?? null, issueId: issue?.id ?? null, projectId: issue?.projectId ?? null, goalId: await goalOf(tx, issue),
      billingCode: issue?.billingCode ?? null, ...use, biller: input.biller?.trim() ? nameOf('biller', input.biller) : provider, billingType, occurredAt,
      ...worthOf(costMicros, billingType, await imputedCost(tx, companyId, { ...use, at: occurredAt, told: checkedAmount('worthMicros', input.worthMicros) })),
    });
    await recordActivity(tx, by, {
      companyId, action: 'cost.reported', entityType: 'costEvent', entityId: event.id, agentId, issueId: event.issueId,
      details: { model: event.model, costMicros: event.costMicros?.toString() ?? null },
    });
    verdict = await enforceBudgets(tx, event);
    // One that is being stopped has had its word.
    if (run?.status === 'RUNNING' && !run.cancelRequestedAt && !verdict.stop) await judgeReport(tx, run);
    return event.id;
  });
  const event = await tx.costEvent.findUniqueOrThrow({ where: { id } });
  return { ...event, ...verdict };
}

/** The one place where events are made: each waits in cost_unfolded until the rollups hold it. */
async function insertEvent(tx: Tx, data: Omit<CostEvent, 'createdAt'>): Promise<CostEvent> {
  const [event] = await together([
    tx.costEvent.create({ data }),
    tx.costUnfolded.create({ data: { eventId: data.id, companyId: data.companyId, occurredAt: data.occurredAt } }),
  ]);
  return event;
}

/** The goal that an issue is for: its own, else that of the nearest issue above that has one, else its project's. */
async function goalOf(tx: Tx, issue: Issue | null): Promise<string | null> {
  if (!issue || issue.goalId) return issue?.goalId ?? null;
  const [found] = await tx.$queryRaw<{ goalId: string | null }[]>(sql`
    WITH RECURSIVE up(parent_id, goal_id, level) AS (
      SELECT i.parent_id, i.goal_id, 0 FROM issue i WHERE i.id = ${issue.parentId}::uuid
      UNION ALL SELECT i.parent_id, i.goal_id, up.level + 1 FROM up JOIN issue i ON i.id = up.parent_id WHERE up.goal_id IS NULL)
    SELECT coalesce((SELECT goal_id FROM up WHERE goal_id IS NOT NULL ORDER BY level LIMIT 1), (SELECT p.goal_id FROM project p WHERE p.id = ${issue.projectId}::uuid)) AS "goalId"`);
  return found?.goalId ?? null;
}

/** A name in one line: names are joined by line feeds in the keys of the rollups. */
function nameOf(field: string, given: string): string {
  return requiredText(field, given, LIMITS.name).replaceAll(/\s+/g, ' ');
}

async function checkedRun(tx: Tx, by: Principal, agentId: string, runId: string | null) {
  if (!runId) return null;
  const run = visible(by, await tx.run.findUnique({ where: { id: runId } }), 'run');
  if (run.agentId !== agentId) throw notFound('run');
  return run;
}

async function checkedIssue(tx: Tx, by: Principal, companyId: string, issueId: string | null) {
  if (!issueId) return null;
  const issue = visible(by, await tx.issue.findUnique({ where: { id: issueId } }), 'issue');
  if (issue.companyId !== companyId) throw notFound('issue');
  return issue;
}

function checkedAmount(field: string, amount: bigint | null | undefined): bigint | null {
  if (amount === null || amount === undefined) return null;
  if (amount < 0n) throw badInput(field, 'must not be negative');
  if (amount > MOST) throw badInput(field, 'is larger than anything that was ever spent');
  return amount;
}

/** How late an agent may report what it used outside of a run. */
const OWN_LATE_MS = 24 * 3_600_000;

/** Late reports are taken, from agents as far as what they do now goes back: else they could book on a month that is over what this month's budgets stop. */
function checkedTime(at: Date | null | undefined, earliest: Date | null): Date {
  const now = clock();
  if (!at) return now;
  if (at.getTime() > now.getTime() + 5 * 60_000) throw badInput('occurredAt', 'lies in the future');
  if (earliest && at < earliest) throw badInput('occurredAt', `is too long ago for a report of its own: not before ${earliest.toISOString()}, when the run began, or a day ago where there is none; the board may report what is older`);
  return at;
}
