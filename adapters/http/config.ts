import { z } from 'zod';

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be a URL that starts with http:// or https://' }).max(4_000)
  .refine((url) => !hasCredentials(url), 'must not contain a user or password; use headers, which are kept secret');

/** Set by Boardroom, or by HTTP itself. */
const reserved = ['connection', 'content-length', 'content-type', 'host', 'idempotency-key', 'transfer-encoding'];

const headers = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not a name of a header')
    .refine((name) => !reserved.includes(name.toLowerCase()), 'is set by Boardroom'),
  z.string().max(8_000).regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a header holds one line of plain text'),
);

export const httpConfig = z.strictObject({
  url: httpUrl.describe('Where the agent is woken.'),
  method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
  headers: headers.default({}).describe('Sent with each request, such as authorization. Values are never shown again.'),
  body: z.record(z.string(), z.json()).default({})
    .describe('Fields sent along with Boardroom’s own. {{agent.name}}, {{issue.identifier}} and the like are filled in.'),
  completion: z.enum(['callback', 'response']).default('callback')
    .describe('callback: the run goes on until completeRun is called with its token; response: the answer ends the run.'),
  timeoutMs: z.number().int().min(100).max(24 * 3_600_000).default(15_000).describe('Wait so long for the whole answer.'),
  timeoutSec: z.number().int().min(0).max(7 * 86_400).default(3_600).describe('Wait so long for the callback; 0 = for ever.'),
  cancelUrl: httpUrl.optional().describe('Told with a POST when an accepted run is cancelled or timed out.'),
});

export type HttpConfig = z.infer<typeof httpConfig>;

function hasCredentials(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
