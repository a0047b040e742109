import { ApiError } from '../cli/failure.ts';
import { readSettings } from '../cli/settings.ts';
import { readConfig } from '../config.ts';
import { answerForTheBoard } from './board.ts';
import { carryOn } from './resume.ts';
import { setMoney } from './money.ts';
import { hireStaff } from './staff.ts';
import { fileWork, findCompany } from './work.ts';
import { openWorkspace } from './workspace.ts';

/**
 * `npm start -- --demo`: a company of scripts that makes a small real thing. Started by the supervisor once the api is
 * ready; everything it does goes through the API, as anybody's program would. Run again, it goes on with what is there.
 */
async function startDemo(): Promise<void> {
  const { home, apiUrl } = readConfig();
  const settings = readSettings({ 'api-url': apiUrl }, {});
  const company = await findCompany(settings);
  if (company.status === 'ARCHIVED') {
    console.log(`The demo's company ${company.name} is archived, so there is no demo.`);
    return;
  }
  const workshop = await openWorkspace(home);
  const fast = process.env['BOARDROOM_DEMO_PACE'] === 'fast';
  const { leaderId, limitedId } = await hireStaff(settings, company.id, { folder: workshop.folder, fast });
  await setMoney(settings, company.id, limitedId);
  const root = await fileWork(settings, company.id, leaderId, workshop);
  await carryOn(settings, company.id);
  const state = root.status === 'DONE' ? 'has done' : 'is at work on';
  console.log(`Demo: ${company.name} ${state} ${root.identifier} "${root.title}", in ${workshop.hasGit ? 'the git repository' : 'the folder'} ${workshop.folder}`);
  console.log(`Watch: ${apiUrl}/${company.prefix}/issues/${root.identifier}`);
  await answerForTheBoard(settings, { ref: root.identifier, limitedId, pauseMs: fast ? 0 : 20_000 });
}

try {
  await startDemo();
} catch (error) {
  console.error(`The demo could not start: ${error instanceof ApiError ? `${error.code}: ${error.message}` : error}`);
  process.exitCode = 1;
}
