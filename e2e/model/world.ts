import { setClock } from '../../prisma/clock.ts';
import { type Database, openDatabase } from '../../prisma/client.ts';
import type { Agent, Issue, Run } from '../../prisma/generated/client.ts';
import { newId } from '../../prisma/id.ts';
import { type Tx, write } from '../../prisma/transaction.ts';
import { LOCAL_BOARD_USER, type Principal } from '../../schema/access/principal.ts';
import type { Adapters } from '../../schema/agent/adapters.ts';
import { createAgent } from '../../schema/agent/commands.ts';
import { createCompany } from '../../schema/company/commands.ts';
import { Refusal } from '../../schema/shared/refusal.ts';
import { Chance } from './chance.ts';

export const BOARD: Principal = { kind: 'user', userId: LOCAL_BOARD_USER };

/** Takes every configuration as it is: the model is not about adapters. */
export const anyAdapter = { checkedConfig: (_type: string, config: unknown) => config, redactedConfig: (_type: string, config: unknown) => config } as unknown as Adapters;

/** A company in which things happen at random, on a real database, at a time of its own. */
export class World {
  readonly db: Database;
  readonly chance: Chance;
  companyId = '';
  /** How far the world's clock is ahead of the machine's. */
  #aheadMs = 0;
  readonly #restoreClock: () => void;

  private constructor(url: string, seed: number) {
    this.db = openDatabase({ url, connections: 4 });
    this.chance = new Chance(seed);
    this.#restoreClock = setClock(() => new Date(Date.now() + this.#aheadMs));
  }

  static async open(url: string, seed: number): Promise<World> {
    const world = new World(url, seed);
    world.companyId = (await world.do((tx) => createCompany(tx, BOARD, { name: 'Model' }))).id;
    // Its CEO leads from the first day: what comes before a strategy is approved has tests of its own.
    await world.db.prisma.company.update({ where: { id: world.companyId }, data: { strategyApprovedAt: new Date() } });
    const head = await world.hire(null, 'CEO');
    const lead = await world.hire(head.id);
    for (let count = 0; count < 3; count += 1) await world.hire(lead.id);
    return world;
  }

  async close(): Promise<void> {
    this.#restoreClock();
    await this.db.close();
  }

  do<T>(command: (tx: Tx) => Promise<T>): Promise<T> {
    return write(this.db, command);
  }

  /** A command that the company's rules may decline; undefined where they did. */
  async attempt<T>(command: (tx: Tx) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.do(command);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  pass(ms: number): void {
    this.#aheadMs += ms;
  }

  hire(managerId: string | null, role: 'CEO' | 'GENERAL' = 'GENERAL'): Promise<Agent> {
    return this.do((tx) => createAgent(tx, BOARD, anyAdapter, {
      companyId: this.companyId, name: `Agent ${newId().slice(-6)}`, role, adapterType: 'process', adapterConfig: {}, managerId, maxConcurrentRuns: 2, cheapConfig: { model: 'small' },
    }));
  }

  async agent(): Promise<Agent | undefined> {
    return this.chance.of(await this.db.prisma.agent.findMany({ where: { companyId: this.companyId, status: { not: 'TERMINATED' } }, orderBy: { id: 'asc' } }));
  }

  async issue(statuses: Issue['status'][] = ['BACKLOG', 'TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED']): Promise<Issue | undefined> {
    return this.chance.of(await this.db.prisma.issue.findMany({ where: { companyId: this.companyId, status: { in: statuses } }, orderBy: { id: 'desc' }, take: 40 }));
  }

  /** A run at work, and who it is. */
  async atWork(): Promise<{ run: Run; by: Principal } | undefined> {
    const run = this.chance.of(await this.db.prisma.run.findMany({ where: { companyId: this.companyId, status: 'RUNNING' }, orderBy: { id: 'asc' } }));
    return run && { run, by: { kind: 'run', runId: run.id, agentId: run.agentId, companyId: run.companyId, issueId: run.issueId } };
  }
}
