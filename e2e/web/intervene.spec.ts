import { beforeAll, expect, inject } from 'vitest';
import { type Company, file, foundCompany, hire, issueNow, issueOnce, tell } from './stage/company.ts';
import { journey } from './stage/journey.ts';
import { logOf } from './stage/log.ts';

let company: Company;

beforeAll(async () => {
  const address = inject('address');
  if (address) company = await foundCompany(address, 'Interventions', 'INT');
});

journey('a comment by Ctrl+Enter, a lock taken away, a run cancelled and its process gone', async ({ page, seen, address }) => {
  const { identifier } = await file(company, 'Read the meters', { assigneeId: await hire(company, 'Otto') });
  tell(company, identifier, `issue checkout ${identifier}`);
  const { runs, holder } = await issueOnce(address, identifier, (issue) => issue.holder !== null);
  const run = runs.nodes[0];
  expect(holder?.id).toBe(run?.id);

  await page.goto(`/INT/issues/${identifier}`);
  const thread = page.getByRole('region', { name: 'Thread' });
  await thread.getByText('Otto is working').waitFor();
  const words = page.getByRole('textbox', { name: 'Comment' });
  await words.fill('Mind the **dog** at number nine.');
  await page.getByText('Otto is running, so it is read when the run ends.').waitFor();
  await words.press('Control+Enter');
  await thread.getByRole('article').getByText('dog', { exact: true }).waitFor();
  await expect.poll(() => words.inputValue()).toBe('');
  expect((await issueNow(address, identifier)).comments.nodes.map(({ body }) => body)).toEqual(['Mind the **dog** at number nine.']);

  await page.getByRole('button', { name: 'Force release' }).click();
  const question = page.getByRole('dialog', { name: `Take ${identifier} from Otto?` });
  await question.getByText(/its changes to this issue are refused/).waitFor();
  await question.getByRole('button', { name: 'Force release' }).click();
  await page.getByText(`${identifier} is free`).waitFor();
  await question.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('button', { name: 'Force release' }).count()).toBe(0);
  const free = await issueNow(address, identifier);
  expect([free.holder, free.runs.nodes[0]?.status]).toEqual([null, 'RUNNING']);

  await page.getByRole('link', { name: 'Watch' }).click();
  await page.getByRole('heading', { name: `Run ${run?.number}` }).waitFor();
  await logOf(page).box.getByText(/^step \d+ of the work/).first().waitFor();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await page.getByRole('dialog', { name: `Cancel run ${run?.number}?` }).getByRole('button', { name: 'Cancel run' }).click();
  await page.getByText('Otto was stopped in').waitFor();
  await expect.poll(() => isAlive(run?.pid)).toBe(false);
  // What was said while it ran wakes the agent now.
  const after = await issueOnce(address, identifier, (issue) => issue.runs.nodes.length === 2);
  expect(after.runs.nodes.find(({ id }) => id === run?.id)?.status).toBe('CANCELLED');
  expect(seen.loads()).toBe(1);
});

journey('an agent is paused with its work, resumed, and woken', async ({ page, seen, address }) => {
  const assigneeId = await hire(company, 'Vera');
  const { identifier } = await file(company, 'Write the letters', { assigneeId });
  const started = await issueOnce(address, identifier, ({ runs }) => runs.nodes[0]?.status === 'RUNNING');
  const pid = (await issueOnce(address, identifier, ({ runs }) => Boolean(runs.nodes[0]?.pid))).runs.nodes[0]?.pid;

  await page.goto('/INT/agents');
  await page.getByRole('link', { name: /^Vera/ }).last().click();
  await page.getByRole('heading', { name: 'Vera' }).waitFor();
  await page.getByText('Vera is working').or(page.getByText(identifier)).first().waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  const question = page.getByRole('dialog', { name: 'Pause Vera?' });
  expect(await question.getByRole('switch', { name: 'Cancel its 1 live run too' }).isChecked()).toBe(true);
  await question.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Vera is paused').waitFor();
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect((await issueOnce(address, identifier, ({ runs }) => runs.nodes[0]?.status !== 'RUNNING')).runs.nodes[0]).toMatchObject({ id: started.runs.nodes[0]?.id, status: 'CANCELLED' });

  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Vera may work again').waitFor();

  // By hand, for one issue: the key that the menu prints.
  await page.getByRole('tab', { name: 'Issues' }).click();
  await page.getByRole('link', { name: new RegExp(identifier) }).click();
  await page.getByRole('heading', { name: 'Write the letters' }).waitFor();
  await page.keyboard.press('w');
  await page.getByText('Vera is woken').waitFor();
  await page.getByRole('region', { name: 'Thread' }).getByText('Vera is working').waitFor();
  const woken = await issueOnce(address, identifier, ({ runs }) => runs.nodes.some(({ status }) => status === 'RUNNING'));
  expect(woken.runs.nodes).toHaveLength(2);
  tell(company, identifier, 'end');
  await page.getByRole('region', { name: 'Thread' }).getByText(/by Vera finished/).first().waitFor();
  expect(seen.loads()).toBe(1);
});

function isAlive(pid: number | null | undefined): boolean {
  if (!pid) throw new Error('the run has no process');
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
