import type { IssueBrief, RunContext } from './contract.ts';
import { fillTemplate } from './template.ts';

export interface PromptSettings {
  /** First words of a new conversation; absent = Boardroom's own. */
  readonly bootstrapPrompt?: string | undefined;
  /** What to do in a run; absent = Boardroom's own. */
  readonly promptTemplate?: string | undefined;
  /** `thin` names things and lets the agent fetch them; `fat` writes them out. */
  readonly context: 'thin' | 'fat';
}

const bootstrap = `You are {{agent.name}}, {{position}} at {{company.name}}.{{capabilities}}
You work in short runs. Boardroom, the company's control plane, starts each run, and you talk back to it:
- The \`boardroom\` command is on your PATH and already knows who you are: \`boardroom whoami\`, \`boardroom inbox\`,
  \`boardroom issue show REF\`, and checkout, update, comment and release likewise. \`boardroom guide\` says how to work here.
- Without it, send GraphQL: curl -s "$BOARDROOM_API_URL/graphql" -H "authorization: Bearer $BOARDROOM_API_KEY"
  -H 'content-type: application/json' -d '{"query":"{ viewer { agent { id name } } }"}'
- BOARDROOM_AGENT_ID, BOARDROOM_COMPANY_ID, BOARDROOM_RUN_ID and, for a run about an issue, BOARDROOM_TASK_ID hold the ids.
The key is yours for this run only. Do not print it or write it into files.`;

const task = `Check the issue out before you work on it; if somebody else holds it, leave it alone. When you are done, comment with what you
did and set the issue's status: DONE when it is finished, IN_REVIEW when somebody should look, BLOCKED with the reason when
you cannot go on. If it is not finished, say in a comment what comes next.`;

const heartbeat = `Look at your inbox and do the most important thing that you can finish in this run. If there is nothing to do, say so and stop.`;

/**
 * What an agent program reads on standard input. A new conversation is told who it is, why it was woken and what to do;
 * a resumed one knows the first and the last, and gets only what is new.
 */
export function runPrompt(context: RunContext, settings: PromptSettings, isResumed: boolean): string {
  const values = templateValues(context);
  const wake = wakePrompt(context, settings.context);
  if (isResumed) return wake;
  const main = settings.promptTemplate ?? (context.issue ? task : heartbeat);
  return [fillTemplate(settings.bootstrapPrompt ?? bootstrap, values), wake, fillTemplate(main, values)]
    .map((section) => section.trim())
    .filter((section) => section !== '')
    .join('\n\n');
}

/** What `{{…}}` in templates may name. */
export function templateValues(context: RunContext): Readonly<Record<string, unknown>> {
  const { agent, company, issue, run, wake, cwd } = context;
  return {
    agent, company, issue, run, cwd,
    context: { wake, issue },
    position: agent.title ?? agent.role.toLowerCase(),
    capabilities: agent.capabilities ? ` ${agent.capabilities.trim()}` : '',
  };
}

function wakePrompt({ issue, wake, run }: RunContext, mode: 'thin' | 'fat'): string {
  const lines = [`Run ${run.number}. You were woken because: ${wake.reason}`];
  if (issue) lines.push(mode === 'fat' ? fullIssue(issue) : pointerTo(issue));
  if (mode === 'fat') {
    for (const comment of wake.comments) lines.push(`Comment by ${comment.author} at ${comment.at}:\n${comment.body}`);
    if (Object.keys(wake.payload).length > 0) lines.push(`More about it: ${JSON.stringify(wake.payload)}`);
  } else {
    if (wake.commentId !== null) lines.push(`The comment that woke you has the id ${wake.commentId}.`);
    if (wake.comments.length > 0) lines.push(`Comments since your last run: ${wake.comments.length}, newest by ${wake.comments.at(-1)?.author}.`);
    if (Object.keys(wake.payload).length > 0) lines.push('BOARDROOM_WAKE_PAYLOAD_JSON holds more about it.');
  }
  return lines.join('\n');
}

function pointerTo(issue: IssueBrief): string {
  return `Issue ${issue.identifier} (id ${issue.id}, ${issue.status}): ${issue.title}\nRead it with: boardroom issue show ${issue.identifier}`;
}

function fullIssue(issue: IssueBrief): string {
  const facts = [
    `Issue ${issue.identifier} (id ${issue.id}): ${issue.title}`,
    `Status ${issue.status}, priority ${issue.priority}.`,
  ];
  if (issue.parent) facts.push(`Part of ${issue.parent.identifier}: ${issue.parent.title}`);
  if (issue.project) facts.push(`Project: ${issue.project}`);
  if (issue.goal) facts.push(`Goal: ${issue.goal}`);
  if (issue.description) facts.push('', issue.description);
  return facts.join('\n');
}
