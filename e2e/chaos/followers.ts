import type { Company } from './company.ts';
import type { Streams } from './streams.ts';
import type { Problem, Tally } from './tally.ts';

const EVENTS = `subscription($companyId: ID!, $after: Cursor) {
  companyEvents(companyId: $companyId, after: $after) { cursor kind entityType entityId entity { __typename } }
}`;
const LOG = `subscription($runId: ID!, $after: Cursor) {
  runLog(runId: $runId, after: $after) {
    __typename
    ... on RunLogChunk { cursor stream text }
    ... on RunEnded { cursor status }
    ... on Resync { cursor }
  }
}`;

interface Event { cursor: string; kind: string; entityType: string; entityId: string }
type LogItem =
  | { __typename: 'RunLogChunk'; cursor: string; stream: 'STDOUT' | 'STDERR' | 'SYSTEM'; text: string }
  | { __typename: 'RunEnded'; cursor: string; status: string };

/** What a watcher of one run has seen. */
export interface SeenLog {
  runId: string;
  way: string;
  cursors: number[];
  text: { STDOUT: string; STDERR: string; SYSTEM: string };
  ended: string | null;
}

/** Watches a company and every run in it, and writes down exactly what arrived. */
export class Follower {
  readonly way: string;
  readonly cursors: string[] = [];
  readonly logs = new Map<string, SeenLog>();
  readonly problems: Problem[] = [];
  readonly #streams: Streams;
  readonly #tally: Tally;
  readonly #stops: (() => void)[] = [];

  constructor(way: string, streams: Streams, tally: Tally) {
    this.way = way;
    this.#streams = streams;
    this.#tally = tally;
  }

  start(company: Company): void {
    const follow = (after: string) => {
      this.#stops.push(this.#streams.follow<Event>({
        query: EVENTS, variables: { companyId: company.id }, after,
        onItem: (event) => {
          this.cursors.push(event.cursor);
          this.#tally.count(`events received by ${this.way}`);
          if (event.kind === 'run.queued') this.#followRun(event.entityId, '0');
        },
        onEnd: () => this.problems.push({ check: 'streams go on', text: `companyEvents was completed (${this.way})` }),
        onGivenUp: (why) => {
          this.problems.push({ check: 'streams go on', text: `companyEvents was given up by ${this.way}: ${why}` });
          follow(this.cursors.at(-1) ?? '0');
        },
      }));
    };
    follow('0');
  }

  hangUp(): void {
    this.#tally.count(`connections hung up by ${this.way}`);
    this.#streams.hangUp();
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#streams.close();
  }

  #followRun(runId: string, after: string): void {
    const seen: SeenLog = this.logs.get(runId) ?? { runId, way: this.way, cursors: [], text: { STDOUT: '', STDERR: '', SYSTEM: '' }, ended: null };
    this.logs.set(runId, seen);
    this.#stops.push(this.#streams.follow<LogItem>({
      query: LOG, variables: { runId }, after,
      onItem: (item) => {
        if (item.__typename === 'RunEnded') seen.ended = item.status;
        else if (item.__typename === 'RunLogChunk') {
          seen.cursors.push(Number(item.cursor));
          seen.text[item.stream] += item.text;
          this.#tally.count(`log chunks received by ${this.way}`);
        }
      },
      onEnd: () => {
        if (seen.ended === null) this.problems.push({ check: 'streams go on', text: `runLog of ${runId} was completed without an end (${this.way})` });
      },
      onGivenUp: (why) => {
        this.problems.push({ check: 'streams go on', text: `runLog of ${runId} was given up by ${this.way}: ${why}` });
        this.#followRun(runId, String(seen.cursors.at(-1) ?? 0));
      },
    }));
  }
}
