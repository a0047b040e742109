import { createHmac, hkdfSync } from 'node:crypto';

export const SIGNING_KEY_PREFIX = 'whsec_';

/**
 * The key that signs a target's webhooks. Derived from the instance's, so that no row of a target holds it, and a new version ends
 * the former. The instance's key is in the database: whoever reads a whole copy of that can sign.
 */
export function signingKeyOf(instanceKey: Uint8Array, target: { id: string; keyVersion: number }): string {
  const bytes = hkdfSync('sha256', instanceKey, new Uint8Array(), `notification-target:${target.id}:${target.keyVersion}`, 32);
  return SIGNING_KEY_PREFIX + Buffer.from(bytes).toString('hex');
}

/** The value of the header Boardroom-Signature: the time is signed with the body, so that an old message cannot be sent again later. */
export function signatureOf(signingKey: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', signingKey).update(`${seconds}.${body}`).digest('hex')}`;
}
