import { readFileSync } from 'node:fs';
import type { OutputReader, ProcessExit, RunContext, TranscriptEntry } from '../contract.ts';
import type { ClaudeConfig } from './config.ts';
import { claudeConfig } from './config.ts';
import { claudeReader } from './output.ts';

/** What the real program printed in one situation: see e2e/support/record-claude.ts. */
export interface ClaudeRecording { arguments: string[]; exit: ProcessExit; stdout: string[]; stderr: string[] }

export function recording(name: string): ClaudeRecording {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as ClaudeRecording;
}

export function contextWith(config: Partial<ClaudeConfig> = {}, over: Partial<RunContext> = {}): RunContext<ClaudeConfig> {
  return {
    run: { id: 'run-1', number: 7, source: 'ASSIGNMENT' },
    company: { id: 'company-1', name: 'Acme' },
    agent: { id: 'agent-1', name: 'Ada', role: 'ENGINEER', title: 'Lead engineer', capabilities: null },
    issue: {
      id: 'issue-1', identifier: 'ACME-12', title: 'Write the parser', description: 'All of it.', status: 'TODO', priority: 'HIGH',
      parent: { identifier: 'ACME-1', title: 'The language' }, project: 'Compiler', goal: null,
    },
    wake: { reason: 'the issue was assigned to you', commentId: null, comments: [], payload: {} },
    session: null,
    cwd: '/home/agent/work',
    scratchDir: '/spool/run-1/scratch',
    env: {},
    ...over,
    config: { ...claudeConfig.parse({}), ...config },
  };
}

/** The output of a recording, read to its end. */
export function readRecording(
  name: string, context = contextWith(), clock?: () => Date,
): { entries: TranscriptEntry[]; reader: OutputReader; outcome: ReturnType<OutputReader['outcome']> } {
  const { stdout, stderr, exit } = recording(name);
  const reader = claudeReader(context, clock);
  const entries = [...reader.feed('stdout', stdout.join('')), ...reader.feed('stderr', stderr.join('')), ...reader.end()];
  return { entries, reader, outcome: reader.outcome(exit) };
}
