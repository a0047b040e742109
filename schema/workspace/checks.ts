import { badInput } from '../shared/refusal.ts';
import { clip, requiredText } from '../shared/text.ts';

const TEMPLATE_MAX = 120;
const PATH_MAX = 1_000;

/** A branch template as it is to be stored: it must tell issues apart. */
export function checkedTemplate(template: string): string {
  const text = requiredText('branchTemplate', template, TEMPLATE_MAX);
  if (!text.includes('{identifier}')) throw badInput('branchTemplate', 'must contain {identifier}, which tells the branches of two issues apart');
  const unknown = /\{(?!identifier\}|slug\})[^}]*\}?/.exec(text);
  if (unknown) throw badInput('branchTemplate', `knows {identifier} and {slug}, not ${unknown[0]}`);
  return text;
}

/** A folder on the worker's machine, as it is to be stored. */
export function checkedFolder(path: string): string {
  const text = requiredText('path', path, PATH_MAX);
  if (!text.startsWith('/')) throw badInput('path', 'must begin with /: the folder as the worker\'s machine names it');
  if (/[\n\r]/.test(text)) throw badInput('path', 'must be one line');
  if (text.split('/').includes('..')) throw badInput('path', 'must not contain ..');
  return text.replace(/\/+$/, '') || '/';
}

/** What a branch may start from: a name or a commit, and nothing that git would take for an option or a range. */
export function checkedBaseRef(ref: string): string {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_./@+-]*$/.test(ref) || ref.includes('..') || ref.includes('@{')) throw badInput('baseRef', 'must be a branch, a tag or a commit');
  return ref;
}

const LOG_MAX = 64 * 1024;
const MESSAGE_MAX = 2_000;

/** What a program printed, as Postgres can store it: the end of it. */
export function storableLog(text: string): string {
  const clean = text.replaceAll('\0', '\uFFFD').toWellFormed();
  return clean.length <= LOG_MAX ? clean : clean.slice(-LOG_MAX).toWellFormed();
}

export function storableMessage(text: string): string {
  return clip(text.replaceAll('\0', '\uFFFD').toWellFormed(), MESSAGE_MAX);
}
