import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { updates } from './updates.ts';

/** Parts of a larger thing: they have no identity of their own and are kept inside their parent. */
const parts = [
  'AdapterModel', 'AgentCost', 'AgentCounts', 'CompanyEvent', 'CostSummary', 'CreateAgentKeyPayload', 'Dashboard', 'Heartbeat',
  'Invocation', 'IssueBlocked', 'IssueCounts', 'IssueHeld', 'IssueNotReady', 'NextStep', 'PriorityCounts', 'Resync', 'RunDay', 'RunEnded',
  'RunError', 'RunEvent', 'RunLogChunk', 'RunLogPage', 'RunNotRunning', 'System', 'TestAgentReport', 'TestCheck', 'TranscriptEntry', 'Usage',
  'Viewer', 'WakeRefused',
];

const keys: NonNullable<CacheExchangeOpts['keys']> = {
  ...Object.fromEntries(parts.map((type) => [type, () => null])),
  AdapterInfo: (info) => info['type'] as string,
};

/** Normalised by id: what one query, mutation or event says about a thing, every view of it shows. */
export const cache = () => cacheExchange({ keys, updates });
