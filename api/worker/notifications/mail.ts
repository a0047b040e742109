import type { Outcome } from '../../../schema/notification/rules.ts';

/** Less than the shortest wait between two attempts, so that they never overlap. */
const TIMEOUT_MS = 20_000;

export interface MailSettings {
  smtpUrl: string;
  from: string;
}

export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** A mail server that refuses a password may say it back, as it is or as it was sent. */
function withoutPassword(smtpUrl: string, message: string): string {
  const { username, password } = new URL(smtpUrl);
  if (!password) return message;
  const [user, said] = [decodeURIComponent(username), decodeURIComponent(password)];
  const forms = [said, password, ...[said, `\0${user}\0${said}`].map((text) => Buffer.from(text).toString('base64'))];
  return forms.reduce((text, form) => text.replaceAll(form, '[redacted]'), message);
}

/** Hands one mail to the mail server. Whatever goes wrong is an outcome; nothing is thrown. */
export async function sendMail({ smtpUrl, from }: MailSettings, { id, to, subject, text }: Mail): Promise<Outcome> {
  // Loaded with the first mail: most installations send none.
  const { createTransport } = await import('nodemailer');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const transport = createTransport(smtpUrl, { disableFileAccess: true, disableUrlAccess: true });
  try {
    const sent = await transport.sendMail({
      // The same id at every attempt: mail programs show what came twice once.
      from, to: { name: '', address: to }, subject, text, messageId: `<${id}@boardroom>`, headers: { 'Boardroom-Delivery': id, 'Auto-Submitted': 'auto-generated' }, signal,
    });
    return { arrived: true, status: Number(/^\d{3}/.exec(sent.response)?.[0] ?? 250) };
  } catch (error) {
    const { responseCode, message } = error as Error & { responseCode?: number };
    return { arrived: false, status: responseCode ?? null, error: signal.aborted ? `the mail server took longer than ${TIMEOUT_MS / 1000} s` : withoutPassword(smtpUrl, message) };
  } finally {
    transport.close();
  }
}
