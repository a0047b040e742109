import { ask } from '../cli/ask.ts';
import { graphql } from '../cli/generated/gql.ts';
import type { Settings } from '../cli/settings.ts';
import { budget, price } from './company.ts';

const MoneyQuery = graphql(`
  query DemoMoney($company: ID!, $agent: ID!) {
    company: node(id: $company) { ... on Company { prices(first: 100) { nodes { provider model } } } }
    agent: node(id: $agent) { ... on Agent { cost { eventCount } budgets(first: 1) { nodes { id } } } }
  }
`);
const SetPriceMutation = graphql(`
  mutation DemoSetPrice($input: SetPriceInput!) {
    setPrice(input: $input) { id }
  }
`);
const SetBudgetMutation = graphql(`
  mutation DemoSetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) { id }
  }
`);

/**
 * The price of what the scripts say they use, and the budget of one of them, each once: what the board makes of them stays.
 * An agent that has worked without a budget goes on without one, as in a demo that was begun before there were any.
 */
export async function setMoney(settings: Settings, companyId: string, agentId: string): Promise<void> {
  const { company, agent } = await ask(settings, MoneyQuery, { company: companyId, agent: agentId });
  const prices = company && 'prices' in company ? company.prices.nodes : [];
  if (!prices.some(({ provider, model }) => provider === price.provider && model === price.model)) {
    await ask(settings, SetPriceMutation, { input: { ...price, companyId } });
  }
  const isNew = agent && 'budgets' in agent && agent.budgets.nodes.length === 0 && agent.cost.eventCount === 0;
  if (isNew) await ask(settings, SetBudgetMutation, { input: { ...budget, subjectId: agentId } });
}
