import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { insist } from './ask.ts';
import type { Chance } from './chance.ts';
import type { Company, Profile } from './company.ts';
import type { Problem, Tally } from './tally.ts';

/** A write that the server said it had done. */
export interface Acknowledged {
  kind: 'issue' | 'comment';
  id: string;
  /** Part of what was written, and of nothing else. */
  mark: string;
}

const CREATE = 'mutation($input: CreateIssueInput!) { written: createIssue(input: $input) { id } }';
const COMMENT = 'mutation($input: AddCommentInput!) { written: addComment(input: $input) { id } }';
const WAKE = 'mutation($input: WakeAgentInput!) { wakeAgent(input: $input) { __typename } }';

/** Keeps writing, and never gives a write up before it is acknowledged. */
export class Client {
  readonly acknowledged: Acknowledged[] = [];
  readonly problems: Problem[] = [];
  readonly #address: string;
  readonly #company: Company;
  readonly #chance: Chance;
  readonly #tally: Tally;
  readonly #plain: string[] = [];
  #isStopping = false;
  #loops: Promise<void>[] = [];

  constructor(address: string, company: Company, chance: Chance, tally: Tally) {
    this.#address = address;
    this.#company = company;
    this.#chance = chance;
    this.#tally = tally;
  }

  /** Several writers at once, and one that gives work to agents. */
  start(work: readonly Profile[]): void {
    this.#loops = [this.#write(), this.#write(), this.#write(), this.#assign(work)];
  }

  /** Writes nothing new; settles when all that was begun is acknowledged. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#loops);
  }

  async #write(): Promise<void> {
    while (!this.#isStopping) {
      const issueId = this.#chance.pick(this.#plain);
      if (issueId === undefined || this.#chance.is(0.4)) await this.#create(null);
      else await this.#comment(issueId);
      await sleep(this.#chance.between(10, 120));
    }
  }

  async #assign(work: readonly Profile[]): Promise<void> {
    for (const profile of work) {
      const agentId = this.#company.agents[profile];
      if (this.#chance.is(0.2)) await this.#wake(agentId);
      else {
        const issueId = await this.#create(agentId);
        // Often while the run is at it: the wake that follows waits for the run's end, or merges into a queued one.
        if (issueId && this.#chance.is(0.3) && profile !== 'long') await this.#comment(issueId);
      }
      await sleep(this.#chance.between(0, 400));
    }
  }

  async #create(assigneeId: string | null): Promise<string | null> {
    const mark = randomUUID();
    const id = await this.#written('issue', CREATE, mark, { companyId: this.#company.id, title: `issue ${mark} é😀`, assigneeId });
    if (id && assigneeId === null) this.#plain.push(id);
    return id;
  }

  async #comment(issueId: string): Promise<void> {
    const mark = randomUUID();
    await this.#written('comment', COMMENT, mark, { issueId, body: `comment ${mark} é😀`, reopen: false });
  }

  async #wake(agentId: string): Promise<void> {
    const answer = await insist(this.#address, WAKE, { input: { agentId, idempotencyKey: randomUUID() } }, () => this.#tally.count('requests repeated after an outage'));
    if (answer.kind === 'refused') this.#refused(answer.message);
  }

  /** An impatient client sends it twice at once now and then: it counts once, and both get the same answer. */
  async #written(kind: Acknowledged['kind'], query: string, mark: string, fields: Record<string, unknown>): Promise<string | null> {
    const input = { ...fields, idempotencyKey: mark };
    const copies = this.#chance.is(0.1) ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: copies }, () =>
      insist<{ written: { id: string } }>(this.#address, query, { input }, () => this.#tally.count('requests repeated after an outage'))));
    const ids = new Set<string>();
    for (const answer of answers) {
      if (answer.kind === 'refused') this.#refused(`${kind}: ${answer.code} ${answer.message}`);
      else ids.add(answer.data.written.id);
    }
    if (ids.size > 1) this.problems.push({ check: 'applied once', text: `${kind} ${mark} was answered with ${ids.size} ids` });
    const [id] = ids;
    if (id !== undefined) this.acknowledged.push({ kind, id, mark });
    return id ?? null;
  }

  #refused(text: string): void {
    this.problems.push({ check: 'writes are taken', text });
  }
}
