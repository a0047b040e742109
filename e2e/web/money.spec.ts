import { beforeAll, expect, inject } from 'vitest';
import { ask } from '../support/boardroom.ts';
import { type Company, foundCompany, hire } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;
let agentId: string;

beforeAll(async () => {
  const address = inject('address');
  if (!address) return;
  company = await foundCompany(address, 'Purse and Sons', 'PRS');
  agentId = await hire(company, 'Penny');
});

/** What a model was used for, as an adapter would tell. */
async function spend(address: string, more: Record<string, unknown>): Promise<void> {
  const input = { agentId, provider: 'anthropic', model: 'claude-sonnet-4-5', billingType: 'METERED_API', inputTokens: '1000', outputTokens: '100', ...more };
  await ask(address, 'mutation($input: ReportCostInput!) { reportCost(input: $input) { id } }', { input });
}

const agentNow = async (address: string): Promise<{ status: string; pauseReason: string | null }> =>
  (await ask<{ agent: { status: string; pauseReason: string | null } }>(address, 'query($id: ID!) { agent(id: $id) { status pauseReason } }', { id: agentId })).agent;

journey('a person sets a budget, sees what it warns of and stops, and raises it', async ({ page, seen, address }) => {
  await page.goto('/PRS');
  await page.getByRole('link', { name: 'Costs', exact: true }).click();
  await page.getByText('Nothing was spent in these days').waitFor();
  await page.getByRole('tab', { name: 'Budgets' }).click();
  await page.getByText('Nothing limits what is spent').waitFor();

  // By keyboard, from the key to Enter in the last field.
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'New budget' });
  await dialog.getByLabel('For', { exact: true }).selectOption('AGENT');
  await dialog.getByRole('button', { name: 'Set budget' }).click();
  await dialog.getByText('Which agent?').waitFor();
  await dialog.getByText('How many dollars?').waitFor();
  await dialog.getByRole('button', { name: 'Agent', exact: true }).press('Enter');
  await page.getByRole('combobox', { name: 'Filter: Agent' }).fill('pen');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Amount, in dollars' }).fill('ten');
  await dialog.getByText('Write it as a number of dollars.').waitFor();
  await dialog.getByRole('textbox', { name: 'Amount, in dollars' }).fill('10');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: 'billed this month, stops at 100%' });
  await row.getByText('$0.00 of $10.00').waitFor();
  await row.getByText(/^starts anew 1 [A-Z]/).waitFor();

  // What is spent is seen as it is spent.
  await spend(address, { costMicros: '8500000' });
  await row.getByText('$8.50 of $10.00').waitFor();
  await row.getByTitle('Warned at 80%').waitFor();
  await spend(address, { costMicros: '2000000' });
  await row.getByText('stopped', { exact: true }).waitFor();
  await row.getByText('$10.50 of $10.00 was used when it stopped.').waitFor();
  expect(await agentNow(address)).toEqual({ status: 'PAUSED', pauseReason: 'BUDGET' });

  // It is told wherever one would ask why nothing moves.
  await page.getByRole('link', { name: 'Dashboard' }).click();
  const needs = page.locator('#needs-you');
  await needs.getByText('Penny: budget used up').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Penny/ }).click();
  const stop = page.getByRole('region', { name: 'Stopped by a budget' });
  await stop.getByText(/\$10\.00 billed a month, is used up: \$10\.50 of \$10\.00/).waitFor();
  await stop.getByRole('link', { name: 'Budgets' }).click();

  // It may stay so for now.
  await row.getByRole('button', { name: 'Keep paused' }).click();
  await row.getByText('kept paused', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Raise and resume' }).click();
  const raise = page.getByRole('dialog', { name: 'Raise the budget of Penny?' });
  const amount = raise.getByRole('textbox', { name: 'New amount, in dollars' });
  expect(Number(await amount.inputValue())).toBeGreaterThan(10.5);
  await amount.fill('10.50');
  await raise.getByRole('button', { name: 'Raise and resume' }).click();
  await raise.getByText('$10.50 is used already: name more than that.').waitFor();
  await amount.fill('30');
  await page.keyboard.press('Enter');
  await raise.waitFor({ state: 'detached' });
  await row.getByText('$10.50 of $30.00').waitFor();
  await row.getByText('kept paused', { exact: true }).waitFor({ state: 'detached' });
  expect(await agentNow(address)).toEqual({ status: 'IDLE', pauseReason: null });
  await row.getByRole('button', { name: 'Warnings and stops of Penny' }).click();
  await page.getByRole('region', { name: 'Warnings and stops of Penny' }).getByText(/Stopped at \$10\.50 of \$10\.00, over: the budget was raised by Board/).waitFor();
  expect(seen.loads()).toBe(1);
});

journey('what was spent is seen by its parts, and what has no price is given one', async ({ page, seen, address }) => {
  await page.goto('/PRS/costs');
  const figures = page.getByRole('region', { name: 'Figures' });
  await figures.getByText('$10.50', { exact: true }).waitFor();
  await spend(address, { provider: 'own', model: 'house-model', billingType: 'UNKNOWN' });
  await figures.getByRole('button', { name: '1 use of 1 model' }).waitFor();
  const agents = page.getByRole('table', { name: 'By agent' });
  await agents.getByRole('row', { name: /Penny.*\$10\.50/ }).waitFor();
  await agents.getByRole('button', { name: 'Penny, by model' }).click();
  await agents.getByRole('rowheader', { name: 'house-model' }).waitFor();
  await agents.getByText('unpriced').first().waitFor();

  // Other days are in the address, so that they can be sent to somebody.
  await page.getByRole('combobox', { name: 'Days' }).selectOption('last-month');
  await page.getByText('Nothing was spent in these days').waitFor();
  expect(page.url()).toContain('range=last-month');
  await page.getByRole('combobox', { name: 'Days' }).selectOption('month');

  await figures.getByRole('button', { name: '1 use of 1 model' }).click();
  await page.getByRole('button', { name: 'Set price for house-model' }).click();
  const dialog = page.getByRole('dialog', { name: 'What does house-model cost?' });
  await dialog.getByRole('button', { name: 'Set price' }).click();
  await dialog.getByText('What does it cost? 0 for nothing.').first().waitFor();
  await dialog.getByRole('textbox', { name: 'Read' }).fill('2');
  await dialog.getByRole('textbox', { name: 'Written' }).fill('0.5');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('table', { name: 'Prices set by the board' }).getByRole('row', { name: /house-model.*\$2\.00.*\$2\.00.*\$0\.50/ }).waitFor();
  expect(seen.loads()).toBe(1);
});

journey('a company that is stopped as a whole says so on every page until it is raised', async ({ page, seen, address }) => {
  await page.goto('/PRS/issues');
  await page.getByRole('heading', { name: 'Issues' }).waitFor();
  await ask(address, 'mutation($input: SetBudgetInput!) { setBudget(input: $input) { id } }', { input: { scope: 'COMPANY', subjectId: company.id, metric: 'BILLED_COST', amount: '5000000' } });
  const line = page.getByRole('status').filter({ hasText: 'The whole company is stopped.' });
  await line.getByText(/\$5\.00 billed a month, is used up: \$10\.50 of \$5\.00/).waitFor();
  await line.getByRole('link', { name: 'Open budget' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Whole company' });
  await row.getByRole('button', { name: 'Raise and resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Raise and resume' }).click();
  await line.waitFor({ state: 'detached' });
  expect(seen.loads()).toBe(1);
});
