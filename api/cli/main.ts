import { createRequire } from 'node:module';
import type { Command } from './command.ts';
import { ApiError, ConflictError, exitCodes, UsageError } from './failure.ts';
import { columns } from './print.ts';

interface Entry {
  about: string;
  load: () => Promise<{ command: Command }>;
}

/** Each command is loaded when it is called, so that none pays for the others. */
const commands: Record<string, Entry> = {
  whoami: { about: 'who the key belongs to', load: () => import('./commands/whoami.ts') },
  inbox: { about: 'what is yours to do, or to look at', load: () => import('./commands/inbox.ts') },
  'issue show': { about: 'one issue in full', load: () => import('./commands/issue-show.ts') },
  'issue list': { about: 'issues of the company', load: () => import('./commands/issue-list.ts') },
  'issue create': { about: 'file an issue', load: () => import('./commands/issue-create.ts') },
  'issue checkout': { about: 'take an issue for this run', load: () => import('./commands/issue-checkout.ts') },
  'issue update': { about: 'change or finish an issue', load: () => import('./commands/issue-update.ts') },
  'issue comment': { about: 'say something', load: () => import('./commands/issue-comment.ts') },
  'issue watch': { about: 'be woken later to look at something', load: () => import('./commands/issue-watch.ts') },
  'issue release': { about: 'give an issue back undone', load: () => import('./commands/issue-release.ts') },
  'issue blockers': { about: 'what must be done first', load: () => import('./commands/issue-blockers.ts') },
  'doc list': { about: 'documents of an issue', load: () => import('./commands/doc-list.ts') },
  'doc show': { about: 'the text of a document', load: () => import('./commands/doc-show.ts') },
  'doc put': { about: 'write a document', load: () => import('./commands/doc-put.ts') },
  'doc diff': { about: 'what changed between revisions', load: () => import('./commands/doc-diff.ts') },
  'doc restore': { about: 'bring back an earlier revision', load: () => import('./commands/doc-restore.ts') },
  'doc annotate': { about: 'remark on a passage, answer, settle', load: () => import('./commands/doc-annotate.ts') },
  'doc lock': { about: 'keep a document as it is', load: () => import('./commands/doc-lock.ts') },
  'doc unlock': { about: 'let it be written again', load: () => import('./commands/doc-unlock.ts') },
  blockers: { about: 'what an issue waits for (issue blockers)', load: () => import('./commands/issue-blockers.ts') },
  attach: { about: 'files of an issue', load: () => import('./commands/attach.ts') },
  search: { about: 'find texts by their words', load: () => import('./commands/search.ts') },
  'issue policy': { about: 'who must look at an issue before it is done', load: () => import('./commands/issue-policy.ts') },
  'issue decide': { about: 'decide the review or approval that an issue waits for', load: () => import('./commands/issue-decide.ts') },
  'ask confirm': { about: 'ask the board for a yes or a no, about a plan too', load: () => import('./commands/ask-confirm.ts') },
  'ask question': { about: 'ask the board a question', load: () => import('./commands/ask-question.ts') },
  'ask send': { about: 'ask the board anything, as JSON', load: () => import('./commands/ask-send.ts') },
  'ask list': { about: 'what the board was asked', load: () => import('./commands/ask-list.ts') },
  'ask show': { about: 'one thing that was asked, and its answer', load: () => import('./commands/ask-show.ts') },
  'ask wait': { about: 'wait for the answer', load: () => import('./commands/ask-wait.ts') },
  'ask cancel': { about: 'withdraw what was asked', load: () => import('./commands/ask-cancel.ts') },
  'ask accept': { about: 'say yes, for the board', load: () => import('./commands/ask-accept.ts') },
  'ask reject': { about: 'say no, for the board', load: () => import('./commands/ask-reject.ts') },
  'ask answer': { about: 'answer, for the board', load: () => import('./commands/ask-answer.ts') },
  'approval list': { about: 'what the board is to approve', load: () => import('./commands/approval-list.ts') },
  'approval show': { about: 'one approval in full', load: () => import('./commands/approval-show.ts') },
  'approval request': { about: 'put a strategy, a hire or a request before the board', load: () => import('./commands/approval-request.ts') },
  'approval approve': { about: 'say yes, for the board', load: () => import('./commands/approval-approve.ts') },
  'approval reject': { about: 'say no, for the board', load: () => import('./commands/approval-reject.ts') },
  'approval revise': { about: 'want another version, for the board', load: () => import('./commands/approval-revise.ts') },
  'approval resubmit': { about: 'put another version before the board', load: () => import('./commands/approval-resubmit.ts') },
  'approval withdraw': { about: 'ask no more', load: () => import('./commands/approval-withdraw.ts') },
  'approval comment': { about: 'say something on an approval', load: () => import('./commands/approval-comment.ts') },
  'approval link': { about: 'say which issues an approval is about', load: () => import('./commands/approval-link.ts') },
  'plan show': { about: 'the plan of an issue and what became of it', load: () => import('./commands/plan-show.ts') },
  'plan decompose': { about: 'make the children of an accepted plan', load: () => import('./commands/plan-decompose.ts') },
  'agent list': { about: 'the colleagues', load: () => import('./commands/agent-list.ts') },
  'agent why': { about: 'why an agent does not run', load: () => import('./commands/agent-why.ts') },
  'agent revisions': { about: 'how the settings of an agent have changed', load: () => import('./commands/agent-revisions.ts') },
  'agent rollback': { about: 'bring back earlier settings of an agent', load: () => import('./commands/agent-rollback.ts') },
  'agent hire': { about: 'hire an agent', load: () => import('./commands/agent-hire.ts') },
  'agent pause': { about: 'give an agent nothing to run, for the board', load: () => import('./commands/agent-pause.ts') },
  'agent resume': { about: 'let a paused or failed agent work again, for the board', load: () => import('./commands/agent-resume.ts') },
  'agent terminate': { about: 'end an agent for good, for the board', load: () => import('./commands/agent-terminate.ts') },
  'agent wake': { about: 'ask for a run of an agent', load: () => import('./commands/agent-wake.ts') },
  'grant list': { about: 'what an agent may beyond the others', load: () => import('./commands/grant-list.ts') },
  'grant give': { about: 'let an agent do more, for the board', load: () => import('./commands/grant-give.ts') },
  'grant take': { about: 'no longer let it, for the board', load: () => import('./commands/grant-take.ts') },
  cost: { about: 'what was spent, and on what', load: () => import('./commands/cost.ts') },
  'cost check': { about: 'compare sums of costs with what was reported', load: () => import('./commands/cost-check.ts') },
  'price list': { about: 'what models cost', load: () => import('./commands/price-list.ts') },
  'price set': { about: 'set what a model costs', load: () => import('./commands/price-set.ts') },
  'breaker list': { about: 'agents that were paused by a limit, and what was seen', load: () => import('./commands/breaker-list.ts') },
  'breaker limits': { about: 'the limits that pause agents by themselves', load: () => import('./commands/breaker-limits.ts') },
  'breaker set': { about: 'set such limits, for the board', load: () => import('./commands/breaker-set.ts') },
  'breaker reset': { about: 'let a paused agent work again, for the board', load: () => import('./commands/breaker-reset.ts') },
  idling: { about: 'heartbeats without work, and what skipping them saved', load: () => import('./commands/idling.ts') },
  'cost report': { about: 'report what work has cost', load: () => import('./commands/cost-report.ts') },
  'notification list': { about: 'who outside is told what happens', load: () => import('./commands/notification-list.ts') },
  'notification add': { about: 'have somebody told, by webhook or mail, for the board', load: () => import('./commands/notification-add.ts') },
  'notification change': { about: 'change who is told of what, for the board', load: () => import('./commands/notification-change.ts') },
  'notification remove': { about: 'tell somebody no more, for the board', load: () => import('./commands/notification-remove.ts') },
  'notification test': { about: 'send a test and see what becomes of it, for the board', load: () => import('./commands/notification-test.ts') },
  'notification rotate': { about: 'replace the key that signs, for the board', load: () => import('./commands/notification-rotate.ts') },
  'notification log': { about: 'messages and what became of them', load: () => import('./commands/notification-log.ts') },
  'notification retry': { about: 'send a message again, for the board', load: () => import('./commands/notification-retry.ts') },
  'activity list': { about: 'who did what', load: () => import('./commands/activity-list.ts') },
  'activity export': { about: 'the log as NDJSON, for the board', load: () => import('./commands/activity-export.ts') },
  'activity head': { about: 'the hash that stands for the whole log', load: () => import('./commands/activity-head.ts') },
  'activity verify': { about: 'whether the log is as it was sealed, for the board', load: () => import('./commands/activity-verify.ts') },
  'budget list': { about: 'what parts of the company may use, and have used', load: () => import('./commands/budget-list.ts') },
  'budget set': { about: 'limit what a part of the company may use', load: () => import('./commands/budget-set.ts') },
  'budget raise': { about: 'raise a budget that is used up, for the board', load: () => import('./commands/budget-raise.ts') },
  'budget keep': { about: 'leave stopped what a budget stopped, for the board', load: () => import('./commands/budget-keep.ts') },
  'budget remove': { about: 'take a budget away', load: () => import('./commands/budget-remove.ts') },
  'run list': { about: 'runs of the company', load: () => import('./commands/run-list.ts') },
  'run log': { about: 'what a run has printed, live with --follow', load: () => import('./commands/run-log.ts') },
  'company list': { about: 'the companies', load: () => import('./commands/company-list.ts') },
  guide: { about: 'how an agent works here', load: () => import('./commands/guide.ts') },
  api: { about: 'send any GraphQL request', load: () => import('./commands/api.ts') },
};

async function main(argv: string[]): Promise<number> {
  const words = argv[1] !== undefined && `${argv[0]} ${argv[1]}` in commands ? 2 : 1;
  const name = argv.slice(0, words).join(' ');
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry) {
    const { command } = await entry.load();
    return (await command.run(argv.slice(words))) ?? exitCodes.done;
  }
  if (argv[0] === '--version') {
    console.log((createRequire(import.meta.url)('../../package.json') as { version: string }).version);
    return exitCodes.done;
  }
  const asked = argv.some((word) => ['--help', '-h', 'help'].includes(word));
  const group = argv.find((word) => Object.keys(commands).some((known) => known.startsWith(`${word} `)));
  if (asked || argv.length === 0) {
    console.log(overview(group));
    return asked ? exitCodes.done : exitCodes.usage;
  }
  throw new UsageError(`${group ? `${group} what?` : `no command ${argv[0]}`}\n\n${overview(group)}`);
}

function overview(group: string | undefined): string {
  const shown = Object.entries(commands).filter(([name]) => !group || name.startsWith(`${group} `));
  const rows = shown.map(([name, { about }]) => [`  boardroom ${name}`, about]);
  return `Usage: boardroom COMMAND [options]\n\n${columns(rows)}\n\nboardroom COMMAND --help says more.`;
}

/** What went wrong, on standard error, in the shape that was asked for; returns the exit code. */
function report(error: unknown, json: boolean): number {
  if (error instanceof ConflictError) {
    if (json) console.log(JSON.stringify(error.data, null, 2));
    else console.error(error.message);
    return exitCodes.conflict;
  }
  if (error instanceof UsageError) {
    console.error(json ? JSON.stringify({ code: 'USAGE', message: error.message }) : error.message);
    return exitCodes.usage;
  }
  if (!(error instanceof ApiError)) throw error;
  const { code, message, field, details } = error;
  console.error(json ? JSON.stringify({ code, message, field, details }) : `${code}: ${message}`);
  return exitCodes.failed;
}

// The reader of a pipe may leave early (`| head`), which is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
});

const argv = process.argv.slice(2);
try {
  process.exitCode = await main(argv);
} catch (error) {
  process.exitCode = report(error, argv.includes('--json'));
}
