import { badInput } from '../shared/refusal.ts';
import { clip, requiredText } from '../shared/text.ts';

export const BRANCH_TEMPLATE = 'boardroom/{identifier}-{slug}';
const TEMPLATE_MAX = 120;
const SLUG_MAX = 40;
const BRANCH_MAX = 180;
const PATH_MAX = 1_000;

/** A branch template as it is to be stored: it must tell issues apart. */
export function checkedTemplate(template: string): string {
  const text = requiredText('branchTemplate', template, TEMPLATE_MAX);
  if (!text.includes('{identifier}')) throw badInput('branchTemplate', 'must contain {identifier}, which tells the branches of two issues apart');
  const unknown = /\{(?!identifier\}|slug\})[^}]*\}?/.exec(text);
  if (unknown) throw badInput('branchTemplate', `knows {identifier} and {slug}, not ${unknown[0]}`);
  return text;
}

/** The branch of an issue: a name that git, a file system and a shell's reader all take as it is. */
export function branchNameOf(template: string, { identifier, title }: { identifier: string; title: string }): string {
  const filled = template.replaceAll('{identifier}', identifier).replaceAll('{slug}', slugOf(title));
  const parts = filled.split('/').map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/\.{2,}/g, '.').replace(/-{2,}/g, '-').replace(/^[.-]+|[.-]+$/g, '').replace(/\.lock$/i, '-lock'));
  const name = parts.filter((part) => part !== '').join('/').slice(0, BRANCH_MAX).replace(/[./-]+$/, '');
  return name === '' ? identifier : name;
}

/** A title as a part of a name; empty where nothing of it can be one. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return plain.slice(0, SLUG_MAX).replace(/-+$/, '');
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
