/** What stands in the place of something secret in stored text. */
export const REDACTED = '[redacted]';

/** Beginnings of tokens that tell what they are: ours, and those of providers whose keys agents use. */
const PREFIX = String.raw`(?:brk_|sk-|rk_live_|sk_live_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA|ASIA|AIza|npm_)`;
const LABEL = String.raw`(?:api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|token|secret|passw(?:or)?d|passphrase|credentials?|authorization|cookie)`;

/** Shapes that are secrets wherever they stand. Each is tried on every text that is stored for people's eyes, so none may take more than linear time. */
const TOKENS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // Of JSON web tokens also those without a signature.
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  new RegExp(String.raw`\b${PREFIX}[\w-]{8,}`, 'g'),
  // A user and a password before a host.
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,200}:[^\s/@]{1,500}(?=@)/gi,
  // What is left of one where a text was cut short.
  new RegExp(String.raw`(?:\b${PREFIX}|\beyJ)[\w.-]*(?=…)`, 'g'),
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,200}:[^\s/@]{0,500}(?=…)/gi,
];

/** What a text calls a secret. It needs a colon, an equals sign or the dashes of an option behind or before the word: "the token expires" is none. */
const CALLED: readonly RegExp[] = [
  /(\b(?:bearer|basic)\s+)[\w.~+/=-]{6,}/gi,
  new RegExp(String.raw`(${LABEL}["']?\s{0,4}[:=]\s{0,4}["']?)(?!\[redacted\])[^\s"',;&]{4,}`, 'gi'),
  new RegExp(String.raw`(--[\w-]{0,40}${LABEL}[\s=]["']?)(?!\[redacted\])[^\s"',;]{4,}`, 'gi'),
  new RegExp(String.raw`(${LABEL}["']?\s{0,4}[:=]\s{0,4}["']?)(?!\[redacted\])[^\s"',;&]{1,3}(?=…)`, 'gi'),
];

const without = (shapes: readonly RegExp[], text: string, sign: string): string =>
  shapes.reduce((shown, shape) => shown.replace(shape, (_match, label: unknown) => `${typeof label === 'string' ? label : ''}${sign}`), text);

/** A text for people's eyes: what looks like a secret is replaced, and what it was called stays. */
export function withoutSecrets(text: string, sign: string = REDACTED): string {
  return without(CALLED, without(TOKENS, text, sign), sign);
}

/** As withoutSecrets, by shape alone: for sentences of our own, which name fields ("token: must not be empty") and may quote what was given. */
export function withoutTokens(text: string, sign: string = REDACTED): string {
  return without(TOKENS, text, sign);
}

/** Names of fields whose text is secret whatever it looks like. Plurals are figures (`inputTokens`) or lists of names. */
const SECRET_NAME = new RegExp(String.raw`(?:${LABEL}|bearer|jwt|connection[_-]?string)$`, 'i');
/** An argument after which the secret stands that it names: `--token`, `-password`. */
const SECRET_OPTION = new RegExp(String.raw`^--?[\w-]{0,40}${LABEL}$`, 'i');

/** Whether a field of this name holds a secret, whatever it looks like. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether the argument after this one is a secret. */
export function namesSecret(argument: unknown): boolean {
  return typeof argument === 'string' && SECRET_OPTION.test(argument);
}

/** Names of objects whose every value is. */
const SECRET_OBJECT = /^(?:env|environment|headers)$/i;

/** A JSON value without secrets: texts by their shape, and by the name of the field that they stand in. */
export function valueWithoutSecrets(value: unknown, name = '', isSecret = false): unknown {
  if (typeof value === 'string') return isSecret || isSecretName(name) ? (value === '' ? value : REDACTED) : withoutSecrets(value);
  if (Array.isArray(value)) return value.map((each, at) => valueWithoutSecrets(each, name, isSecret || namesSecret(value[at - 1])));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  const isAll = isSecret || SECRET_OBJECT.test(name);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [withoutSecrets(key), valueWithoutSecrets(each, key, isAll)]));
}
