import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, askUntil, projectFolder, startBoardroom } from '../support/boardroom.ts';
import type { RunningBoardroom } from '../support/boardroom.ts';
import { complaintsOf, contextFor, findChromium, openBrowser, sticksOut } from '../support/browser.ts';

// A person's first hour, in a real browser against everything that is real: found, hire, file, watch, move, be refused.

const run = promisify(execFile);
const WORK = 'boardroom issue checkout "$BOARDROOM_TASK_ID" >/dev/null; for i in $(seq 1 600); do echo "line $i of real work"; sleep 0.1; done';

describe.skipIf(!findChromium())('the board, from an empty Boardroom', () => {
  let boardroom: RunningBoardroom;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    await run(process.execPath, ['api/launch/make.mjs'], { cwd: projectFolder });
    boardroom = await startBoardroom();
    browser = await openBrowser();
    page = await (await browser.newContext(contextFor({ width: 1440, theme: 'light' }))).newPage();
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await boardroom?.stop();
    if (boardroom) await rm(boardroom.home, { recursive: true, force: true });
  });

  /** As another person or an agent would, behind the page's back. */
  async function fileIssue(title: string): Promise<void> {
    const { company } = await ask<{ company: { id: string } }>(boardroom.address, '{ company(ref: "HAL") { id } }');
    await ask(boardroom.address, 'mutation($input: CreateIssueInput!) { createIssue(input: $input) { id } }', {
      input: { companyId: company.id, title, status: 'TODO' },
    });
  }

  test('with no company, it begins with founding one', async () => {
    await page.goto(boardroom.address);
    await page.waitForURL('**/welcome');
    await page.getByLabel('Name').fill('Halyard Freight');
    await page.getByLabel('Mission').fill('Honest freight prices for small importers.');
    expect(await page.getByLabel('Prefix').inputValue()).toBe('HAL');
    await page.getByRole('button', { name: 'Found company' }).click();
    await page.getByRole('heading', { name: 'Hire your chief executive' }).waitFor();
  });

  test('an agent is hired, after a test of what would run it', async () => {
    await page.getByLabel('Name').fill('Brick');
    await page.getByRole('radio', { name: 'Process' }).check({ force: true });
    await page.getByRole('textbox', { name: /^Command/ }).fill('no-such-program');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText(/no-such-program was not found/).waitFor();
    await page.getByRole('textbox', { name: /^Command/ }).fill('bash');
    await page.getByRole('textbox', { name: /^Arguments/ }).fill(`-c\n${WORK}`);
    await page.getByRole('button', { name: 'Hire Brick' }).click();
    await page.getByRole('heading', { name: 'What should happen first?' }).waitFor();
  });

  test('filing an issue starts it, and the dashboard shows its lines as they come', async () => {
    await page.getByLabel('Title').fill('Normalise surcharge codes');
    await page.getByRole('button', { name: 'File and start' }).click();
    await page.waitForURL('**/HAL');
    const card = page.getByRole('article').filter({ has: page.getByRole('link', { name: 'Run 1 of Brick' }) });
    // A wake, a claim and a process start, on a machine that may be busy with other tests.
    await card.waitFor({ timeout: 25_000 });
    await card.getByText(/line \d+ of real work/).first().waitFor();
    await page.getByText('1 live').first().waitFor();
  });

  test('the list follows what happens without being asked', async () => {
    await page.goto(`${boardroom.address}/HAL/issues`);
    const row = page.getByRole('link', { name: /Normalise surcharge codes/ });
    await row.getByText('live').waitFor();
    await fileIssue('Filed by somebody else');
    await page.getByRole('link', { name: /Filed by somebody else/ }).waitFor();
  });

  test('by keyboard alone: file an issue, select it, change its priority', async () => {
    await page.keyboard.press('c');
    await page.locator('input[aria-label=Title]:focus').waitFor();
    await page.keyboard.type('Public quote widget');
    await page.keyboard.press('Enter');
    await page.getByText('HAL-3 is filed').waitFor();
    await page.getByRole('link', { name: /Public quote widget/ }).waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.locator('.row[data-selected]').waitFor();
    await page.keyboard.press('p');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('crit');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'Critical priority' }).waitFor();
  });

  test('a card is carried to a legal column by keys, and the server has it there', async () => {
    await page.goto(`${boardroom.address}/HAL/issues?view=board`);
    const card = page.locator('[data-column=TODO] a.card', { hasText: 'Public quote widget' });
    await card.focus();
    await page.keyboard.press('Space');
    await page.getByText(/Moving HAL-3/).waitFor();
    expect(await page.locator('[data-column=IN_PROGRESS]').getAttribute('data-forbidden')).toBe('');
    await page.getByText('Work in progress needs an assignee.').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('[data-column=BLOCKED] a.card', { hasText: 'Public quote widget' }).waitFor();
    // It is drawn there at once; the server follows.
    const status = () => ask<{ issue: { status: string } }>(boardroom.address, '{ issue(ref: "HAL-3") { status } }');
    expect((await askUntil(status, ({ issue }) => issue.status !== 'TODO')).issue.status).toBe('BLOCKED');
  });

  test('a refused move is put back and says what stands in the way', async () => {
    const ids = await ask<Record<'waits' | 'first', { id: string }>>(boardroom.address, '{ waits: issue(ref: "HAL-3") { id } first: issue(ref: "HAL-1") { id } }');
    const { company } = await ask<{ company: { agents: { nodes: { id: string }[] } } }>(boardroom.address, '{ company(ref: "HAL") { agents { nodes { id } } } }');
    await ask(boardroom.address, 'mutation($a: UpdateIssueInput!, $b: SetBlockersInput!) { updateIssue(input: $a) { __typename } setBlockers(input: $b) { __typename } }', {
      a: { issueId: ids.waits.id, assigneeId: company.agents.nodes[0]?.id },
      b: { issueId: ids.waits.id, blockedByIds: [ids.first.id] },
    });
    const card = page.locator('[data-column=BLOCKED] a.card', { hasText: 'Public quote widget' });
    await card.getByRole('img', { name: /Brick/ }).waitFor();
    const from = await card.boundingBox();
    const to = await page.locator('[data-column=IN_PROGRESS]').boundingBox();
    if (!from || !to) throw new Error('the board is not drawn');
    await page.mouse.move(from.x + 40, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y + 300, { steps: 6 });
    await page.mouse.up();
    const toast = page.getByRole('alert').filter({ hasText: 'HAL-3' });
    await toast.getByText(/Your change was put back/).waitFor();
    await card.waitFor();
    expect(page.url()).toContain('view=board');
  });

  test('a lost connection is said, and mended without a reload', async () => {
    await page.goto(`${boardroom.address}/HAL/issues?tab=all`);
    await page.getByRole('link', { name: /Filed by somebody else/ }).waitFor();
    let cut = false;
    const lines: WebSocketRoute[] = [];
    await page.routeWebSocket('**/graphql', (line) => {
      if (cut) return void line.close({ code: 1001 });
      line.connectToServer();
      lines.push(line);
    });
    await page.reload();
    await page.getByRole('link', { name: /Filed by somebody else/ }).waitFor();
    cut = true;
    for (const line of lines) await line.close({ code: 1001 });
    await page.getByText(/^Offline since/).waitFor();
    await fileIssue('Filed while the line was cut');
    cut = false;
    await page.getByRole('button', { name: 'Retry now' }).click();
    await page.getByRole('link', { name: /Filed while the line was cut/ }).waitFor();
    await page.getByText(/^Offline since/).waitFor({ state: 'hidden' });
    await page.unrouteAll();
  });

  test.each([390, 768, 1440])('nothing sticks out at %i px, and nothing complains', async (width) => {
    const narrow = await (await browser.newContext(contextFor({ width, theme: 'dark' }))).newPage();
    const narrowComplaints = complaintsOf(narrow);
    for (const path of ['/HAL', '/HAL/issues', '/HAL/issues?view=board', '/HAL/activity', '/companies', '/welcome', '/design']) {
      await narrow.goto(boardroom.address + path);
      await narrow.getByRole('heading').first().waitFor();
      expect(await sticksOut(narrow), path).toBe(false);
    }
    expect(narrowComplaints).toEqual([]);
    await narrow.context().close();
  });

  test('the whole way was without a complaint', () => {
    expect(complaints).toEqual([]);
  });
});
