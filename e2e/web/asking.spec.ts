import { beforeAll, expect, inject } from 'vitest';
import { ask, askUntil } from '../support/boardroom.ts';
import { type Company, file, type Filed, foundCompany, hire, issueOnce, tell } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;

beforeAll(async () => {
  const address = inject('address');
  if (address) company = await foundCompany(address, 'Questions', 'QST');
});

interface Latest {
  id: string;
  number: number;
}

const latestQuery = 'query($ref: String!) { issue(ref: $ref) { document(key: "plan") { latestRevision { id number } } } }';

const latestPlan = async (address: string, ref: string): Promise<Latest | undefined> =>
  (await ask<{ issue: { document: { latestRevision: Latest } | null } }>(address, latestQuery, { ref })).issue.document?.latestRevision;

/** Spaces part the words of an order: in a GraphQL text they can be written otherwise. */
const unspaced = (text: string): string => JSON.stringify(text).replaceAll(' ', '\\u0020');

/** The agent at work writes its plan and asks for a yes to it. */
async function planAndAsk(address: string, { id, identifier }: Filed, title: string): Promise<Latest> {
  tell(company, identifier, `issue checkout ${identifier}`, `api mutation{putDocument(input:{issueId:"${id}",key:"plan",body:${unspaced('# Plan\n\nMeasure first.\n\nThen cut.\n')}}){__typename}}`);
  let plan: Latest | undefined;
  await askUntil(async () => (plan = await latestPlan(address, identifier)), (found) => found !== undefined);
  if (!plan) throw new Error('there is no plan');
  tell(company, identifier, `api mutation{createInteraction(input:{issueId:"${id}",kind:CONFIRMATION,title:${unspaced(title)},targetRevisionId:"${plan.id}",requireReason:true}){__typename}}`);
  return plan;
}

journey('an agent asks, the board answers where it reads, and the agent goes on', async ({ page, seen, address }) => {
  const issue = await file(company, 'Cut the boards', { assigneeId: await hire(company, 'Kestrel') });
  await page.goto(`/QST/issues/${issue.identifier}`);
  await page.getByRole('heading', { name: 'Cut the boards' }).waitFor();
  await planAndAsk(address, issue, 'Cut as the plan says?');

  const thread = page.getByRole('region', { name: 'Thread' });
  const card = thread.getByRole('region', { name: 'Cut as the plan says?' });
  await card.getByText('Kestrel asks the board').waitFor();
  tell(company, issue.identifier, 'end');
  await thread.getByText(/by Kestrel finished/).waitFor();
  await page.getByText('Next: waits for an answer of the board.').waitFor();

  // What it is about can be read before.
  await card.getByRole('button', { name: 'Read plan, revision 1' }).click();
  await page.getByRole('dialog').getByText('Measure first.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // A no wants a word why here.
  await card.getByRole('button', { name: 'Reject' }).click();
  expect(await card.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
  await card.getByRole('textbox', { name: 'Reason' }).fill('Not today');
  expect(await card.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(false);
  await card.getByRole('button', { name: 'Back' }).click();

  await card.getByRole('button', { name: 'Accept' }).click();
  await thread.getByText(/Board accepted “Cut as the plan says\?”/).waitFor();
  await card.waitFor({ state: 'detached' });
  const after = await issueOnce(address, issue.identifier, ({ runs }) => runs.nodes.length === 2);
  await thread.getByText('Kestrel is working').waitFor();
  expect(after.runs.nodes).toHaveLength(2);
  tell(company, issue.identifier, 'end');
  expect(seen.loads()).toBe(1);
});

journey('who writes a document while somebody else does is shown what they wrote, and loses nothing', async ({ page, seen, address }) => {
  const issue = await file(company, 'Sand the boards', { assigneeId: await hire(company, 'Wren') });
  const plan = await planAndAsk(address, issue, 'Sand them so?');
  await page.goto(`/QST/issues/${issue.identifier}`);
  const thread = page.getByRole('region', { name: 'Thread' });
  await thread.getByRole('region', { name: 'Sand them so?' }).waitFor();

  await page.getByRole('complementary').getByRole('button', { name: /^plan/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Edit' }).click();
  const text = dialog.getByRole('textbox', { name: 'Text' });
  await text.fill('# Plan\n\nMeasure twice.\n\nThen cut.\n');
  const { putDocument } = await ask<{ putDocument: { __typename: string } }>(
    address, 'mutation($input: PutDocumentInput!) { putDocument(input: $input) { __typename } }',
    { input: { issueId: issue.id, key: 'plan', body: '# Plan\n\nMeasure first.\n\nThen saw.\n', baseRevisionId: plan.id, changeSummary: 'It is a saw' } },
  );
  expect(putDocument.__typename).toBe('Document');

  await dialog.getByRole('button', { name: 'Save as a new revision' }).click();
  const notice = dialog.getByRole('alert', { name: 'Written meanwhile' });
  await notice.getByText('Not saved: Board wrote revision 2 meanwhile').waitFor();
  await notice.getByText('“It is a saw”').waitFor();
  await notice.getByRole('group', { name: 'Changes' }).getByText('Then saw.').waitFor();
  expect(await text.inputValue()).toContain('Measure twice.');
  await notice.getByRole('button', { name: 'Go on with mine' }).click();
  await dialog.getByRole('button', { name: 'Save as a new revision' }).click();
  await dialog.getByText('Measure twice.').waitFor();
  await dialog.getByText('plan, revision 3').waitFor();
  await dialog.getByRole('tab', { name: 'Changes' }).click();
  await dialog.getByText('Measure twice.').waitFor();
  expect(await latestPlan(address, issue.identifier)).toMatchObject({ number: 3 });

  // Some of its words are talked about, and that is settled.
  await dialog.getByRole('tab', { name: 'Text' }).click();
  const start = dialog.getByRole('button', { name: 'Start thread' });
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByText('Measure twice.', { exact: true }).selectText();
  await start.click();
  const threads = dialog.getByRole('region', { name: 'Threads' });
  const form = threads.getByRole('form', { name: 'New thread' });
  await form.getByRole('textbox', { name: 'First comment' }).fill('With which rule?');
  await form.getByRole('button', { name: 'Start thread' }).click();
  const about = threads.getByRole('listitem', { name: 'Thread about “Measure twice.”' });
  await about.getByText('Exact', { exact: true }).waitFor();
  await about.getByRole('button', { name: 'Reply' }).click();
  await about.getByRole('textbox', { name: 'Reply' }).fill('With the long one.');
  await about.getByRole('button', { name: 'Send reply' }).click();
  await about.getByText('With the long one.').waitFor();
  await about.getByRole('button', { name: 'Resolve' }).click();
  await about.waitFor({ state: 'detached' });
  await threads.getByRole('tab', { name: 'Resolved 1' }).click();
  await about.getByText(/Resolved by Board/).waitFor();
  await page.keyboard.press('Escape');

  // What was asked about the first revision has been overtaken, which nobody had to look up.
  await thread.getByText(/“Sand them so\?” expired: plan has revision \d by now/).waitFor();
  tell(company, issue.identifier, 'end');
  expect(seen.loads()).toBe(1);
});

journey('a file is attached and removed, a subtree held and let go', async ({ page, seen, address }) => {
  const issue = await file(company, 'Oil the boards');
  await file(company, 'Buy oil', { parentId: issue.id });
  await page.goto(`/QST/issues/${issue.identifier}`);
  await page.getByRole('heading', { name: 'Oil the boards' }).waitFor();
  const side = page.getByRole('complementary');
  await side.getByLabel('Files to attach').setInputFiles({ name: 'oils.txt', mimeType: 'text/plain', buffer: Buffer.from('linseed\n') });
  const link = side.getByRole('link', { name: /oils\.txt/ });
  await link.waitFor();
  expect(await (await fetch(`${address}${await link.getAttribute('href')}`)).text()).toBe('linseed\n');
  await side.getByRole('button', { name: 'Remove oils.txt' }).click();
  await link.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Hold with all below it' }).click();
  const question = page.getByRole('dialog', { name: `Hold ${issue.identifier} and all below it?` });
  await question.getByText('Stops 2 open issues').waitFor();
  await question.getByRole('textbox', { name: 'Why' }).fill('until the shop opens');
  await question.getByRole('button', { name: 'Pause' }).click();
  const held = page.getByRole('region', { name: 'Held' });
  await held.getByText('Board holds this and all below it: until the shop opens').waitFor();
  await held.getByRole('button', { name: 'Let go' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Let go' }).click();
  await held.waitFor({ state: 'detached' });
  expect(seen.loads()).toBe(1);
});
