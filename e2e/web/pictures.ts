import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { contextFor, openBrowser } from '../support/browser.ts';
import { ask, askUntil, projectFolder, startBoardroom, temporaryFolder } from '../support/boardroom.ts';

// `npm run pictures`: the README's pictures, of a demo in the middle of its work: two agents at once, some of it done.

const folder = join(projectFolder, 'docs/pictures');
const LARGEST = 200_000;
const PATIENCE_MS = 120_000;

interface Scene {
  company: {
    issueCounts: { done: number };
    dashboard: { liveRuns: { id: string; logBytes: string; agent: { name: string }; issue: { identifier: string; title: string } | null }[] };
  };
}
const sceneQuery = '{ company(ref: "LAMP") { issueCounts { done } dashboard { liveRuns { id logBytes agent { name } issue { identifier title } } } } }';

interface Stops { company: { approvals: { nodes: { id: string }[] } } }
const stopsQuery = '{ company(ref: "LAMP") { approvals(filter: { types: [BUDGET_OVERRIDE] }) { nodes { id } } } }';

const runOn = ({ company }: Scene, title: RegExp) => company.dashboard.liveRuns.find(({ issue }) => title.test(issue?.title ?? ''));

/** Two are at it, have shown something, and three issues are behind them. */
function isAlive({ company }: Scene): boolean {
  const { liveRuns } = company.dashboard;
  return company.issueCounts.done >= 3 && liveRuns.length >= 2 && liveRuns.every(({ logBytes }) => Number(logBytes) > 900);
}

async function open(browser: Browser, url: string, theme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext(contextFor({ width: 1440, theme }));
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.waitForFunction(() => document.querySelector('.bone') === null); // nothing is still loading
  await page.screenshot({ path });
  const { size } = await stat(path);
  console.log(`${path}: ${Math.round(size / 1000)} kB${size > LARGEST ? ', which is too large' : ''}`);
  if (size > LARGEST) process.exitCode = 1;
}

const home = await temporaryFolder('pictures');
const boardroom = await startBoardroom({ home, args: ['--demo'] });
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  await boardroom.printed(/Watch: /);
  const at = `${boardroom.address}/LAMP`;
  const dashboard = await open(browser, at, 'light');
  const board = await open(browser, `${at}/issues?view=board`, 'light');
  const scene = (found: (scene: Scene) => boolean) => askUntil(() => ask<Scene>(boardroom.address, sceneQuery), found);

  const drawing = runOn(await scene((now) => runOn(now, /^Draw the moon/) !== undefined), /^Draw the moon/);
  const run = await open(browser, `${at}/runs/${drawing?.id}`, 'light');
  // By now the moon has been drawn and its lines are in sight.
  await run.getByRole('log').getByText('$ boardroom issue comment').waitFor({ timeout: PATIENCE_MS });
  await take(run, 'run');

  const both = await scene(isAlive);
  const issue = await open(browser, `${at}/issues/${runOn(both, /^Write the README/)?.issue?.identifier}`, 'dark');
  await issue.getByRole('region', { name: 'Thread' }).getByText('is working').waitFor();
  await take(dashboard, 'dashboard');
  await take(board, 'board');
  await take(issue, 'issue-dark');

  // The engineer's budget is used up by now, or soon is.
  await askUntil(() => ask<Stops>(boardroom.address, stopsQuery), ({ company }) => company.approvals.nodes.length > 0);
  const costs = await open(browser, `${at}/costs`, 'light');
  await costs.getByRole('table', { name: 'By agent' }).waitFor();
  await take(costs, 'costs');
} finally {
  await browser.close();
  await boardroom.stop();
  await rm(home, { recursive: true, force: true });
}
