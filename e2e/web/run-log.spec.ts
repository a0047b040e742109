import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, inject } from 'vitest';
import { census } from '../chaos/census.ts';
import { type Company, file, foundCompany, hire, issueOnce } from './stage/company.ts';
import { journey } from './stage/journey.ts';
import { logOf } from './stage/log.ts';
import { numbered, numberedLine } from './stage/numbered.ts';

const LINES = 200_000;

let company: Company;

beforeAll(async () => {
  const address = inject('address');
  if (address) company = await foundCompany(address, 'Printing House', 'LOG');
});

journey('200,000 lines arrive live through a cut line and a killed api, whole and in order; afterwards their end is there at once', { timeout: 240_000 }, async ({ page, context, seen, address }) => {
  await rememberCopies(page);
  await countLongTasks(page);
  // Some seconds of printing: 2,000 lines at a time.
  const assigneeId = await hire(company, 'Printer', [numbered, String(LINES), '2000', '60']);
  const { identifier } = await file(company, 'Print it all', { assigneeId });
  const { runs } = await issueOnce(address, identifier, (issue) => issue.runs.nodes[0]?.status === 'RUNNING');
  await page.goto(`/LOG/runs/${runs.nodes[0]?.id}?view=log`);
  const log = logOf(page);
  await log.box.getByText(/^line \d{7}/).first().waitFor();

  // The network goes and comes back; then the api itself is killed, which its supervisor notices.
  await context.setOffline(true);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await context.setOffline(false);
  const before = await log.count();
  await expect.poll(() => log.count(), { message: 'goes on after the cut' }).toBeGreaterThan(before);
  const api = census(inject('home')).find(({ kind }) => kind === 'api');
  process.kill(api?.pid ?? Number.NaN, 'SIGKILL');

  await issueOnce(address, identifier, (issue) => issue.runs.nodes[0]?.status === 'SUCCEEDED').catch(() => {});
  await expect.poll(() => log.count(), { timeout: 120_000 }).toBe(LINES);
  await page.getByText('At the end').waitFor();
  expect(await log.atEnd()).toBe(true);
  await log.box.getByText(`line ${LINES}`.replace(' ', ' 0')).waitFor();
  expect(await copied(page)).toEqual(expected());
  console.log(`live: ${await longTasks(page)}`);
  // Requests that failed while there was nobody to answer them.
  seen.forgive();

  // Afterwards: the end first, then the rest behind it.
  const asked = performance.now();
  await page.reload();
  await log.box.getByText(/^line 0200000/).waitFor();
  const shown = performance.now();
  await expect.poll(() => log.count(), { timeout: 60_000 }).toBe(LINES);
  const whole = performance.now();
  expect(await log.atEnd()).toBe(true);
  expect(await copied(page)).toEqual(expected());

  // Up and down through all of it.
  await log.box.press('Home');
  await log.box.getByText(/^line 0000001 /).waitFor();
  await log.box.hover();
  await countLongTasks(page);
  const scrolled = performance.now();
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 4_000);
  const scrolling = performance.now() - scrolled;
  await expect.poll(async () => firstLine(page)).toBeGreaterThan(5_000);
  const [first = 0, ...rest] = await linesInView(page);
  expect(rest).toEqual(rest.map((_, at) => first + at + 1));
  console.log(`afterwards: the end after ${ms(shown - asked)}, all of it after ${ms(whole - asked)}; 40 turns of the wheel in ${ms(scrolling)}, ${await longTasks(page)}`);

  // Any line is found, once.
  await page.keyboard.press('f');
  const field = page.getByRole('textbox', { name: 'Find in log' });
  for (const line of [1, LINES, ...Array.from({ length: 6 }, () => 1 + Math.floor(Math.random() * LINES))]) {
    const text = `line ${String(line).padStart(7, '0')}`;
    await field.fill(text);
    await page.getByRole('status').getByText('1 of 1', { exact: true }).waitFor();
    await log.box.getByText(text).waitFor();
  }
  await field.press('Escape');
  await log.box.press('End');
  await expect.poll(() => log.atEnd()).toBe(true);
});

/** What "Copy log" puts on the clipboard stays where a test can look at it. */
async function rememberCopies(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = (text) => {
      Object.assign(window, { copied: text });
      return Promise.resolve();
    };
  });
}

interface Copy {
  lines: number;
  hash: string;
}

/** The whole log as the page has it. */
async function copied(page: Page): Promise<Copy> {
  await page.getByRole('button', { name: 'Copy log' }).click();
  await page.getByText(/^Copied/).first().waitFor();
  return page.evaluate(async () => {
    const { copied } = window as unknown as { copied: string };
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(copied));
    const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { lines: copied.split('\n').length, hash };
  });
}

function expected(): Copy {
  const hash = createHash('sha256');
  for (let n = 1; n <= LINES; n += 1) hash.update(n === LINES ? numberedLine(n).trimEnd() : numberedLine(n));
  return { lines: LINES, hash: hash.digest('hex') };
}

async function linesInView(page: Page): Promise<number[]> {
  return logOf(page).box.evaluate((box) => {
    const { top, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll('[data-row]')]
      .filter((row) => row.getBoundingClientRect().top >= top && row.getBoundingClientRect().bottom <= bottom)
      .map((row) => Number(/line (\d{7})/.exec(row.textContent ?? '')?.[1]));
  });
}

async function firstLine(page: Page): Promise<number> {
  return (await linesInView(page))[0] ?? 0;
}

/** Starts to note the times in which the page could not answer, forgetting what was noted before. */
async function countLongTasks(page: Page): Promise<void> {
  const count = () => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  };
  await page.addInitScript(count);
  await page.evaluate(count);
}

async function longTasks(page: Page): Promise<string> {
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  return tasks.length === 0 ? 'no long task' : `${tasks.length} long tasks, the longest ${ms(Math.max(...tasks))}`;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
