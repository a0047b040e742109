import type { Invocation } from '../../../adapters/contract.ts';
import { HIDDEN } from './veil.ts';

/** Shorter values hide too much else: a password of `a` would blank every a. */
const MIN_LENGTH = 6;
/** Longer ones are documents and not secrets. */
const MAX_LENGTH = 4_096;
const ARGUMENT_MAX = 2_000;
const SECRET_NAME = /(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|AUTH)/i;

/** What people may see of an invocation: the command and its arguments without secrets, and of the environment only names. */
export function describeInvocation(invocation: Invocation, cwd: string, environment: Readonly<Record<string, string>>): Record<string, unknown> {
  const secrets = secretValues(environment);
  return {
    command: hide(invocation.command, secrets),
    args: invocation.args.map((argument) => shorten(hide(argument, secrets))),
    cwd,
    envNames: Object.keys(environment).sort(),
    promptBytes: invocation.stdin === undefined ? null : Buffer.byteLength(invocation.stdin),
  };
}

/** Values whose name says that they are secret, longest first so that one within another is hidden whole. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => SECRET_NAME.test(name) && value.length >= MIN_LENGTH && value.length <= MAX_LENGTH)
    .map(([, value]) => value)
    .sort((a, b) => b.length - a.length);
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
}

function shorten(text: string): string {
  return text.length <= ARGUMENT_MAX ? text : `${text.slice(0, ARGUMENT_MAX)}…`;
}
