import type { TranscriptPageQuery } from '../../../graphql/generated/graphql.ts';

/** One thing that the adapter understood of a run's output. */
export type Entry = NonNullable<TranscriptPageQuery['run']>['transcript']['nodes'][number];

/** What a tool is for, whatever the agent program calls it. */
export type Purpose = 'look' | 'edit' | 'command' | 'other';

const tools: Record<string, { purpose: Purpose; verb: string }> = {
  Read: { purpose: 'look', verb: 'Read' },
  NotebookRead: { purpose: 'look', verb: 'Read' },
  Glob: { purpose: 'look', verb: 'Search' },
  Grep: { purpose: 'look', verb: 'Search' },
  LS: { purpose: 'look', verb: 'List' },
  WebFetch: { purpose: 'look', verb: 'Fetch' },
  WebSearch: { purpose: 'look', verb: 'Search the web' },
  ToolSearch: { purpose: 'look', verb: 'Find a tool' },
  Edit: { purpose: 'edit', verb: 'Edit' },
  MultiEdit: { purpose: 'edit', verb: 'Edit' },
  Write: { purpose: 'edit', verb: 'Write' },
  NotebookEdit: { purpose: 'edit', verb: 'Edit' },
  Bash: { purpose: 'command', verb: 'Run' },
  BashOutput: { purpose: 'look', verb: 'Output of' },
  KillShell: { purpose: 'command', verb: 'Stop' },
  Task: { purpose: 'other', verb: 'Delegate' },
  Agent: { purpose: 'other', verb: 'Delegate' },
  TodoWrite: { purpose: 'other', verb: 'Plan' },
};

export function toolOf(name: string | null): { purpose: Purpose; verb: string } {
  return tools[name ?? ''] ?? { purpose: 'other', verb: name ?? 'Tool' };
}

/** A field of what an adapter keeps in its own shape. */
export function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
}
