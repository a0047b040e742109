import { randomUUID } from 'node:crypto';
import { ask } from '../ask.ts';
import { choose } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import type { BillingType } from '../generated/graphql.ts';
import { billedAndWorth, micros } from '../money.ts';
import { agentId, issueId } from '../refs.ts';

const ReportCostMutation = graphql(`
  mutation ReportCost($input: ReportCostInput!) {
    reportCost(input: $input) { id costMicros imputedMicros costStatus inputTokens outputTokens model billingType issue { identifier } budgetStop { message spent limit } budgetWarnings { message spent limit } }
  }
`);

const billingTypes = ['METERED_API', 'SUBSCRIPTION_INCLUDED', 'SUBSCRIPTION_OVERAGE', 'CREDITS', 'FIXED', 'UNKNOWN'] as const satisfies BillingType[];

export const command = defineCommand({
  usage: 'cost report --provider NAME --model NAME [options]',
  about: 'Reports what work has cost, for the run and its issue. Without an amount it is unpriced, which is not zero.',
  args: 0,
  flags: {
    provider: { type: 'string', value: 'NAME', about: 'who was asked, such as anthropic' },
    model: { type: 'string', value: 'NAME', about: 'which model' },
    biller: { type: 'string', value: 'NAME', about: 'who bills it, if not the provider' },
    usd: { type: 'string', value: 'AMOUNT', about: 'dollars, such as 0.0125; at most six digits after the point' },
    'billing-type': { type: 'string', value: 'TYPE', about: 'how it is paid: metered-api, subscription-included, subscription-overage, credits or fixed' },
    'input-tokens': { type: 'string', value: 'N', about: 'tokens read' },
    'cached-input-tokens': { type: 'string', value: 'N', about: 'tokens read from a cache' },
    'output-tokens': { type: 'string', value: 'N', about: 'tokens written' },
    issue: { type: 'string', value: 'ISSUE', about: 'for this issue (BOARDROOM_TASK_ID)' },
    agent: { type: 'string', value: 'NAME', about: 'of this agent, when the board reports it' },
    key: { type: 'string', value: 'KEY', about: 'reported again with the same key, it counts once' },
  },
  async run({ settings, flags, show }) {
    const { provider, model } = flags;
    if (!provider || !model) throw new UsageError('--provider and --model are needed');
    const issue = flags.issue ?? settings.task;
    const { reportCost } = await ask(settings, ReportCostMutation, {
      input: {
        provider,
        model,
        biller: flags.biller ?? null,
        billingType: flags['billing-type'] ? choose('--billing-type', billingTypes, flags['billing-type']) : null,
        costMicros: flags.usd === undefined ? null : micros('--usd', flags.usd),
        inputTokens: tokens('--input-tokens', flags['input-tokens']),
        cachedInputTokens: tokens('--cached-input-tokens', flags['cached-input-tokens']),
        outputTokens: tokens('--output-tokens', flags['output-tokens']),
        issueId: issue ? await issueId(settings, issue) : null,
        agentId: flags.agent ? await agentId(settings, flags.agent) : null,
        idempotencyKey: flags.key ?? randomUUID(),
      },
    });
    const warnings = reportCost.budgetWarnings.map(({ message }) => `\n${message}`).join('');
    const stop = reportCost.budgetStop ? `\n${reportCost.budgetStop.message} End this run.` : '';
    show(reportCost, () => `${billedAndWorth(reportCost)} of ${reportCost.model}${reportCost.issue ? ` for ${reportCost.issue.identifier}` : ''}${warnings}${stop}`);
  },
});

function tokens(name: string, given: string | undefined): string | null {
  if (given === undefined) return null;
  if (!/^\d+$/.test(given)) throw new UsageError(`${name} is a whole number, not ${given}`);
  return given;
}
