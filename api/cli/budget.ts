import { ask } from './ask.ts';
import { ApiError, UsageError } from './failure.ts';
import { graphql } from './generated/gql.ts';
import type { BudgetMetric, BudgetRowFragment, BudgetScope, BudgetWindow } from './generated/graphql.ts';
import { micros } from './money.ts';
import { bold, columns, dim, dollars, plain } from './print.ts';
import { agentId, companyId, issueId, projectId } from './refs.ts';
import type { Settings } from './settings.ts';

export const BudgetRow = graphql(`
  fragment BudgetRow on Budget {
    id scope metric window windowHours amount warnPercent hardStop used usedPercent unpricedCount windowStartsAt windowEndsAt
    subject { __typename ... on Company { name } ... on Agent { name } ... on Project { name } ... on Goal { title } ... on Issue { identifier } }
    stop { message spent limit incident { id status approval { id } } }
    setBy { __typename ... on User { name } ... on Agent { name } ... on System { name } }
  }
`);

export const metrics = ['BILLED_COST', 'IMPUTED_COST', 'TOKENS', 'RUNS'] as const satisfies BudgetMetric[];
export const windows = ['MONTH', 'ROLLING', 'LIFETIME'] as const satisfies BudgetWindow[];

/** The options that say what part of a company is meant; none of them is the company. */
export const partFlags = {
  agent: { type: 'string', value: 'NAME', about: 'of this agent, by name or id' },
  project: { type: 'string', value: 'NAME', about: 'of this project, by name or id' },
  goal: { type: 'string', value: 'ID', about: 'of this goal and all below it' },
  issue: { type: 'string', value: 'ISSUE', about: 'of this issue and all below it' },
} as const;

export async function partOf(settings: Settings, given: { agent?: string | undefined; project?: string | undefined; goal?: string | undefined; issue?: string | undefined }): Promise<{ scope: BudgetScope; subjectId: string }> {
  if (Object.values([given.agent, given.project, given.goal, given.issue]).filter((each) => each !== undefined).length > 1) throw new UsageError('name one of --agent, --project, --goal and --issue, or none for the company');
  if (given.agent) return { scope: 'AGENT', subjectId: await agentId(settings, given.agent) };
  if (given.project) return { scope: 'PROJECT', subjectId: await projectId(settings, given.project) };
  if (given.goal) return { scope: 'GOAL', subjectId: given.goal };
  if (given.issue) return { scope: 'ISSUE_SUBTREE', subjectId: await issueId(settings, given.issue) };
  return { scope: 'COMPANY', subjectId: await companyId(settings) };
}

/** An amount in the unit of a metric: dollars for what costs, whole numbers for the rest. */
export function amountOf(metric: BudgetMetric, given: string | undefined): string {
  if (given === undefined) throw new UsageError('name an amount: dollars such as 12.50, or a number of tokens or runs');
  if (metric === 'BILLED_COST' || metric === 'IMPUTED_COST') return micros('AMOUNT', given);
  if (!/^\d+$/.test(given)) throw new UsageError(`AMOUNT is a whole number of ${metric.toLowerCase()}, not ${given}`);
  return given;
}

const BudgetQuery = graphql(`
  query BudgetById($id: ID!) {
    node(id: $id) { __typename ... on Budget { ...BudgetRow } }
  }
`);

export async function budgetById(settings: Settings, id: string | undefined): Promise<BudgetRowFragment> {
  if (!id) throw new UsageError('name a budget by its id: boardroom budget list shows them');
  const { node } = await ask(settings, BudgetQuery, { id });
  if (node?.__typename !== 'Budget') throw new ApiError('NOT_FOUND', `no budget ${id}`);
  return node;
}

/** KEPT where the board has decided that it stays stopped: nobody is asked any more. */
function stateOf(stop: BudgetRowFragment['stop']): string {
  return stop === null ? '' : stop.incident?.status === 'KEPT_PAUSED' ? 'KEPT' : 'STOPPED';
}

export function budgetTable(budgets: readonly BudgetRowFragment[]): string {
  if (budgets.length === 0) return dim('no budgets');
  return columns(budgets.map((budget) => [budget.id, bold(plain(subjectName(budget))), limitText(budget), usedText(budget), stateOf(budget.stop)]));
}

export function subjectName({ scope, subject }: BudgetRowFragment): string {
  const name = subject === null ? 'gone' : subject.__typename === 'Goal' ? subject.title : subject.__typename === 'Issue' ? subject.identifier : subject.name;
  return `${scope === 'ISSUE_SUBTREE' ? 'issue' : scope.toLowerCase()} ${name}`;
}

export function quantity(metric: BudgetMetric, value: string): string {
  if (metric === 'BILLED_COST' || metric === 'IMPUTED_COST') return dollars(value);
  return `${BigInt(value).toLocaleString('en-US')} ${metric.toLowerCase().slice(0, value === '1' ? -1 : undefined)}`;
}
const spans: Record<BudgetWindow, (hours: number | null) => string> = { MONTH: () => 'a month', ROLLING: (hours) => `in ${hours} h`, LIFETIME: () => 'in all' };

export function limitText({ metric, window, windowHours, amount }: Pick<BudgetRowFragment, 'metric' | 'window' | 'windowHours' | 'amount'>): string {
  const what = { BILLED_COST: ' billed', IMPUTED_COST: ' worth', TOKENS: '', RUNS: '' }[metric];
  return amount === '0' ? `no limit on ${metric.toLowerCase()}` : `${quantity(metric, amount)}${what} ${spans[window](windowHours)}`;
}

function usedText({ metric, used, usedPercent, unpricedCount }: BudgetRowFragment): string {
  return `used ${quantity(metric, used)}${usedPercent === null ? '' : `, ${usedPercent} %`}${unpricedCount === 0 ? '' : ` and ${unpricedCount} unpriced`}`;
}
