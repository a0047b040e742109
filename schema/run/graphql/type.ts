import type { CostStatus } from '../../../prisma/generated/enums.ts';
import { agentById } from '../../agent/reads.ts';
import { AgentRef } from '../../agent/ref.ts';
import { builder } from '../../builder.ts';
import { CostSummaryType } from '../../cost/graphql.ts';
import { costOfRun } from '../../cost/reads.ts';
import { companyById } from '../../company/reads.ts';
import { CompanyRef } from '../../company/ref.ts';
import { issueById } from '../../issue/reads.ts';
import { issuesHeldBy } from '../../issue/held.ts';
import { IssueRef } from '../../issue/ref.ts';
import { connectionOf, listComplexity, pageArgs } from '../../shared/connection.ts';
import { BillingTypeEnum, CostStatusEnum, RunStatusEnum, TranscriptKindEnum, WakeSourceEnum } from '../../shared/enums.ts';
import { whenRead } from '../../shared/loading.ts';
import { listOf } from '../../shared/listing.ts';
import { Node } from '../../shared/node.ts';
import { pageSize } from '../../shared/paging.ts';
import type { Run, RunEvent, RunTranscript } from '../../../prisma/generated/client.ts';
import { amountsOfRun, costStatusOfRun, eventsOfRun, logAfter, logSize, logTail, transcriptOfRun } from '../reads.ts';
import { RunRef } from '../ref.ts';
import { logCursor, RunLogPage } from './log.ts';

const RunError = builder.objectRef<{ code: string; message: string; remedy: string | null }>('RunError').implement({
  description: 'Why a run did not end well.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs: COMMAND_NOT_FOUND, TIMED_OUT, PROCESS_LOST, …' }),
    message: t.exposeString('message', { description: 'For people.' }),
    remedy: t.string({ nullable: true, description: 'What to do about it, where that is known.', resolve: ({ remedy }) => remedy }),
  }),
});

const Usage = builder.objectRef<Run>('Usage').implement({
  description: 'Tokens used by a run.',
  fields: (t) => ({
    inputTokens: t.field({ type: 'BigInt', description: 'Read, without cached ones.', resolve: (run) => run.inputTokens ?? 0n }),
    cachedInputTokens: t.field({ type: 'BigInt', description: 'Read from cache.', resolve: (run) => run.cachedInputTokens ?? 0n }),
    outputTokens: t.field({ type: 'BigInt', description: 'Written.', resolve: (run) => run.outputTokens ?? 0n }),
  }),
});

interface InvocationShape {
  command?: string;
  args?: string[];
  cwd?: string;
  url?: string;
  envNames?: string[];
  promptBytes?: number;
}
const Invocation = builder.objectRef<InvocationShape>('Invocation').implement({
  description: 'What was started, without secrets.',
  fields: (t) => ({
    command: t.string({ nullable: true, description: 'The program.', resolve: (it) => it.command ?? null }),
    args: t.stringList({ description: 'Its arguments.', resolve: (it) => it.args ?? [] }),
    cwd: t.string({ nullable: true, description: 'The folder it runs in.', resolve: (it) => it.cwd ?? null }),
    url: t.string({ nullable: true, description: 'The address called, for adapters that call one.', resolve: (it) => it.url ?? null }),
    envNames: t.stringList({ description: 'Names of the variables it is given; never their values.', resolve: (it) => it.envNames ?? [] }),
    promptBytes: t.int({ nullable: true, description: 'Size of the prompt in bytes.', resolve: (it) => it.promptBytes ?? null }),
  }),
});

const TranscriptEntry = builder.objectRef<RunTranscript>('TranscriptEntry').implement({
  description: 'What the adapter understood of the output.',
  fields: (t) => ({
    cursor: t.field({ type: 'Cursor', description: 'Its place.', resolve: (entry) => String(entry.seq) }),
    seq: t.exposeInt('seq', { description: 'Its number in the run, from 1.' }),
    kind: t.expose('kind', { type: TranscriptKindEnum, description: 'What it is.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was read.' }),
    text: t.exposeString('text', { description: 'Speech, the argument of a tool, or its answer, shortened.' }),
    tool: t.exposeString('tool', { nullable: true, description: 'The tool, for calls and results.' }),
    toolCallId: t.exposeString('toolCallId', { nullable: true, description: 'Ties a result to its call.' }),
    isError: t.exposeBoolean('isError', { description: 'It reports a failure.' }),
    data: t.field({ type: 'JSON', nullable: true, description: 'More, in the adapter\'s own shape.', resolve: (entry) => entry.data }),
  }),
});
const TranscriptConnection = connectionOf(TranscriptEntry, 'Transcript');

const RunEventType = builder.objectRef<RunEvent>('RunEvent').implement({
  description: 'What happened to a run itself.',
  fields: (t) => ({
    seq: t.int({ description: 'Orders events.', resolve: (event) => Number(event.id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    kind: t.exposeString('kind', { description: 'queued, claimed, started, adopted, cancel_requested, signalled, finished …' }),
    message: t.exposeString('message', { description: 'For people.' }),
    data: t.field({ type: 'JSON', nullable: true, description: 'Details.', resolve: (event) => event.data }),
  }),
});
const RunEventConnection = connectionOf(RunEventType, 'RunEvent');

/** While it runs there is no event that says it. */
function costStatusSoFar(run: Run): CostStatus | null {
  if (run.inputTokens === null && run.outputTokens === null && run.costMicros === null) return null;
  return run.costReported ? 'REPORTED' : run.costMicros === null ? 'UNPRICED' : 'PRICED';
}

/** Of what is recorded and what a running run told so far, the less certain counts. */
function leastKnown(run: Run, recorded: CostStatus | null): CostStatus | null {
  if (recorded === null || run.status !== 'RUNNING') return recorded ?? costStatusSoFar(run);
  const known = [recorded, costStatusSoFar(run)];
  return (['UNPRICED', 'PRICED'] as const).find((status) => known.includes(status)) ?? 'REPORTED';
}

RunRef.implement({
  description: 'One execution of one agent.',
  interfaces: [Node],
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts up within the company; gaps are possible.' }),
    company: t.field({ type: CompanyRef, description: 'Whose run it is.', resolve: async (run, _args, ctx) => (await ctx.loading.load(companyById, run.companyId)) as never }),
    agent: t.field({ type: AgentRef, description: 'Who runs.', resolve: async (run, _args, ctx) => (await ctx.loading.load(agentById, run.agentId)) as never }),
    issue: t.field({ type: IssueRef, nullable: true, description: 'The issue it was woken for; null for a heartbeat.', resolve: (run, _args, ctx) => (run.issueId ? ctx.loading.load(issueById, run.issueId) : null) }),
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    source: t.expose('source', { type: WakeSourceEnum, description: 'What kind of event asked for it.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Which event: issue_assigned, issue_commented, heartbeat_timer …' }),
    adapterType: t.exposeString('adapterType', { description: 'The adapter it was started with.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When a worker took it.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    exitCode: t.exposeInt('exitCode', { nullable: true, description: 'The process\'s exit code.' }),
    signal: t.exposeString('signal', { nullable: true, description: 'The signal that ended the process.' }),
    error: t.field({ type: RunError, nullable: true, description: 'Why it did not end well.', resolve: (run) => (run.errorCode ? { code: run.errorCode, message: run.errorMessage ?? '', remedy: run.errorRemedy } : null) }),
    usage: t.field({ type: Usage, nullable: true, description: 'Tokens, where they were reported. While it runs, what it used so far.', resolve: (run) => (run.inputTokens === null && run.outputTokens === null ? null : run) }),
    usageAt: t.expose('usageAt', { type: 'DateTime', nullable: true, description: 'When it last told what it used, while it ran.' }),
    costMicros: t.field({
      type: 'Micros', nullable: true, complexity: 2, description: 'What is billed for it, as far as that is known: all that was reported for it, and while it runs what it used so far. See costStatus.',
      resolve: (run, _args, ctx) => whenRead(ctx.loading.load(amountsOfRun, run.id), ({ costMicros }) => costMicros),
    }),
    imputedMicros: t.field({
      type: 'Micros', nullable: true, complexity: 2, description: 'What its tokens cost by the price list, also where a subscription pays, of the same; null where no price is known.',
      resolve: (run, _args, ctx) => whenRead(ctx.loading.load(amountsOfRun, run.id), ({ imputedMicros }) => imputedMicros),
    }),
    biller: t.exposeString('biller', { nullable: true, description: 'Who sends the bill.' }),
    billingType: t.expose('billingType', { type: BillingTypeEnum, nullable: true, description: 'How it is paid.' }),
    costStatus: t.field({ type: CostStatusEnum, nullable: true, complexity: 2, description: 'Whether its price is known; null when nothing was used.', resolve: (run, _args, ctx) => whenRead(ctx.loading.load(costStatusOfRun, run.id), (recorded) => leastKnown(run, recorded)) }),
    cost: t.field({ type: CostSummaryType, complexity: 5, description: 'All that was reported for it: at its end by the adapter, and before by the agent itself.', resolve: (run, _args, ctx) => costOfRun(ctx, run.id) }),
    provider: t.exposeString('provider', { nullable: true, description: 'Who ran the model.' }),
    model: t.exposeString('model', { nullable: true, description: 'The model used.' }),
    summary: t.exposeString('summary', { nullable: true, description: 'The agent\'s own last word.' }),
    sessionBefore: t.exposeString('sessionBefore', { nullable: true, description: 'The session it resumed.' }),
    sessionAfter: t.exposeString('sessionAfter', { nullable: true, description: 'The session the next run resumes.' }),
    cancelRequestedAt: t.expose('cancelRequestedAt', { type: 'DateTime', nullable: true, description: 'When it was asked to stop.' }),
    coalescedCount: t.exposeInt('coalescedCount', { description: 'Further wakes merged into it while it waited.' }),
    worker: t.exposeString('workerId', { nullable: true, description: 'The worker that supervises it.' }),
    leaseExpiresAt: t.expose('leaseExpiresAt', { type: 'DateTime', nullable: true, description: 'When another worker may take it over.' }),
    pid: t.exposeInt('pid', { nullable: true, description: 'Its process on the worker\'s machine.' }),
    invocation: t.field({ type: Invocation, nullable: true, description: 'What was started.', resolve: (run) => run.invocation as InvocationShape | null }),
    logBytes: t.field({ type: 'BigInt', complexity: 2, description: 'Bytes printed and stored so far.', resolve: async (run, _args, ctx) => (await ctx.loading.load(logSize, run.id)).bytes }),
    logChunkCount: t.int({ complexity: 2, description: 'Chunks stored so far.', resolve: async (run, _args, ctx) => (await ctx.loading.load(logSize, run.id)).chunks }),
    log: t.field({
      type: RunLogPage, complexity: ({ first }) => ({ field: 5, multiplier: pageSize(first) }), description: 'What it printed, from the start or after a cursor.',
      args: pageArgs(),
      resolve: async (run, args, ctx) => {
        const after = logCursor(args.after) ?? 0;
        const count = pageSize(args.first);
        const found = await ctx.loading.load(ctx.loading.keyed(`log ${after} ${count}`, () => logAfter(after, count + 1)), run.id);
        return { chunks: found.slice(0, count), after, hasMore: found.length > count };
      },
    }),
    logTail: t.stringList({
      complexity: 5, description: 'Its last lines, for cards.',
      args: { lines: t.arg.int({ defaultValue: 3, description: 'How many, 1 to 10.' }) },
      resolve: async (run, { lines }, ctx) => {
        const text = (await ctx.loading.load(logTail, run.id)).map((chunk) => chunk.text).join('');
        return text.split('\n').filter((line) => line.trim() !== '').slice(-Math.min(Math.max(lines ?? 3, 1), 10)).map((line) => line.slice(0, 500));
      },
    }),
    transcript: t.field({ type: TranscriptConnection, args: pageArgs(), complexity: listComplexity, description: 'What the adapter understood, oldest first.', resolve: (run, args, ctx) => listOf(ctx, transcriptOfRun, run.id, args) }),
    events: t.field({ type: RunEventConnection, args: pageArgs(), complexity: listComplexity, description: 'What happened to it, oldest first.', resolve: (run, args, ctx) => listOf(ctx, eventsOfRun, run.id, args) }),
    heldIssues: t.field({ type: [IssueRef], complexity: { field: 2, multiplier: 3 }, description: 'Issues it has checked out.', resolve: (run, _args, ctx) => ctx.loading.load(issuesHeldBy, run.id) }),
  }),
});
