const FILENAME_MAX = 200;

/** The last part of a path, without what file systems and headers choke on; `file` where nothing is left. */
export function safeFilename(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"<>:|?*]/gu, '').replace(/\s+/g, ' ').trim().replace(/^\.+$/, '');
  if (clean === '') return 'file';
  if (clean.length <= FILENAME_MAX) return clean;
  const extension = /\.[A-Za-z0-9]{1,12}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, FILENAME_MAX - extension.length).toWellFormed().replace(/\ufffd$/, '') + extension;
}

const bytes = (...values: number[]) => values;
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** Kinds of files by how they begin; null stands for any byte. */
const signatures: [string, (number | null)[]][] = [
  ['image/png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['image/jpeg', bytes(0xff, 0xd8, 0xff)],
  ['image/gif', ascii('GIF8')],
  ['image/webp', [...ascii('RIFF'), null, null, null, null, ...ascii('WEBP')]],
  ['image/avif', [null, null, null, null, ...ascii('ftypavif')]],
  ['video/mp4', [null, null, null, null, ...ascii('ftyp')]],
  ['video/webm', bytes(0x1a, 0x45, 0xdf, 0xa3)],
  ['application/pdf', ascii('%PDF-')],
  ['application/zip', bytes(0x50, 0x4b, 0x03, 0x04)],
  ['application/gzip', bytes(0x1f, 0x8b)],
];

/** Texts are told by their names: nothing in them says what they are. */
const texts: Record<string, string> = {
  txt: 'text/plain', log: 'text/plain', diff: 'text/plain', patch: 'text/plain', md: 'text/markdown', markdown: 'text/markdown', csv: 'text/csv', json: 'application/json',
  html: 'text/html', htm: 'text/html', svg: 'image/svg+xml', xml: 'application/xml', js: 'text/javascript', mjs: 'text/javascript', css: 'text/css',
  yaml: 'text/yaml', yml: 'text/yaml', ts: 'text/plain', tsx: 'text/plain', py: 'text/plain', sh: 'text/plain', sql: 'text/plain',
};

/** What a file is, by its own first bytes, then by its name; never by what the sender says. */
export function contentTypeOf(filename: string, head: Uint8Array): string {
  const known = signatures.find(([, signature]) => head.length >= signature.length && signature.every((byte, i) => byte === null || head[i] === byte));
  if (known) return known[0];
  const extension = /\.([A-Za-z0-9]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  if (!Object.hasOwn(texts, extension) || !isText(head)) return 'application/octet-stream';
  return texts[extension] as string;
}

/** No NUL, and UTF-8 but for a character that may be cut off at the end. */
function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'text/plain', 'text/markdown', 'text/csv'];

/** Whether a browser may show it in the board's own origin: pictures of dots, and texts that it takes for nothing else. */
export function isShown(contentType: string): boolean {
  return SHOWN.includes(contentType);
}

/** As it is served: what is shown as text is plain text. */
export function servedType(contentType: string): string {
  if (contentType === 'text/markdown' || contentType === 'text/csv') return 'text/plain; charset=utf-8';
  return contentType.startsWith('text/') || contentType === 'application/json' ? `${contentType}; charset=utf-8` : contentType;
}
