import { ask } from '../ask.ts';
import { choose, count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { ApiError, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { CostPart, CostPartFragment, CostSumsFragment } from '../generated/graphql.ts';
import { moment } from '../money.ts';
import { bold, columns, dim, dollars, plain } from '../print.ts';
import { agentId, companyId, issueId, projectId } from '../refs.ts';

graphql(`
  fragment CostSums on CostSummary { costMicros imputedMicros inputTokens cachedInputTokens outputTokens eventCount unpricedCount unimputedCount }
`);
graphql(`
  fragment CostPart on CostGroup { agent { id name } provider model biller billingType project { id name } goal { id title } billingCode day cost { ...CostSums } }
`);
graphql(`
  fragment CostReportParts on CostReport {
    total { ...CostSums } monthToDate { ...CostSums } last5Hours { ...CostSums } last24Hours { ...CostSums } last7Days { ...CostSums }
    parts(by: $by, first: $first) { nodes { ...CostPart } }
  }
`);
const CostsQuery = graphql(`
  query Costs($id: ID!, $since: DateTime, $until: DateTime, $by: CostPart!, $first: Int!, $subtree: Boolean!) {
    node(id: $id) {
      ... on Company { costs(since: $since, until: $until) { ...CostReportParts } }
      ... on Agent { costs(since: $since, until: $until) { ...CostReportParts } }
      ... on Project { costs(since: $since, until: $until) { ...CostReportParts } }
      ... on Goal { costs(since: $since, until: $until) { ...CostReportParts } }
      ... on Issue { costs(since: $since, until: $until, subtree: $subtree) { ...CostReportParts } }
    }
  }
`);

const kinds = ['AGENT', 'MODEL', 'PROVIDER', 'BILLER', 'BILLING_TYPE', 'PROJECT', 'GOAL', 'BILLING_CODE', 'DAY', 'UNPRICED_MODEL'] as const satisfies CostPart[];

export const command = defineCommand({
  usage: 'cost [options]',
  about: 'What a company cost, or an agent, project, goal or issue of it: billed, and what it is worth by list prices.',
  args: 0,
  flags: {
    agent: { type: 'string', value: 'NAME', about: 'of this agent, by name, id or me' },
    project: { type: 'string', value: 'NAME', about: 'of this project' },
    goal: { type: 'string', value: 'ID', about: 'of this goal and those below it' },
    issue: { type: 'string', value: 'ISSUE', about: 'of this issue and everything below it' },
    alone: { type: 'boolean', about: 'with --issue: without what is below it' },
    since: { type: 'string', value: 'TIME', about: 'from then on: 7d, 12h, a date or a time' },
    until: { type: 'string', value: 'TIME', about: 'before then' },
    by: { type: 'string', value: 'PART', about: 'agent (the default), model, provider, biller, billing-type, project, goal, billing-code, day or unpriced-model' },
    first: { type: 'string', value: 'N', about: 'how many parts, at most 100 (25)' },
  },
  async run({ settings, flags, show }) {
    const named = [flags.agent, flags.project, flags.goal, flags.issue].filter((each) => each !== undefined);
    if (named.length > 1) throw new UsageError('one of --agent, --project, --goal and --issue');
    const by = choose('--by', kinds, flags.by ?? 'agent');
    const id = flags.agent ? await agentId(settings, flags.agent) : flags.project ? await projectId(settings, flags.project) : flags.issue ? await issueId(settings, flags.issue) : (flags.goal ?? (await companyId(settings)));
    const { node } = await ask(settings, CostsQuery, {
      id, by, first: count('--first', flags.first ?? '25'), subtree: !flags.alone,
      since: flags.since ? moment('--since', flags.since) : null, until: flags.until ? moment('--until', flags.until) : null,
    });
    if (!node || !('costs' in node)) throw new ApiError('NOT_FOUND', 'nothing of that id has costs');
    const { costs } = node;
    show(costs, () =>
      columns([
        ['', 'BILLED', 'WORTH', 'TOKENS', 'USES'].map(dim),
        ...(flags.since || flags.until ? [row('in that time', costs.total)] : [row('ever', costs.total), row('this month', costs.monthToDate), row('last 5 hours', costs.last5Hours), row('last 24 hours', costs.last24Hours), row('last 7 days', costs.last7Days)]),
        [dim(by === 'UNPRICED_MODEL' ? 'unpriced' : `by ${by.toLowerCase().replace('_', ' ')}`)],
        ...costs.parts.nodes.map((part) => row(nameOf(part), part.cost)),
      ]),
    );
  },
});

function row(name: string, cost: CostSumsFragment): string[] {
  const tokens = BigInt(cost.inputTokens) + BigInt(cost.cachedInputTokens) + BigInt(cost.outputTokens);
  const open = (amount: string, unknown: number) => (unknown > 0 ? `${dollars(amount)} + ${unknown} unknown` : dollars(amount));
  return [bold(plain(name)), open(cost.costMicros, cost.unpricedCount), open(cost.imputedMicros, cost.unimputedCount), tokens.toString(), String(cost.eventCount)];
}

function nameOf({ agent, provider, model, biller, billingType, project, goal, billingCode, day }: CostPartFragment): string {
  const ofModel = model === null ? provider : `${provider} ${model}`;
  return agent?.name ?? ofModel ?? biller ?? billingType ?? project?.name ?? goal?.title ?? billingCode ?? day ?? '(none)';
}
