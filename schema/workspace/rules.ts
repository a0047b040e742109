export const BRANCH_TEMPLATE = 'boardroom/{identifier}-{slug}';
const SLUG_MAX = 40;
const BRANCH_MAX = 180;

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
