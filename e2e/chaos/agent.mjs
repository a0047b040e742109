import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// An agent that can be checked: it prints numbered lines to both streams, in pieces that cut characters apart, and meanwhile
// checks its issue out, comments, reports a cost and finishes. What it did and what was acknowledged it writes to a file of
// its own, which nobody kills.

const { env } = process;
const lines = Number(env.CHAOS_LINES);
const pauseMs = Number(env.CHAOS_PAUSE_MS);
const burst = Number(env.CHAOS_BURST);
const exitCode = Number(env.CHAOS_EXIT);
const runId = env.BOARDROOM_RUN_ID;
const issueId = env.BOARDROOM_TASK_ID;

const witness = (entry) => appendFileSync(`${env.CHAOS_WITNESS}/${runId}`, `${JSON.stringify(entry)}\n`);
witness({ what: 'start', pid: process.pid });

class Disowned extends Error {}

/** Asks until there is an answer; the keys of the mutations make that safe. */
async function ask(query, variables) {
  for (;;) {
    try {
      const response = await fetch(`${env.BOARDROOM_API_URL}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${env.BOARDROOM_API_KEY}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(4_000),
      });
      const { data, errors } = await response.json();
      if (!errors) return data;
      const { code } = errors[0].extensions ?? {};
      if (code === 'UNAUTHENTICATED') throw new Disowned();
      if (code !== undefined && code !== 'INTERNAL') return { refused: code, message: errors[0].message };
    } catch (error) {
      if (error instanceof Disowned) throw error;
    }
    await sleep(100);
  }
}

async function talk() {
  if (issueId) {
    const { checkoutIssue } = await ask('mutation($i: ID!) { checkoutIssue(input: { issueId: $i }) { __typename } }', { i: issueId });
    witness({ what: 'checkout', answer: checkoutIssue?.__typename ?? null });
    const comment = await ask(
      'mutation($i: ID!, $b: String!, $k: String!) { addComment(input: { issueId: $i, body: $b, idempotencyKey: $k }) { id } }',
      { i: issueId, b: `from run ${runId}`, k: `${runId}:comment` },
    );
    witness({ what: 'comment', id: comment.addComment?.id ?? null, refused: comment.refused });
  }
  const cost = await ask(
    'mutation($k: String!) { reportCost(input: { provider: "chaos", model: "numbers", costMicros: "1000", idempotencyKey: $k }) { id } }',
    { k: `${runId}:cost` },
  );
  witness({ what: 'cost', id: cost.reportCost?.id ?? null, refused: cost.refused });
}

/** The whole issue is done only once everything is printed: a finished issue cancels what waits for it. */
async function finish() {
  if (!issueId || exitCode !== 0) return;
  const { updateIssue, refused } = await ask('mutation($i: ID!) { updateIssue(input: { issueId: $i, status: DONE }) { __typename } }', { i: issueId });
  witness({ what: 'done', answer: updateIssue?.__typename ?? null, refused });
}

async function print(name, stream) {
  for (let n = 1; n <= lines; n += 1) {
    const padding = n % 97 === 0 ? 'long '.repeat(6_000) : '.'.repeat((n * 7) % 60);
    const bytes = Buffer.from(`${name} ${n} é€😀${padding}\n`);
    // Within a character as often as not.
    const cut = Math.min(bytes.length - 1, name.length + 2 + (n % 14));
    stream.write(bytes.subarray(0, cut));
    if (n % 5 === 0) await sleep(1);
    stream.write(bytes.subarray(cut));
    if (n % burst === 0) await sleep(pauseMs);
  }
}

try {
  await Promise.all([print('out', process.stdout), print('err', process.stderr), talk()]);
  await finish();
  witness({ what: 'end', code: exitCode });
  process.exitCode = exitCode;
} catch (error) {
  witness({ what: error instanceof Disowned ? 'disowned' : 'fault', message: String(error) });
  process.exitCode = 70;
}
