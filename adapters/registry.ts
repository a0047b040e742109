import { claudeAdapter } from './claude/adapter.ts';
import type { Adapter } from './contract.ts';
import { httpAdapter } from './http/adapter.ts';
import { processAdapter } from './process/adapter.ts';

const adapters: readonly Adapter[] = [claudeAdapter, processAdapter, httpAdapter];

const byType = new Map(adapters.map((adapter) => [adapter.type, adapter]));

/** All agent programs Boardroom can run, in the order people see them. */
export function allAdapters(): readonly Adapter[] {
  return adapters;
}

/** The adapter of a stored type; undefined when this build does not know it. */
export function findAdapter(type: string): Adapter | undefined {
  return byType.get(type);
}
