import { boundedJson, boundedText } from '../bounded.ts';
import type { Accepted, Json, Outcome, RunContext } from '../contract.ts';
import { templateValues } from '../prompt.ts';
import { fillTemplate } from '../template.ts';
import { outcomeOfAnswer } from './completion.ts';
import type { HttpConfig } from './config.ts';
import { failureOfStatus, failureWithoutAnswer } from './errors.ts';
import type { Answer } from './exchange.ts';
import { exchange } from './exchange.ts';

const longestLoggedBody = 64 * 1024;

/** Wakes the agent: one request, whose answer either accepts the run or ends it. */
export async function startByRequest(
  context: RunContext<HttpConfig>, signal: AbortSignal, log: (text: string) => void = () => {},
): Promise<Accepted | Outcome> {
  const { config, run } = context;
  const url = shownUrl(config.url);
  const body = JSON.stringify(requestBody(context));
  log(`${config.method} ${url} with ${Buffer.byteLength(body)} bytes\n`);
  const answer = await exchange({
    url: config.url, method: config.method, body, timeoutMs: config.timeoutMs, signal,
    // The run's id tells a repeated request from a new one: a worker that died in between asks again.
    headers: { ...config.headers, 'content-type': 'application/json', 'idempotency-key': run.id },
  });
  if ('failure' in answer) {
    log(`No answer: ${answer.message}\n`);
    return failureWithoutAnswer(answer, url);
  }
  const safe = withoutSecret(answer, context.env['BOARDROOM_API_KEY']);
  log(`Answered ${safe.status}\n${safe.body === '' ? '' : `${boundedText(safe.body, longestLoggedBody)}\n`}`);
  const failure = failureOfStatus(safe, url, new Date());
  if (failure !== null) return failure;
  if (config.completion === 'response') return outcomeOfAnswer(safe);
  return {
    kind: 'accepted', message: `Accepted with ${safe.status}`,
    handle: { runId: run.id, agentId: context.agent.id, answer: jsonIn(safe) },
  };
}

/** Tells the service that nobody waits for the run any more; whether it listens is its own affair. */
export async function cancelByRequest(config: HttpConfig, handle: Json, signal: AbortSignal): Promise<void> {
  if (config.cancelUrl === undefined) return;
  await exchange({
    url: config.cancelUrl, method: 'POST', body: JSON.stringify(handle), timeoutMs: config.timeoutMs, signal,
    headers: { ...config.headers, 'content-type': 'application/json' },
  });
}

/** A query string may hold a key, so people are shown the rest. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The configured fields, then Boardroom's own: who is woken, why, about what, and how to answer later. */
function requestBody(context: RunContext<HttpConfig>): Record<string, unknown> {
  const { agent, company, run, issue, wake, env, config } = context;
  return {
    ...(filled(config.body, templateValues(context)) as Record<string, unknown>),
    agentId: agent.id, companyId: company.id, runId: run.id,
    context: { source: run.source, ...wake },
    issue,
    callback: { url: `${env['BOARDROOM_API_URL'] ?? ''}/graphql`, token: env['BOARDROOM_API_KEY'] ?? '', mutation: 'completeRun', runId: run.id },
  };
}

function filled(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return fillTemplate(value, values);
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
}

/** A service that echoes what it was sent must not put the run's token into the log. */
function withoutSecret(answer: Answer, secret: string | undefined): Answer {
  return secret ? { ...answer, body: answer.body.replaceAll(secret, '[run token]') } : answer;
}

function jsonIn({ headers, body, isCut }: Answer): Json {
  if (isCut || !(headers['content-type'] ?? '').includes('json')) return null;
  try {
    return boundedJson(JSON.parse(body));
  } catch {
    return null;
  }
}
