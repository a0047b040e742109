import { expect } from 'vitest';
import { contextFor } from '../support/browser.ts';
import { ask } from '../support/boardroom.ts';
import { file, foundCompany, hire, issueOnce } from './stage/company.ts';
import { journey } from './stage/journey.ts';
import { watch } from './stage/watch.ts';

const PHONE = { width: 390, theme: 'light' } as const;

journey('on a phone a thumb files an issue, and sees what is unread', { timeout: 600_000 }, async ({ browser, address }) => {
  const company = await foundCompany(address, 'Pocket Office', 'PKT');
  await file(company, 'Sort the post');
  const context = await browser.newContext({ ...contextFor(PHONE), baseURL: address });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto('/PKT/issues?tab=all');
  await page.getByRole('link', { name: /Sort the post/ }).waitFor();
  const add = page.getByRole('main').getByRole('button', { name: 'New issue' });
  const box = await add.boundingBox();
  const window = page.viewportSize();
  // In the lower third at the right, and large enough for a finger.
  expect(box && window && box.y > window.height * 0.66 && box.x > window.width / 2 && box.width >= 44 && box.height >= 44).toBe(true);
  await add.click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill('Buy stamps');
  await page.getByRole('dialog').getByRole('button', { name: /^File|^Create/ }).click();
  await page.getByRole('link', { name: /Buy stamps/ }).first().waitFor();

  // What the board is asked is counted below, and no more once it was put away.
  const main = page.getByRole('navigation', { name: 'Main' });
  await ask(address, 'mutation($c: ID!) { requestApproval(input: { companyId: $c, type: BOARD_REQUEST, title: "Rent a van" }) { id } }', { c: company.id });
  await main.getByRole('link', { name: /^Approvals\s*1$/ }).waitFor();
  await main.getByRole('link', { name: /^Inbox\s*1$/ }).click();
  await page.getByRole('button', { name: 'Mark Rent a van read' }).click();
  await main.getByRole('link', { name: 'Inbox', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Mark Rent a van unread' }).click();
  await main.getByRole('link', { name: /^Inbox\s*1$/ }).waitFor();
  expect(seen.problems()).toEqual([]);
  await context.close();
});

journey('a run is at its number, and still at its id; another company has no such run', async ({ page, seen, address }) => {
  const company = await foundCompany(address, 'Numbers', 'NUM');
  const agent = await hire(company, 'Ida', ['-e', 'console.log("counted")']);
  const issue = await file(company, 'Count the chairs', { assigneeId: agent });
  const { runs } = await issueOnce(address, issue.identifier, (it) => it.runs.nodes.some(({ status }) => status === 'SUCCEEDED'));
  const id = runs.nodes.find(({ status }) => status === 'SUCCEEDED')?.id ?? '';
  const { run } = await ask<{ run: { number: number } }>(address, 'query($id: ID!) { run(id: $id) { number } }', { id });
  await page.goto(`/NUM/issues/${issue.identifier}`);
  await page.locator(`a[href="/NUM/runs/${run.number}"]`).first().click();
  await page.getByRole('heading', { name: `Run ${run.number}` }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/NUM/runs/${run.number}`);
  await page.goto(`/NUM/runs/${id}`);
  await page.getByRole('heading', { name: `Run ${run.number}` }).waitFor();
  await page.goto('/NUM/runs/4711');
  await page.getByText('There is no such run').waitFor();
  expect(seen.loads()).toBe(3);
});
