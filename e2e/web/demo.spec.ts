import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { ask, askAll, askUntil, type Page as Rows, withoutSettings } from '../support/boardroom.ts';
import { journey } from './stage/journey.ts';
import { watch } from './stage/watch.ts';

// Three pages are open while the demo's company does all its work, and none of them is loaded again.

let demo: ChildProcess;

/** As the supervisor starts it with --demo. */
function startDemo(): void {
  const address = inject('address');
  demo = fork(fileURLToPath(new URL('../../api/demo/main.ts', import.meta.url)), [], {
    env: { ...withoutSettings(process.env), BOARDROOM_HOME: inject('home'), BOARDROOM_API_URL: address, BOARDROOM_PORT: new URL(address).port, BOARDROOM_DEMO_PACE: 'fast' },
    stdio: 'ignore',
  });
}

interface Counted {
  company: {
    agents: { totalCount: number };
    open: { totalCount: number };
    done: { totalCount: number };
    runs: { nodes: { number: number; status: string; issue: { identifier: string } | null }[] };
    cost: { costMicros: string; imputedMicros: string };
  };
  issue: { status: string; comments: { nodes: { body: string }[] }; children: { nodes: { status: string }[] } };
}

/** Counted from the things themselves, not from the sums that the dashboard asks for. */
const countQuery = `{
  company(ref: "LAMP") {
    agents(first: 1) { totalCount }
    open: issues(first: 1, filter: { statuses: [BACKLOG, TODO, IN_PROGRESS, IN_REVIEW, BLOCKED] }) { totalCount }
    done: issues(first: 1, filter: { statuses: [DONE] }) { totalCount }
    runs(first: 100) { nodes { number status issue { identifier } } }
    cost { costMicros imputedMicros }
  }
  issue(ref: "LAMP-1") { status comments(first: 50) { nodes { body } } children(first: 50) { nodes { status } } }
}`;

const activityQuery = 'query($after: Cursor) { company(ref: "LAMP") { activity(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }';

beforeAll(() => {
  if (inject('address')) startDemo();
});
afterAll(() => demo?.kill());

journey('a company at work is followed by dashboard, issue and activity alike', { timeout: 300_000 }, async ({ page: dashboard, context, seen, address }) => {
  await askUntil(() => ask<{ issue: unknown }>(address, '{ issue(ref: "LAMP-1") { id } }'), ({ issue }) => issue !== null);
  const issue = await context.newPage();
  const activity = await context.newPage();
  const others = [watch(issue), watch(activity)];
  await Promise.all([dashboard.goto('/LAMP'), issue.goto('/LAMP/issues/LAMP-1'), activity.goto('/LAMP/activity')]);
  await issue.getByRole('heading', { name: 'Release moon 1.0' }).first().waitFor();
  const steps = await textsOf(issue, 'p:has(> b)');
  const live = await textsOf(dashboard, 'pre');

  const isDone = ({ issue, company }: Counted) => issue.status === 'DONE' && company.runs.nodes.every(({ status }) => status === 'SUCCEEDED' || status === 'CANCELLED');
  const { company, issue: root } = await askUntil(() => ask<Counted>(address, countQuery), isDone);

  // The issue: what was next changed as it came about; plan and summary, parts and runs are there.
  await issue.getByRole('button', { name: 'Status: Done' }).waitFor();
  await issue.getByText(`${root.children.nodes.length} of ${root.children.nodes.length}`).first().waitFor();
  const thread = issue.getByRole('region', { name: 'Thread' });
  await thread.getByText('moon 1.0.0 is out.').waitFor();
  await expect.poll(() => thread.getByRole('article').count()).toBe(root.comments.nodes.length);
  const own = company.runs.nodes.filter((run) => run.issue?.identifier === 'LAMP-1');
  for (const { number } of own) await thread.getByText(new RegExp(`Run ${number} by Marlow finished`)).first().waitFor();
  expect((await steps()).filter((text) => text.startsWith('Next:')).length, 'sentences of what is next').toBeGreaterThan(2);

  // The dashboard: live runs were shown, and at the end its sums are those of the database.
  expect((await live()).length, 'what live runs showed').toBeGreaterThan(3);
  const tile = (name: RegExp) => dashboard.getByRole('link', { name }).first();
  await expect.poll(() => tile(/^Agents \d/).textContent()).toContain(`${company.agents.totalCount}`);
  await expect.poll(() => tile(/^Open issues/).textContent()).toMatch(new RegExp(`^Open issues${company.open.totalCount} ${company.done.totalCount} done`));
  // One run is stopped by a budget: it has neither succeeded nor failed.
  const succeeded = company.runs.nodes.filter(({ status }) => status === 'SUCCEEDED').length;
  expect(company.runs.nodes.length).toBe(succeeded + 1);
  await expect.poll(() => tile(/^Runs that succeeded/).textContent()).toMatch(new RegExp(`100%.*${succeeded}.*0$`));
  await expect.poll(() => tile(/spend/).textContent()).toMatch(new RegExp(`\\$0\\.00\\s*billed in ${company.runs.nodes.length} runs\\s*worth \\$${(Number(company.cost.imputedMicros) / 1e6).toFixed(2)}`));
  await dashboard.getByText('Nothing is running.').waitFor();

  // Activity: the newest on top, down to the founding, each once.
  await activity.getByText('ended', { exact: false }).first().waitFor();
  const rows = await askAll<unknown, { company: { activity: Rows<unknown> } }>(address, activityQuery, {}, (data) => data.company.activity);
  expect(await entriesOf(activity)).toBe(rows.length);

  expect([seen, ...others].map((each) => each.loads()), 'documents loaded by each page').toEqual([1, 1, 1]);
  expect(others.flatMap((each) => each.problems())).toEqual([]);
});

/** Gathers every different text that matching elements show, from now on. */
async function textsOf(page: Page, selector: string): Promise<() => Promise<string[]>> {
  const name = `texts${Math.random()}`;
  await page.evaluate(
    ({ selector, name }) => {
      const texts = new Set<string>();
      Object.assign(window, { [name]: texts });
      const look = () => document.querySelectorAll(selector).forEach((element) => texts.add(element.textContent ?? ''));
      look();
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    },
    { selector, name },
  );
  return () => page.evaluate((name) => [...(window as unknown as Record<string, Set<string>>)[name] ?? []], name);
}

/** Scrolls through the activity, as far as there is any, and counts its entries. */
async function entriesOf(page: Page): Promise<number> {
  await page.getByRole('time').first().hover();
  return page.getByLabel('Activity', { exact: true }).evaluate(async (list) => {
    const places = new Set<string>();
    for (let before = -1; ; ) {
      // Rows that are asked for as the end comes near take a moment.
      const atEnd = () => list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      for (let frames = 0; frames < 2 || (frames < 40 && atEnd()); frames += 1) await new Promise(requestAnimationFrame);
      for (const time of list.querySelectorAll('time')) places.add(time.closest<HTMLElement>('[style*=height]')?.style.transform ?? '');
      if (list.scrollTop === before) return places.size;
      before = list.scrollTop;
      list.scrollTop += list.clientHeight / 2;
    }
  });
}
