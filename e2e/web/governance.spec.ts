import { beforeAll, expect, inject } from 'vitest';
import { ask, askUntil } from '../support/boardroom.ts';
import { type Company, file, foundCompany, hire } from './stage/company.ts';
import { journey } from './stage/journey.ts';

let company: Company;
let leadId: string;
/** With which the lead speaks. */
let secret: string;

beforeAll(async () => {
  const address = inject('address');
  if (!address) return;
  company = await foundCompany(address, 'Harbour Office', 'HRB');
  leadId = await hire(company, 'Juno');
  const made = await ask<{ createAgentKey: { secret: string } }>(address, 'mutation($a: ID!) { createAgentKey(input: { agentId: $a, name: "lead" }) { secret } }', { a: leadId });
  secret = made.createAgentKey.secret;
});

/** What the lead asks the board, as an agent does: with a key of its own. */
async function request(address: string, input: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query: 'mutation($input: RequestApprovalInput!) { requestApproval(input: $input) { id } }', variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data?: { requestApproval: { id: string } }; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return data.requestApproval.id;
}

const hireInput = (name: string) => ({
  type: 'HIRE_AGENT', title: `Hire ${name} for the letters`, body: 'Nobody here writes **well**.',
  hire: { name, title: 'Copywriter', adapterType: 'process', adapterConfig: { command: process.execPath, args: ['-e', '0'] } },
});

const approvalNow = async (address: string, id: string) =>
  (await ask<{ approval: { status: string; decisionNote: string | null; agent: { id: string; status: string } | null } }>(address, 'query($id: ID!) { approval(id: $id) { status decisionNote agent { id status } } }', { id })).approval;

journey('an agent asks for a hire, a person looks at it and approves, the agent is there', async ({ page, seen, address }) => {
  await page.goto('/HRB');
  await page.getByRole('link', { name: 'Approvals', exact: true }).click();
  await page.getByText('Nothing waits for you').waitFor();

  // It comes while one looks; so does the agent that is not hired yet.
  const id = await request(address, hireInput('Quill'));
  await page.getByRole('link', { name: /Hire Quill for the letters/ }).waitFor();
  const main = page.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: /Approvals\s*1/ }).waitFor();
  await main.getByRole('link', { name: /^Inbox\s*1$/ }).waitFor();
  await main.getByRole('link', { name: /Quill/ }).getByText('pending', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await page.locator('#needs-you').getByRole('link', { name: 'Hire Quill for the letters' }).waitFor();
  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('region', { name: 'Inbox' }).getByRole('link', { name: /Hire Quill for the letters/ }).click();

  const card = page.getByRole('region', { name: 'Hire', exact: true });
  await card.getByText('Copywriter').waitFor();
  // It has been seen, here and on every other screen of this person.
  await main.getByRole('link', { name: 'Inbox', exact: true }).waitFor();
  await card.getByText('well', { exact: true }).waitFor();

  // A word first, then not like this, and then the other version: all by keyboard.
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.type('And **after** March?');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article', { name: 'Comment by Board' }).getByText('after', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await page.getByRole('textbox', { name: 'What should change' }).fill('Say what for.');
  await page.keyboard.press('Control+Enter');
  await card.getByText('The board asked for another version. It waits for Juno.').waitFor();
  await card.getByText('Say what for.').waitFor();
  expect((await approvalNow(address, id)).status).toBe('REVISION_REQUESTED');
  const again = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({
      query: 'mutation($input: ResubmitApprovalInput!) { resubmitApproval(input: $input) { __typename ... on Approval { revision } } }',
      variables: { input: { approvalId: id, title: 'Hire Quill for all letters of the year' } },
    }),
  });
  expect(await again.json()).toEqual({ data: { resubmitApproval: { __typename: 'Approval', revision: 2 } } });
  await card.getByRole('heading', { name: 'Hire Quill for all letters of the year' }).waitFor();
  await card.getByRole('button', { name: 'Hire Quill' }).click();
  await card.getByText('Board hired Quill.').waitFor();
  expect(await approvalNow(address, id)).toMatchObject({ status: 'APPROVED', agent: { status: 'IDLE' } });
  await card.getByRole('link', { name: 'Open Quill' }).click();
  await page.getByRole('heading', { name: 'Quill', exact: true }).waitFor();
  await expect.poll(() => main.getByRole('link', { name: /Quill/ }).getByText('pending').count()).toBe(0);
  await main.getByRole('link', { name: 'Approvals', exact: true }).waitFor();
  expect(seen.loads()).toBe(1);
});

/** What a person asks for, and the board sends back. */
async function sentBack(address: string, input: Record<string, unknown>, note: string): Promise<string> {
  const { requestApproval } = await ask<{ requestApproval: { id: string } }>(
    address, 'mutation($input: RequestApprovalInput!) { requestApproval(input: $input) { id } }', { input: { companyId: company.id, ...input } },
  );
  await ask(address, 'mutation($id: ID!, $note: String!) { requestApprovalRevision(input: { approvalId: $id, note: $note }) { __typename } }', { id: requestApproval.id, note });
  return requestApproval.id;
}

journey('what a person asked for and the board sent back is revised in a form, with what was wanted beside it', async ({ page, seen, address }) => {
  const id = await sentBack(address, { ...hireInput('Tess'), hire: { ...hireInput('Tess').hire, budget: { metric: 'BILLED_COST', amount: '40000000' } } }, 'Under Juno, and for less money.');
  await page.goto(`/HRB/approvals/${id}`);
  const card = page.getByRole('region', { name: 'Hire', exact: true });
  await card.getByText('The board asked for another version. It waits for Board.').waitFor();
  await page.keyboard.press('e');
  const form = page.getByRole('form', { name: 'Another version' });
  await form.getByRole('complementary', { name: 'What the board wants changed' }).getByText('Under Juno, and for less money.').waitFor();
  const title = form.getByRole('textbox', { name: 'What is asked for' });
  const text = form.getByRole('textbox', { name: 'Why, and what else matters' });
  const budget = form.getByRole('textbox', { name: 'Budget, in dollars a month' });
  expect([await title.inputValue(), await text.inputValue(), await form.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), await budget.inputValue()]).toEqual(['Hire Tess for the letters', 'Nobody here writes **well**.', 'Tess', '40']);

  // What is wrong is told where it is, and nothing is sent.
  await title.fill('');
  await budget.fill('cheap');
  await page.keyboard.press('Control+Enter');
  await form.getByText('What is asked for?').waitFor();
  await form.getByText('Write it as a number of dollars.').waitFor();
  expect(await approvalNow(address, id)).toMatchObject({ status: 'REVISION_REQUESTED' });

  await title.fill('Hire Tess, for less');
  await text.fill('Nobody here writes **well**.\nShe does.');
  await budget.fill('25');
  await form.getByRole('button', { name: 'Reports to' }).click();
  await page.getByRole('option', { name: /^Juno/ }).click();
  await form.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('It waits for the board again').waitFor();
  await form.waitFor({ state: 'detached' });

  // The board sees what is different, and what it had said.
  await card.getByRole('heading', { name: 'Hire Tess, for less' }).waitFor();
  await page.getByRole('article', { name: 'Comment by Board' }).getByText('Under Juno, and for less money.').waitFor();
  const changed = page.getByRole('definition');
  await changed.filter({ hasText: '$40.00' }).filter({ hasText: '$25.00' }).waitFor();
  await changed.filter({ hasText: 'the board' }).filter({ hasText: 'Juno' }).waitFor();
  await page.getByRole('group', { name: 'Changes from line 1' }).getByText('She does.').waitFor();
  await page.getByText('As it was first asked for').click();
  await page.getByText('Hire Tess for the letters', { exact: true }).last().waitFor();
  await card.getByRole('button', { name: 'Hire Tess' }).click();
  await card.getByText('Board hired Tess.').waitFor();
  const { agent } = await ask<{ agent: unknown }>(
    address, 'query($id: ID!) { agent(id: $id) { status manager { name } budgets(first: 5) { nodes { amount } } } }', { id: (await approvalNow(address, id)).agent?.id },
  );
  expect(agent).toEqual({ status: 'IDLE', manager: { name: 'Juno' }, budgets: { nodes: [{ amount: '25000000' }] } });
  expect(seen.loads()).toBe(1);
});

journey('a version that comes too late is not sent, and says what was decided', async ({ page, address }) => {
  const id = await sentBack(address, { type: 'BOARD_REQUEST', title: 'Buy a lamp' }, 'Which one?');
  await page.goto(`/HRB/approvals/${id}`);
  await page.getByRole('button', { name: 'Revise' }).click();
  const form = page.getByRole('form', { name: 'Another version' });
  await form.getByRole('textbox', { name: 'Why, and what else matters' }).fill('The green one.');
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('mutation ResubmitApproval')) {
      await ask(address, 'mutation($id: ID!) { decideApproval(input: { approvalId: $id, decision: REJECTED, note: "We have one." }) { __typename } }', { id });
    }
    await route.continue();
  });
  await form.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('Decided otherwise meanwhile').waitFor();
  await page.getByText('We have one.').first().waitFor();
  expect(await approvalNow(address, id)).toMatchObject({ status: 'REJECTED', decisionNote: 'We have one.' });
});

journey('who decides too late is told what was decided, and nothing changes', async ({ page, address }) => {
  const id = await request(address, hireInput('Bosun'));
  await page.goto(`/HRB/approvals/${id}`);
  const card = page.getByRole('region', { name: 'Hire', exact: true });
  // Another person is faster, by the time that this press needs to arrive.
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('mutation DecideApproval')) {
      await ask(address, 'mutation($id: ID!) { decideApproval(input: { approvalId: $id, decision: REJECTED, note: "Too many." }) { __typename } }', { id });
    }
    await route.continue();
  });
  await card.getByRole('button', { name: 'Hire Bosun' }).click();
  await page.getByText('Decided otherwise meanwhile').waitFor();
  await card.getByText('Board did not hire Bosun.').waitFor();
  await card.getByText('Too many.').waitFor();
  expect(await card.getByRole('button', { name: 'Hire Bosun' }).count()).toBe(0);
  expect(await approvalNow(address, id)).toMatchObject({ status: 'REJECTED', decisionNote: 'Too many.', agent: { status: 'TERMINATED' } });
});

journey('a circuit breaker pauses an agent; the evidence is read, the limits are changed, it is reset', async ({ page, seen, address }) => {
  const pipId = await hire(company, 'Pip', ['-e', 'console.error("no such lane"); process.exit(3)']);
  const pipNow = async () => (await ask<{ agent: { status: string; pauseReason: string | null; runs: { totalCount: number } } }>(address, 'query($id: ID!) { agent(id: $id) { status pauseReason } }', { id: pipId })).agent;
  await page.goto(`/HRB/agents/${pipId}?view=limits`);
  const failures = page.getByRole('textbox', { name: 'Failures in a row' });
  await failures.fill('none');
  await page.keyboard.press('Enter');
  await page.getByText('A whole number, 0 for off, or nothing.').waitFor();
  await failures.fill('1');
  await page.keyboard.press('Enter');
  await page.getByText('Limits are saved').waitFor();

  await ask(address, 'mutation($id: ID!) { wakeAgent(input: { agentId: $id, reason: "go" }) { __typename } }', { id: pipId });
  const trip = page.getByRole('region', { name: 'Paused by a circuit breaker' });
  await trip.getByText('Evidence').click();
  await trip.getByText(/^Run \d+ failed/).waitFor();
  expect(await pipNow()).toMatchObject({ status: 'PAUSED', pauseReason: 'BREAKER' });

  await trip.getByRole('button', { name: 'Reset and resume' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let Pip work again?' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill('The lane is open now.');
  await page.keyboard.press('Enter');
  await trip.waitFor({ state: 'detached' });
  await page.getByText('Reset by Board: The lane is open now.').waitFor();
  await askUntil(pipNow, ({ status }) => status === 'IDLE');

  // A permission, and settings brought back.
  await page.getByRole('tab', { name: 'Permissions' }).click();
  await page.getByRole('switch', { name: 'Reassign any issue' }).press('Space');
  await page.getByText(/Given by Board/).waitFor();
  const { agent } = await ask<{ agent: { permissions: string[] } }>(address, 'query($id: ID!) { agent(id: $id) { permissions } }', { id: pipId });
  expect(agent.permissions).toEqual(['TASKS_ASSIGN']);
  await ask(address, 'mutation($id: ID!) { updateAgent(input: { agentId: $id, title: "Router of parcels" }) { id } }', { id: pipId });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('Router of parcels').first().waitFor();
  await page.getByText('Hired with these settings').click();
  await page.getByRole('button', { name: 'Roll back to this' }).first().click();
  await page.getByRole('dialog', { name: 'Set Pip as after change 1?' }).getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('Back to change 1').waitFor();
  expect((await ask<{ agent: { title: string | null } }>(address, 'query($id: ID!) { agent(id: $id) { title } }', { id: pipId })).agent.title).toBeNull();
  expect(seen.loads()).toBe(1);
});

journey('a person asks the board about an issue, which waits until it is decided', async ({ page, seen, address }) => {
  const { identifier } = await file(company, 'Move the archive to a larger host');
  await page.goto('/HRB');
  await page.getByRole('link', { name: 'Approvals', exact: true }).click();
  await page.getByRole('button', { name: 'New request' }).click();
  const dialog = page.getByRole('dialog', { name: 'New request' });
  // Without a question nothing is asked.
  await dialog.getByRole('button', { name: 'Ask the board' }).click();
  await dialog.getByText('What is to be decided?').waitFor();
  await dialog.getByRole('textbox', { name: 'What is to be decided' }).fill('May we rent a larger host?');
  await dialog.getByRole('textbox', { name: 'Why, and what else matters' }).fill('The disk is **full**.');
  await dialog.getByRole('button', { name: 'Issue' }).click();
  const finding = page.getByRole('dialog', { name: 'About which issue?' });
  await finding.getByRole('combobox', { name: 'Words or identifier' }).fill('larger host');
  await finding.getByRole('option', { name: new RegExp(identifier) }).click();
  // What was written is there still.
  await dialog.getByRole('button', { name: `Issue: ${identifier}` }).waitFor();
  expect(await dialog.getByRole('textbox', { name: 'What is to be decided' }).inputValue()).toBe('May we rent a larger host?');
  await dialog.getByRole('button', { name: 'Ask the board' }).click();

  const card = page.getByRole('region', { name: 'Request', exact: true });
  await card.getByText('full', { exact: true }).waitFor();
  await page.getByText('Board asks for a decision').waitFor();
  await page.getByRole('link', { name: new RegExp(identifier) }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(await approvalNow(address, id)).toMatchObject({ status: 'PENDING' });
  await card.getByRole('button', { name: 'Approve' }).click();
  await card.getByText('Board approved it.').waitFor();
  expect(seen.loads()).toBe(1);
});

journey('settings of the company: hires, who is told, and the log that tells of it', async ({ page, seen, address }) => {
  await page.goto('/HRB');
  await page.getByRole('button', { name: /^Company: / }).click();
  await page.getByRole('menuitem', { name: 'Settings of Harbour Office' }).click();
  await page.getByRole('switch', { name: 'Hires need approval' }).press('Space');
  await askUntil(async () => (await ask<{ company: { hiresNeedApproval: boolean } }>(address, '{ company(ref: "HRB") { hiresNeedApproval } }')).company, ({ hiresNeedApproval }) => hiresNeedApproval);
  await page.getByRole('tab', { name: 'Notifications' }).click();
  await page.getByText('Nobody is told outside of the board').waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Tell somebody outside of the board' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ops channel');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/hook');
  await page.keyboard.press('Enter');
  // The machine itself is not told, unless whoever runs it allows that.
  await dialog.getByRole('alert').waitFor();
  seen.forgive();
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://hooks.example.com/boardroom');
  await page.keyboard.press('Enter');
  const key = page.getByRole('dialog', { name: 'The signing key of Ops channel' });
  expect(((await key.locator('code').textContent()) ?? '').length).toBeGreaterThan(20);
  await key.getByRole('button', { name: 'Done' }).click();
  const target = page.getByRole('group', { name: 'Ops channel' });
  await target.getByText('https://hooks.example.com/boardroom').waitFor();
  await target.getByRole('button', { name: 'More for Ops channel' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog', { name: 'Remove Ops channel?' }).getByRole('button', { name: 'Remove' }).click();
  await target.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await page.getByRole('tab', { name: 'Governance' }).click();
  await page.getByText('removed the notification target').waitFor();
  await page.getByRole('combobox', { name: 'When' }).selectOption('day');
  await page.getByText('removed the notification target').waitFor();
  const href = await page.getByRole('link', { name: 'Export what is chosen as NDJSON' }).getAttribute('href');
  const rows = (await (await fetch(new URL(href ?? '', address))).text()).trim().split('\n').map((line) => JSON.parse(line) as { action: string });
  expect(rows.map(({ action }) => action)).toContain('notificationTarget.removed');
  expect(rows.map(({ action }) => action)).not.toContain('run.started');
  expect(seen.loads()).toBe(1);
});
