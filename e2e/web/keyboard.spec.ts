import type { Page } from 'playwright-core';
import { beforeEach, expect, inject } from 'vitest';
import { type Company, file, foundCompany, hire, issueOnce, puppet, tell } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;

let companies = 0;

// A company of its own for each try, so that a second one does not find what the first left.
beforeEach(async () => {
  const address = inject('address');
  companies += 1;
  if (address) company = await foundCompany(address, 'Keyboard Inn', `KEY${companies}`);
});

/** Presses Tab until what has the focus has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = typeof name === 'string' ? new RegExp(`^${name}$`) : name;
  const passed: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    });
    if (wanted.test(here)) return;
    passed.push(here.slice(0, 30));
  }
  throw new Error(`Tab does not lead to ${wanted}, but to ${passed.join(' | ')}`);
}

journey('an agent is hired, an issue filed, found, commented, and its agent woken without a mouse', async ({ page, seen, address }) => {
  const { keyboard } = page;
  await page.goto(`/${company.prefix}`);
  await page.getByText('Nobody works here yet').waitFor();
  await keyboard.press('g');
  await keyboard.press('a');
  await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
  await tabTo(page, /^Hire/);
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Hire an agent' });
  await dialog.getByRole('radio', { name: /^Process/ }).waitFor();
  await keyboard.type('Nora');
  await tabTo(page, /^(Claude Code|Process|HTTP)/);
  for (let turn = 0; turn < 3 && !(await dialog.getByRole('radio', { name: /^Process/ }).isChecked()); turn += 1) await keyboard.press('ArrowDown');
  await tabTo(page, 'Command');
  await keyboard.type(process.execPath);
  await tabTo(page, /^Arguments/);
  await keyboard.type(`${puppet}\n${company.orders}`);
  await tabTo(page, 'Test');
  await keyboard.press('Enter');
  await dialog.getByRole('status').getByText(`${process.execPath} can be run`).waitFor();
  await tabTo(page, 'Hire Nora');
  await keyboard.press('Enter');
  await page.getByText('Nora is hired').waitFor();

  await keyboard.press('c');
  await page.getByRole('dialog', { name: 'New issue' }).waitFor();
  await keyboard.type('Light the lamps');
  await tabTo(page, /^Assignee/);
  await keyboard.press('Enter');
  await keyboard.type('nor');
  await page.getByRole('option', { name: 'Nora' }).waitFor();
  await keyboard.press('Enter');
  await page.getByText('Nora wakes and starts on it.').waitFor();
  await tabTo(page, 'File issue');
  await keyboard.press('Enter');
  await page.getByText(`${company.prefix}-1 is filed`).waitFor();
  const first = await issueOnce(address, `${company.prefix}-1`, ({ runs }) => runs.nodes[0]?.status === 'RUNNING');

  await keyboard.press('g');
  await keyboard.press('i');
  await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
  await page.getByRole('link', { name: /Light the lamps/ }).waitFor();
  await keyboard.press('j');
  await keyboard.press('p');
  // Faster than any person: the keys are the dialog's once its field has the focus.
  await page.locator('[role=dialog] input:focus').waitFor();
  await keyboard.type('crit');
  await page.getByRole('option', { name: 'Critical' }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('link', { name: /Light the lamps/ }).getByRole('img', { name: 'Critical priority' }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Light the lamps' }).waitFor();
  await keyboard.press('g');
  await keyboard.press('c');
  await keyboard.type('From the left, please.');
  await keyboard.press('Control+Enter');
  await page.getByRole('article').getByText('From the left, please.').waitFor();
  await keyboard.press('Escape');

  await tabTo(page, 'Watch');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: `Run ${first.runs.nodes[0]?.number}` }).waitFor();
  await page.getByRole('log').getByText(/^step 1 /).waitFor();
  await keyboard.press('f');
  await keyboard.type('step 1 of');
  await page.getByRole('status').getByText('1 of 1', { exact: true }).waitFor();
  await keyboard.press('Escape');
  await tabTo(page, 'Cancel run');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: /^Cancel run/ }).waitFor();
  await tabTo(page, 'Cancel run');
  await keyboard.press('Enter');
  await page.getByText('Nora was stopped in').waitFor();
  expect(seen.loads()).toBe(1);
});

journey('search, menus, dialogs: opened by keys, left by Escape, the focus back where it was', async ({ page, address }) => {
  const { keyboard } = page;
  const assigneeId = await hire(company, 'Olga');
  const { identifier } = await file(company, 'Wind the clock', { assigneeId });
  await issueOnce(address, identifier, ({ runs }) => runs.nodes[0]?.status === 'RUNNING');
  await page.goto(`/${company.prefix}`);
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim());
  await tabTo(page, 'Activity');
  await keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('Activity');

  await keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search issues, texts and agents' }).waitFor();
  await keyboard.type('clock');
  await page.getByRole('option', { name: /Wind the clock/ }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Wind the clock' }).waitFor();

  await tabTo(page, 'More');
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Wake Olga' }).waitFor();
  await keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('More');
  await keyboard.press('Enter');
  await keyboard.press('n');
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: `New issue under ${identifier}` }).waitFor();
  // Keys that mean something on the page behind only write here.
  await keyboard.type('w c g');
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('w c g');
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('More');

  await keyboard.press('g');
  await keyboard.press('a');
  await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
  await tabTo(page, /^Olga.*process/);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Olga' }).waitFor();
  await keyboard.press('p');
  await page.getByRole('dialog', { name: 'Pause Olga?' }).waitFor();
  await tabTo(page, 'Pause');
  await keyboard.press('Enter');
  await page.getByText('Olga is paused').waitFor();
  // Keys belong to a dialog until it is gone.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await keyboard.press('p');
  await page.getByText('Olga may work again').waitFor();
  tell(company, identifier, 'end');
});
