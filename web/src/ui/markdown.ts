import createDOMPurify, { type DOMPurify } from 'dompurify';
import { Marked, type TokenizerAndRendererExtension } from 'marked';

const TAGS = [
  'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'input',
  'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sub', 'sup', 'kbd', 'details', 'summary',
];
const ATTRIBUTES = ['href', 'title', 'start', 'align', 'type', 'checked', 'disabled', 'class'];

/** ACME-12 written anywhere is a link to it. */
function identifiers(prefix: string, hrefOf: (identifier: string) => string): TokenizerAndRendererExtension {
  const pattern = new RegExp(`^${prefix}-[1-9]\\d{0,8}\\b`);
  return {
    name: 'identifier',
    level: 'inline',
    start: (source) => {
      const at = source.search(new RegExp(`(?<![\\w-])${prefix}-\\d`));
      return at === -1 ? undefined : at;
    },
    tokenizer: (source) => {
      const identifier = pattern.exec(source)?.[0];
      return identifier ? { type: 'identifier', raw: identifier, text: identifier } : undefined;
    },
    renderer: (token) => `<a href="${hrefOf(token['text'] as string)}">${token['text'] as string}</a>`,
  };
}

let purify: DOMPurify | undefined;

/** What people and agents write is theirs, not ours: only plain formatting survives, and nothing is fetched from elsewhere. */
function clean(html: string): string {
  if (!purify) {
    purify = createDOMPurify(window);
    purify.addHook('afterSanitizeAttributes', (node) => {
      if (node.tagName === 'A' && /^(https?|mailto):/i.test(node.getAttribute('href') ?? '')) {
        node.setAttribute('target', '_blank');
        node.setAttribute('rel', 'noopener noreferrer nofollow');
      }
      // Of inputs only the boxes of task lists, and those are not for pressing.
      if (node.tagName === 'INPUT') {
        if (node.getAttribute('type') === 'checkbox') node.setAttribute('disabled', '');
        else node.remove();
      }
      if (node.hasAttribute('class') && !/^language-[\w+-]+$/.test(node.getAttribute('class') ?? '')) node.removeAttribute('class');
    });
  }
  return purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\/(?![/\\])|#)/i,
    ADD_URI_SAFE_ATTR: ['type', 'checked', 'disabled', 'start', 'align'],
  });
}

const engines = new Map<string, Marked>();

function engineOf(prefix: string | undefined, hrefOf: (identifier: string) => string): Marked {
  const known = engines.get(prefix ?? '');
  if (known) return known;
  const engine = new Marked({
    gfm: true,
    breaks: true,
    renderer: {
      // Raw HTML shows as what was typed.
      html: ({ text }) => escape(text),
      // A picture would tell its server who reads this, and when.
      image: ({ href, text }) => (/^https?:/i.test(href) ? `<a href="${escape(href)}">${escape(text || href)}</a>` : escape(text)),
    },
  });
  if (prefix && /^[A-Z][A-Z0-9]{0,9}$/.test(prefix)) engine.use({ extensions: [identifiers(prefix, hrefOf)] });
  engines.set(prefix ?? '', engine);
  return engine;
}

/** Markdown as safe HTML. With a company's `prefix`, its issues' identifiers become links. */
export function renderMarkdown(text: string, prefix?: string, hrefOf: (identifier: string) => string = (identifier) => `/${prefix ?? ''}/issues/${identifier}`): string {
  return clean(engineOf(prefix, hrefOf).parse(text, { async: false }));
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
