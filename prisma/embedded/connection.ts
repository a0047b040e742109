import { join } from 'node:path';
import type pg from 'pg';
import { singleClient } from '../single-client.ts';
import type { DataFolder } from './data-folder.ts';

const database = 'boardroom';

/** Whether a socket in this folder can have a path: there is room for 107 bytes on Linux and 103 on macOS. */
export function socketFits(data: string, port: number): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(join(data, `.s.PGSQL.${port}`)) <= 103;
}

/** Through the socket inside the data folder, which only its owner can reach; through loopback where the path is too long. */
export function databaseUrl(folder: DataFolder, port: number): string {
  const url = new URL(`postgresql://boardroom:${folder.password}@127.0.0.1:${port}/${database}`);
  if (socketFits(folder.path, port)) url.searchParams.set('host', folder.path);
  return url.href.replaceAll('+', '%20');
}

/** Makes the database on a server that has none yet. */
export async function ensureDatabase(url: string): Promise<void> {
  const client = singleClient(url);
  try {
    await client.connect();
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '3D000') throw error;
    const maintenance = new URL(url);
    maintenance.pathname = '/postgres';
    const creator = singleClient(maintenance.href.replaceAll('+', '%20'));
    await creator.connect();
    await creator.query(`CREATE DATABASE ${database}`).finally(() => creator.end());
  } finally {
    await client.end();
  }
}

/** False while the server is ending, which its files do not tell. */
export async function answers(url: string): Promise<boolean> {
  try {
    await ensureDatabase(url);
    return true;
  } catch (error) {
    // The server has answered, if only to say no: waiting would not help.
    if ((error as pg.DatabaseError).code?.startsWith('28')) throw error;
    return false;
  }
}
