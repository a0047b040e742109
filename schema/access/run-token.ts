import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** What a run token says. It is good only while its run is running: whoever checks one looks the run up. */
export interface RunClaims {
  agentId: string;
  companyId: string;
  runId: string;
}

const ISSUER = 'boardroom';
const ALGORITHM = 'HS256';
/** A bound, should a run never end; the run's end ends the token long before. */
const LIFETIME = '7d';

/** Each company's tokens are signed with a key of their own, derived from the instance's. */
function keyOf(signingKey: Uint8Array, companyId: string): Uint8Array {
  return createHmac('sha256', signingKey).update(`run-token:${companyId}`).digest();
}

/** A token for one run of one agent. */
export function signRunToken(signingKey: Uint8Array, { agentId, companyId, runId }: RunClaims): Promise<string> {
  return new SignJWT({ company: companyId, run: runId })
    .setProtectedHeader({ alg: ALGORITHM, kid: companyId }).setSubject(agentId).setIssuer(ISSUER).setAudience(ISSUER).setIssuedAt().setExpirationTime(LIFETIME)
    .sign(keyOf(signingKey, companyId));
}

/** The claims of a token that this instance signed and that has not expired, else null. */
export async function readRunToken(signingKey: Uint8Array, token: string): Promise<RunClaims | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(signingKey, kid ?? ''), { issuer: ISSUER, audience: ISSUER, algorithms: [ALGORITHM] });
    const { sub, company, run } = payload as { sub?: string; company?: unknown; run?: unknown };
    return sub && typeof company === 'string' && typeof run === 'string' ? { agentId: sub, companyId: company, runId: run } : null;
  } catch {
    return null;
  }
}
