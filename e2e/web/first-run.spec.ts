import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { temporaryFolder } from '../support/boardroom.ts';
import { issueOnce, puppet, tell } from './stage/company.ts';
import { journey } from './stage/journey.ts';
import { logOf } from './stage/log.ts';

journey('from an empty Boardroom to a finished issue, watching every line', async ({ page, seen, address }) => {
  const orders = await temporaryFolder('orders');
  const company = { address, id: '', prefix: 'ACME', orders };

  await page.goto('/');
  await page.getByRole('heading', { name: 'Found a company' }).waitFor();
  await page.getByLabel('Name').fill('Acme Robotics');
  const prefix = page.getByLabel('Prefix');
  expect(await prefix.inputValue()).toMatch(/^[A-Z]+$/);
  await prefix.fill('ACME');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Hire your chief executive' }).waitFor();
  await page.getByRole('radio', { name: /^Process/ }).check();
  const command = page.getByLabel('Command', { exact: true });
  const folder = page.getByLabel('Working folder');
  const hire = page.getByRole('button', { name: 'Hire Juno' });
  const test = page.getByRole('button', { name: /^Test/ });

  // What the form itself can see is wrong, what the server declines, and what would not run: each told at its place.
  await hire.click();
  await expect.poll(() => describedBy(command)).toBe('This is needed.');
  await command.fill('no-such-program');
  await folder.fill('not/absolute');
  await hire.click();
  await expect.poll(() => describedBy(folder)).toMatch(/absolute path/);
  expect(await command.getAttribute('aria-invalid')).toBeNull();
  // The browser itself writes down that the server declined.
  expect(seen.problems().filter((problem) => !problem.includes('400'))).toEqual([]);
  seen.forgive();
  await folder.fill('');
  await test.click();
  await page.getByText('no-such-program was not found').waitFor();
  await page.getByText('Install it, or give its full path as command.').waitFor();

  await command.fill(process.execPath);
  await page.getByLabel('Arguments').fill(`${puppet}\n${orders}`);
  await test.click();
  await page.getByRole('status').getByText(`${process.execPath} can be run`).waitFor();
  await hire.click();

  await page.getByRole('heading', { name: 'What should happen first?' }).waitFor();
  await page.getByLabel('Title').fill('Show how the work goes');
  await page.getByRole('button', { name: 'File and start' }).click();

  await page.getByRole('link', { name: 'Run 1 of Juno' }).click();
  await page.getByRole('heading', { name: 'Run 1' }).waitFor();
  const log = logOf(page);
  await page.getByText('Juno is running').waitFor();
  await log.box.getByText(/^step 1 of the work/).waitFor();

  // As a terminal would show it: in colour, without the escapes.
  const step = log.box.getByText('step 1', { exact: true });
  const plain = log.box.getByText(/of the work/).first();
  expect(await colourOf(step)).not.toBe(await colourOf(plain));
  expect(await log.box.textContent()).not.toContain('\u001b');

  // The end stays in view as it grows past the window.
  await expect.poll(async () => (await log.steps()).at(-1)).toBeGreaterThan(60);
  expect(await log.atEnd()).toBe(true);
  await page.getByText('Following', { exact: true }).waitFor();

  // Whoever scrolls up reads in peace, is told what has come since, and gets back by a button or a key.
  await log.box.hover();
  await page.mouse.wheel(0, -600);
  const jump = page.getByRole('button', { name: /new lines?, jump to end/ });
  await jump.waitFor();
  const [first] = await log.steps();
  const before = await log.count();
  await expect.poll(() => log.count()).toBeGreaterThan(before + 20);
  expect((await log.steps())[0]).toBe(first);
  await jump.click();
  await expect.poll(() => log.atEnd()).toBe(true);
  await page.getByText('Following', { exact: true }).waitFor();
  await log.box.hover();
  await page.mouse.wheel(0, -600);
  await jump.waitFor();
  await log.box.press('End');
  await page.getByText('Following', { exact: true }).waitFor();

  tell(company, 'ACME-1', 'issue checkout ACME-1', 'issue update ACME-1 --status done', 'end');
  await page.getByText('Juno finished').waitFor();
  await page.getByText('At the end').waitFor();
  expect(await missing(log.steps)).toEqual([]);
  await page.getByRole('link', { name: 'Show how the work goes' }).click();
  await page.getByRole('heading', { name: 'Show how the work goes' }).waitFor();
  await page.getByRole('button', { name: 'Status: Done' }).waitFor();
  await page.getByRole('region', { name: 'Thread' }).getByText(/Run 1 by Juno finished/).waitFor();
  expect((await issueOnce(address, 'ACME-1', ({ runs }) => runs.nodes.every(({ status }) => status !== 'RUNNING'))).status).toBe('DONE');
  expect(seen.loads(), 'documents loaded').toBe(1);
});

/** What a reader of screens is told about a control. */
async function describedBy(control: Locator): Promise<string> {
  return control.evaluate((element) => (element.getAttribute('aria-invalid') === 'true' ? (document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent ?? '') : ''));
}

function colourOf(text: Locator): Promise<string> {
  return text.evaluate((element) => getComputedStyle(element).color);
}

/** Steps that are not one more than the one above. */
async function missing(steps: () => Promise<number[]>): Promise<number[]> {
  const shown = await steps();
  return shown.filter((step, at) => at > 0 && step !== (shown[at - 1] ?? 0) + 1);
}
