import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const DOCUMENT = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;
const FRAGMENT = /^\s*fragment\s+(\w+)\s/;
const SPREAD = /\.\.\.\s*(?!on\b)(\w+)/g;

/** Blank space means nothing in a document. */
const tight = (source: string): string => source.replaceAll(/\s+/g, ' ').replaceAll(/ ?([{}(),:!]) ?/g, '$1').trim();

/** A document with the fragments that it names, and those that they name, each once. */
export function withFragments(source: string, fragments: ReadonlyMap<string, string>): string {
  const wanted = new Set<string>();
  const follow = (text: string): void => {
    for (const [, name = ''] of text.matchAll(SPREAD)) {
      const fragment = fragments.get(name);
      if (!fragment || wanted.has(name)) continue;
      wanted.add(name);
      follow(fragment);
    }
  };
  follow(source);
  return [source, ...[...wanted].map((name) => fragments.get(name) ?? '')].map(tight).join(' ');
}

/**
 * Puts the text of each graphql(`…`) where it stands. The generated table gives types and checks; built into the page it
 * would bring every document of every screen, parsed, to the first one.
 */
export function documents(sources: string): Plugin {
  let fragments = new Map<string, string>();
  const gather = () => {
    const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.includes('generated'))
      .map((path) => readFileSync(join(sources, path), 'utf8'));
    const found = texts.flatMap((text) => [...text.matchAll(DOCUMENT)].map(([, body = '']) => body));
    fragments = new Map(found.flatMap((body) => (FRAGMENT.exec(body)?.[1] ? [[FRAGMENT.exec(body)?.[1] ?? '', body] as const] : [])));
  };
  return {
    name: 'boardroom:documents',
    enforce: 'pre',
    buildStart: gather,
    transform(code, id) {
      if (id.includes('/generated/') || !code.includes('graphql(`') || !/\.tsx?$/.test(id)) return null;
      // A fragment that was written or changed since, while developing.
      if (this.environment.mode === 'dev') gather();
      return { code: code.replaceAll(DOCUMENT, (_, body: string) => JSON.stringify(withFragments(body, fragments))), map: null };
    },
  };
}
