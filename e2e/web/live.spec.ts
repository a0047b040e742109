import type { WebSocketRoute } from 'playwright-core';
import { beforeAll, expect, inject } from 'vitest';
import { ask } from '../support/boardroom.ts';
import { type Company, file, foundCompany } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;

beforeAll(async () => {
  const address = inject('address');
  if (address) company = await foundCompany(address, 'Live Wire', 'LIVE');
});

journey('what others do is on the page without being asked for', async ({ page, seen, address }) => {
  const first = await file(company, 'There from the start');
  await page.goto('/LIVE/issues?tab=all');
  await page.getByRole('link', { name: /There from the start/ }).waitFor();
  await file(company, 'Filed by somebody else');
  await page.getByRole('link', { name: /Filed by somebody else/ }).waitFor();
  await ask(address, 'mutation($input: UpdateIssueInput!) { updateIssue(input: $input) { __typename } }', { input: { issueId: first.id, title: 'There under another name' } });
  await page.getByRole('link', { name: /There under another name/ }).waitFor();
  expect(seen.loads()).toBe(1);
});

journey('a lost connection is said, with when it is tried again, and mended without a reload', async ({ page, seen }) => {
  let isCut = false;
  const lines: WebSocketRoute[] = [];
  await page.routeWebSocket('**/graphql', (line) => {
    if (isCut) return void line.close({ code: 1001 });
    line.connectToServer();
    lines.push(line);
  });
  await page.goto('/LIVE/issues?tab=all');
  await page.getByRole('link', { name: /Filed by somebody else/ }).waitFor();
  isCut = true;
  for (const line of lines) await line.close({ code: 1001 });
  await page.getByText(/^Offline since/).waitFor();
  await page.getByText(/^(retry in \d+ s|trying)$/).waitFor();
  await file(company, 'Filed while the line was cut');
  isCut = false;
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.getByRole('link', { name: /Filed while the line was cut/ }).waitFor();
  await page.getByText(/^Offline since/).waitFor({ state: 'detached' });
  expect(seen.loads()).toBe(1);
});
