import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../compare.ts';
import { figure, rounded } from '../figures.ts';
import { percentile } from '../load/tally.ts';
import { hire, makeCompany, runOf, wake } from '../stage/workplace.ts';

/** Says when it started, by the wall clock in nanoseconds: the least that an agent can be. */
const command = 'date';
const args = ['+%s%N'];

/** From the wish to the agent's first instruction, one agent after the other; beside it the same program merely spawned. */
export async function measureWake({ options, add }: Bench, address: string): Promise<void> {
  const agentId = await hire(address, await makeCompany(address), command, args);
  const acknowledged: number[] = [];
  const started: number[] = [];
  const final: number[] = [];
  const times = options.quick ? 10 : 40;
  for (let i = 0; i < times; i += 1) {
    const woken = await wake(address, agentId);
    for (;;) {
      const run = await runOf(address, woken.runId);
      if (run.finishedAt !== null) {
        if (run.status !== 'SUCCEEDED') throw new Error(`a run ended as ${run.status}: ${run.logTail}`);
        started.push(Number(/\d{19}/.exec(run.logTail)?.[0]) / 1e6 - woken.sentAtMs);
        final.push(Date.parse(run.finishedAt) - woken.sentAtMs);
        break;
      }
      await sleep(20);
    }
    acknowledged.push(woken.acknowledgedMs);
  }
  const spawned: number[] = [];
  for (let i = 0; i < times; i += 1) spawned.push(await spawnOnce());
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  add(figure({
    case: 'wake', work: 'from wakeAgent to the start of the process', issues: null, clients: 1,
    boardroom: rounded({
      acknowledgedP50Ms: percentile(sorted(acknowledged), 50), startedP50Ms: percentile(sorted(started), 50), startedP95Ms: percentile(started, 95), finalP50Ms: percentile(sorted(final), 50),
    }),
    baselines: { spawn: rounded({ startedP50Ms: percentile(sorted(spawned), 50), startedP95Ms: percentile(spawned, 95) }) },
  }));
}

async function spawnOnce(): Promise<number> {
  const sentAtMs = Date.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) output += text;
  return Number(output) / 1e6 - sentAtMs;
}
