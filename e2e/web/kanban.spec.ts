import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, inject } from 'vitest';
import { boardUser, type Company, file, foundCompany, hire, issueNow, issueOnce, tell } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;
let mine: { assigneeUserId: string };

beforeAll(async () => {
  const address = inject('address');
  if (!address) return;
  company = await foundCompany(address, 'Kanban Works', 'KAN');
  mine = { assigneeUserId: await boardUser(address) };
});

const cardOf = (page: Page, identifier: string) => page.getByRole('link', { name: new RegExp(`\\b${identifier}\\b`) });
const columnOf = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}, \\d`) });

async function middleOf(place: Locator, at = 0.5): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return { x: box.x + box.width / 2, y: box.y + box.height * at };
}

/** Picks a card up with the mouse and holds it over a column. */
async function carry(page: Page, card: Locator, column: Locator): Promise<void> {
  const from = await middleOf(card);
  const to = await middleOf(column, 0.4);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 6);
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

/** Keeps changes of issues from reaching the server until the returned function is called. */
async function holdChanges(page: Page): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('ChangeIssue')) await promise;
    await route.continue();
  });
  return async () => {
    resolve();
    await page.unrouteAll({ behavior: 'wait' });
  };
}

journey('a card is carried with the mouse to where it may go, and nowhere else', async ({ page, seen, address }) => {
  const { identifier } = await file(company, 'Sort the mail', mine);
  await page.goto(`/KAN/issues?view=board`);
  const card = cardOf(page, identifier);
  const [todo, progress, done] = [columnOf(page, 'Todo'), columnOf(page, 'In progress'), columnOf(page, 'Done')];
  await card.waitFor();

  // Over a column that is out of the question it says why, and a drop there does nothing.
  await carry(page, card, done);
  await page.getByText(`Moving ${identifier} from Todo. Legal: In progress, Blocked.`).waitFor();
  await done.getByText('Only work in progress or in review is finished.').waitFor();
  expect(await progress.getByText(/Only work|cannot|first/).count()).toBe(0);
  await page.mouse.up();
  await todo.getByRole('link', { name: new RegExp(identifier) }).waitFor();
  expect((await issueNow(address, identifier)).status).toBe('TODO');
  expect(new URL(page.url()).pathname).toBe('/KAN/issues');

  // Escape puts it back.
  await carry(page, card, progress);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await todo.getByRole('link', { name: new RegExp(identifier) }).waitFor();

  // It is drawn in its new place before the server has answered.
  await page.goto(`/KAN/issues?view=board`);
  const letThrough = await holdChanges(page);
  await carry(page, card, progress);
  await page.mouse.up();
  await progress.getByRole('link', { name: new RegExp(identifier) }).waitFor();
  expect(await todo.getByRole('link', { name: new RegExp(identifier) }).count()).toBe(0);
  expect((await issueNow(address, identifier)).status).toBe('TODO');
  await letThrough();
  await issueOnce(address, identifier, ({ status }) => status === 'IN_PROGRESS');
  await columnOf(page, 'In progress').filter({ has: card }).waitFor();
  expect(await card.count()).toBe(1);
  expect(seen.loads()).toBe(2);
});

journey('a card is carried by keys, and what happens is said', async ({ page, address }) => {
  const { identifier } = await file(company, 'Paint the fence', mine);
  await page.goto(`/KAN/issues?view=board`);
  const card = cardOf(page, identifier);
  const said = page.getByRole('status');
  await card.focus();
  await page.keyboard.press('Space');
  await said.getByText(`${identifier} is picked up. Legal: In progress, Blocked.`).waitFor();
  await page.keyboard.press('ArrowRight');
  await said.getByText('Over In progress.').waitFor();
  // In review is not open to it: the next arrow goes past it.
  await page.keyboard.press('ArrowRight');
  await said.getByText('Over Blocked.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await said.getByText(`${identifier} moved to In progress.`).waitFor();
  await issueOnce(address, identifier, ({ status }) => status === 'IN_PROGRESS');
  await columnOf(page, 'In progress').filter({ has: card }).waitFor();
  await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
  // Enter on a card that is not picked up opens it.
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Paint the fence' }).waitFor();
});

journey('a move that the server declines is taken back, with who or what stands in the way', async ({ page, address }) => {
  const first = await file(company, 'Lay the floor', mine);
  const second = await file(company, 'Carry the furniture in', { ...mine, blockedByIds: [first.id] });
  await page.goto(`/KAN/issues?view=board`);
  const card = cardOf(page, second.identifier);
  await card.waitFor();
  const letThrough = await holdChanges(page);
  await carry(page, card, columnOf(page, 'In progress'));
  await page.mouse.up();
  await columnOf(page, 'In progress').filter({ has: card }).waitFor();
  await letThrough();
  const notice = page.getByRole('alert');
  await notice.getByText(`${second.identifier} did not move`).waitFor();
  await notice.getByText(/Your change was put back\./).waitFor();
  await columnOf(page, 'Todo').filter({ has: card }).waitFor();
  await page.getByRole('status').getByText(`${second.identifier} was put back in Todo.`).waitFor();
  expect((await issueNow(address, second.identifier)).status).toBe('TODO');
  await notice.getByRole('link', { name: `Open ${first.identifier}` }).click();
  await page.getByRole('heading', { name: 'Lay the floor' }).waitFor();
});

journey('a refused checkout names who holds the issue, and in which run', async ({ page, address }) => {
  const held = await file(company, 'Keep the books', { assigneeId: await hire(company, 'Keeper') });
  const other = await file(company, 'Count the stock', { assigneeId: await hire(company, 'Rival') });
  tell(company, held.identifier, `issue checkout ${held.identifier}`);
  const { holder } = await issueOnce(address, held.identifier, (issue) => issue.holder !== null);
  await issueOnce(address, other.identifier, ({ runs }) => runs.nodes[0]?.status === 'RUNNING');

  await page.goto(`/KAN/issues/${held.identifier}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Check out for…' }).click();
  await page.getByRole('dialog').getByRole('option', { name: /Rival/ }).click();
  const notice = page.getByRole('alert');
  await notice.getByText(`Keeper holds ${held.identifier}`).waitFor();
  await notice.getByText(new RegExp(`run ${holder?.number} is live`)).waitFor();
  expect((await issueNow(address, held.identifier)).holder?.id).toBe(holder?.id);
  await notice.getByRole('link', { name: 'Open run' }).click();
  await page.getByRole('heading', { name: `Run ${holder?.number}`, exact: true }).waitFor();
  tell(company, held.identifier, 'end');
  tell(company, other.identifier, 'end');
});
