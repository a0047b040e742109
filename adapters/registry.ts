import type { Adapter } from './contract.ts';
import { processAdapter } from './process/adapter.ts';

const adapters: readonly Adapter[] = [processAdapter];

const byType = new Map(adapters.map((adapter) => [adapter.type, adapter]));

/** All agent programs Boardroom can run, in the order people see them. */
export function allAdapters(): readonly Adapter[] {
  return adapters;
}

/** The adapter of a stored type; undefined when this build does not know it. */
export function findAdapter(type: string): Adapter | undefined {
  return byType.get(type);
}
