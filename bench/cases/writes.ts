import { type Bench, compare } from '../compare.ts';
import { figure, type Measured, rounded } from '../figures.ts';
import { bodyOf, COMMENT, CREATE } from '../operations.ts';
import type { Stage } from '../stage/stage.ts';

const AT_ONCE = 500;

/** Everything that writes, at each number of clients: rows for nobody, and rows that wake an agent. */
export async function measureWrites(bench: Bench, stage: Stage, wanted: (name: string) => boolean): Promise<void> {
  const { data } = stage;
  const create = (more: object) => [bodyOf(CREATE, { input: { companyId: data.companyId, title: 'Something that has to be done', description: 'And why it matters.', ...more } })];
  const comment = (issues: string[]) => issues.map((issueId) => bodyOf(COMMENT, { input: { issueId, body: 'Something to be said about it.' } }));
  for (const clients of bench.options.clients) {
    if (wanted('create')) await compare(bench, stage, { case: 'create', work: 'create an issue', clients, bodies: create({}), bare: 'createIssue' });
    if (wanted('comment')) await compare(bench, stage, { case: 'comment', work: 'comment on an issue', clients, bodies: comment(data.unassigned), bare: 'addComment' });
    if (wanted('comment-wakes')) await compare(bench, stage, { case: 'comment-wakes', work: 'comment that wakes the issue\'s agent', clients, bodies: comment(data.assigned), bare: 'addComment' });
    if (wanted('create-wakes')) {
      await compare(bench, stage, { case: 'create-wakes', work: 'create an issue for an agent, who is woken', clients, bodies: data.agentIds.flatMap((assigneeId) => create({ assigneeId })), bare: 'createIssue' });
    }
  }
  if (wanted('comments-at-once')) await commentsAtOnce(bench, stage, comment(data.assigned.concat(data.unassigned)));
}

/** 500 clients, one comment each, at the same moment. */
async function commentsAtOnce({ loader, add }: Bench, { servers, data }: Stage, bodies: string[]): Promise<void> {
  const measure = async (variant: 'boardroom' | 'yoga' | 'node'): Promise<Measured> => {
    const order = { kind: 'steady', port: servers[variant].port, path: variant === 'node' ? '/addComment' : '/graphql', clients: AT_ONCE, bodies, count: AT_ONCE } as const;
    const { seconds, perSecond, p50Ms, p95Ms, maxMs, failed, requests } = await loader.run(order);
    return rounded({ seconds, perSecond, p50Ms, p95Ms, maxMs, failed: failed + (AT_ONCE - requests) });
  };
  const boardroom = await measure('boardroom');
  add(figure({ case: 'comments-at-once', work: '500 comments at once, half of them waking an agent', issues: data.issues, clients: AT_ONCE, boardroom, baselines: { yoga: await measure('yoga'), node: await measure('node') } }));
}
