import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { CatalogueReader } from './catalogue.ts';
import type { DiffTarget, SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm';

const schemaFolder = fileURLToPath(new URL('../schema/', import.meta.url));

/** What `prisma/schema/*.prisma` describes, as a target of a diff. */
export async function modelTarget(): Promise<DiffTarget> {
  return { tag: 'schemaDatamodel', files: await modelFiles() };
}

async function modelFiles(): Promise<SchemaContainer[]> {
  const names = (await readdir(schemaFolder)).filter((name) => name.endsWith('.prisma')).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: join(schemaFolder, name),
      content: await readFile(join(schemaFolder, name), 'utf8'),
    })),
  );
}

/**
 * What is in the database that the engine was opened on. (The engine could run the migrations in a shadow database
 * itself, but its driver cuts scripts at every semicolon, also in comments and function bodies.)
 */
export async function databaseTarget(): Promise<DiffTarget> {
  return { tag: 'schemaDatasource', files: await modelFiles(), configDir: schemaFolder };
}

/** The SQL that leads from one schema to the other; empty when they agree. */
export async function diff(engine: SchemaEngine, from: DiffTarget, to: DiffTarget): Promise<string> {
  const { stdout } = await engine.diff({
    from,
    to,
    script: true,
    exitCode: null,
    filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
  });
  const sql = stdout?.trim() ?? '';
  return sql === '-- This is an empty migration.' ? '' : sql;
}

/**
 * Prisma's schema engine, run in process: `prisma migrate` would need a native engine that is downloaded from a host
 * which is often out of reach.
 */
export async function openEngine(url: string): Promise<SchemaEngine> {
  await instantiate();
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueReader(url));
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

let instantiated: Promise<void> | undefined;

// The package's own entry imports the .wasm file as a module, which Node does not do without a flag.
function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const file = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'));
    const { instance } = await WebAssembly.instantiate(await readFile(file), {
      './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
    });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports as unknown as { __wbindgen_start: () => void }).__wbindgen_start();
  })();
  return instantiated;
}
