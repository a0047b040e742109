import { useLocation } from '@solidjs/router';
import { createEffect, on } from 'solid-js';
import type { IssueDetail } from './issue.ts';

/** Goes where the address points within an issue: `#comment-…`, `#interaction-…`; `#document-plan` (or its id) opens it. */
export function followHash(issue: () => IssueDetail, openDocument: (key: string) => void): void {
  const location = useLocation();
  createEffect(
    on(() => location.hash.slice(1), (hash) => {
      const name = /^document-([\w-]+)/.exec(hash)?.[1];
      const document = name ? issue().documents.nodes.find(({ id, key }) => id === name || key === name) : undefined;
      if (document) openDocument(document.key);
      else if (hash) queueMicrotask(() => globalThis.document.getElementById(hash)?.scrollIntoView({ block: 'center' }));
    }),
  );
}
