import { constants } from 'node:fs';
import { lstat, open, opendir, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Entry, EntryList, FileText, WorkspaceFault, WorkspaceFolder } from '../contract.ts';
import { unusableFolder } from './folder.ts';
import { fault } from './git.ts';

const ENTRIES_MAX = 1_000;
const FILE_BYTES = 512 * 1024;
const PATH_MAX = 1_000;
/** A byte of zero so early means that it is no text: what git goes by, too. */
const BINARY_LOOK = 8_000;

/**
 * Where a path below a workspace's folder leads by its words: never out of the folder, and never into git's own files, which
 * hold addresses and credentials. What the folder's links make of it is asked when it is opened.
 */
export function placeWithin(root: string, path: string): { place: string; fault: null } | { place: null; fault: WorkspaceFault } {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const isRefused = path.startsWith('/') || path.length > PATH_MAX || /[\0\n\r\\]/.test(path) || parts.some((part) => part === '..' || isGits(part));
  if (isRefused) return { place: null, fault: refused(path) };
  return { place: join(root, ...parts), fault: null };
}

export async function listFolder({ path: root }: WorkspaceFolder, below: string): Promise<EntryList | WorkspaceFault> {
  const opened = await realPlace(root, below);
  if (typeof opened !== 'string') return opened;
  const found = await lstat(opened).catch(() => null);
  if (!found) return gone(below);
  if (!found.isDirectory()) return fault('WORKSPACE_NOT_A_FOLDER', `${below} is not a folder`, 'Ask for its text instead.');
  const names: string[] = [];
  let isTruncated = false;
  const folder = await opendir(opened);
  for await (const { name } of folder) {
    if (isGits(name)) continue;
    if (names.length === ENTRIES_MAX) {
      isTruncated = true;
      break;
    }
    names.push(name);
  }
  const prefix = below.split('/').filter((part) => part !== '' && part !== '.').join('/');
  const entries = await Promise.all(names.sort().map(async (name): Promise<Entry | null> => {
    const each = await lstat(join(opened, name)).catch(() => null);
    if (!each) return null; // it went meanwhile
    const kind = each.isSymbolicLink() ? 'LINK' : each.isDirectory() ? 'FOLDER' : each.isFile() ? 'FILE' : 'OTHER';
    return { name: name.toWellFormed(), path: prefix === '' ? name : `${prefix}/${name}`, kind, byteSize: kind === 'FILE' ? each.size : 0 };
  }));
  return { kind: 'entries', entries: entries.filter((entry) => entry !== null), isTruncated };
}

export async function readText({ path: root }: WorkspaceFolder, file: string): Promise<FileText | WorkspaceFault> {
  const missing = (await unusableFolder(root)) ?? placeWithin(root, file).fault;
  if (missing) return missing;
  const { place } = placeWithin(root, file) as { place: string };
  // NONBLOCK: a pipe would keep whoever opens it waiting for a writer.
  const handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => error);
  if (handle instanceof Error) return handle.code === 'ELOOP' ? refused(file) : gone(file);
  try {
    // Asked of what is open and not of the name, which an agent may point elsewhere at any moment.
    if (!isWithin(await realpath(root), await realOf(handle.fd, place))) return refused(file);
    const found = await handle.stat();
    if (!found.isFile()) return fault('WORKSPACE_PATH_REFUSED', `${file} is not a file`, 'Ask for the list of a folder instead.');
    const buffer = Buffer.alloc(Math.min(found.size, FILE_BYTES));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const isBinary = bytes.subarray(0, BINARY_LOOK).includes(0);
    return { kind: 'text', text: isBinary ? '' : new TextDecoder().decode(bytes).replaceAll('\0', '\uFFFD'), byteSize: found.size, isBinary, isTruncated: found.size > bytesRead };
  } finally {
    await handle.close();
  }
}

async function realPlace(root: string, below: string): Promise<string | WorkspaceFault> {
  const missing = (await unusableFolder(root)) ?? placeWithin(root, below).fault;
  if (missing) return missing;
  const { place } = placeWithin(root, below) as { place: string };
  const real = await realpath(place).catch(() => null);
  if (real === null) return gone(below);
  return isWithin(await realpath(root), real) ? real : refused(below);
}

async function realOf(fd: number, place: string): Promise<string> {
  return readlink(`/proc/self/fd/${fd}`).catch(() => realpath(place));
}

function isWithin(root: string, path: string): boolean {
  const rest = path === root ? '' : path.startsWith(root === sep ? sep : root + sep) ? path.slice(root.length) : null;
  return rest !== null && !rest.split(sep).some(isGits);
}

/** `.git`, however a file system that ignores case would find it. */
function isGits(name: string): boolean {
  return name.toLowerCase() === '.git';
}

function refused(path: string): WorkspaceFault {
  return fault('WORKSPACE_PATH_REFUSED', `${JSON.stringify(path.slice(0, 200))} does not lie in the workspace`, 'Name a file below it, without .. and without links that lead out.');
}

function gone(path: string): WorkspaceFault {
  return fault('WORKSPACE_FOLDER_MISSING', `there is no ${path || 'such folder'}`, 'List the folder to see what there is.');
}
