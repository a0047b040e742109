import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildASTSchema, concatAST, GraphQLError, NoUnusedFragmentsRule, parse, Source, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/**
 * Writes the typed documents of the web and of the `boardroom` command: every graphql(`...`) found in their sources,
 * checked against the printed schema. A script over codegen's core, since its command line tool cannot be installed.
 */
interface Client {
  sources: string;
  output: string;
  /** `string` keeps the parser out of a program that must start at once; urql's cache needs parsed documents. */
  documentMode: 'graphQLTag' | 'documentNode' | 'string';
}

const root = dirname(fileURLToPath(import.meta.url));
const clients: Client[] = [
  { sources: 'web/src/**/*.{ts,tsx}', output: 'web/src/graphql/generated/', documentMode: 'documentNode' },
  { sources: 'api/{cli,demo}/**/*.ts', output: 'api/cli/generated/', documentMode: 'string' },
];
const scalars = {
  ID: 'string',
  DateTime: 'string',
  Date: 'string',
  JSON: 'unknown',
  BigInt: 'string',
  Micros: 'string',
  Cursor: 'string',
  File: 'Blob',
};

interface Found {
  location: string;
  rawSDL: string;
  document: DocumentNode;
}

/** The documents in one file's text; their errors point to the file and line where they stand. */
function documentsIn(path: string, text: string): Found[] {
  return [...text.matchAll(/\bgraphql\(\s*(?:\/\*.*?\*\/\s*)?`([^`]*)`/g)].map((match) => {
    const body = match[1] ?? '';
    const before = text.slice(0, match.index + match[0].lastIndexOf(body + '`'));
    const start = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
    const source = new Source(body, path, start);
    if (body.includes('${')) {
      throw new GraphQLError('a document is a plain string, without ${}: name its fragments and they are found', {
        source,
        positions: [body.indexOf('${')],
      });
    }
    return { location: path, rawSDL: body, document: parse(source) };
  });
}

/** `NoUnusedFragments` is left out: a fragment may be there for its type alone. */
function check(schema: GraphQLSchema, found: Found[]): void {
  if (found.length === 0) return;
  const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
  const errors = validate(schema, concatAST(found.map((each) => each.document)), rules);
  if (errors.length > 0) throw new AggregateError(errors, 'invalid documents');
}

/** Left alone when it is the same, so that a watching Vite does not reload. */
function writeIfChanged(path: string, content: string): void {
  let current: string | undefined;
  try {
    current = readFileSync(path, 'utf8');
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  if (current !== content) writeFileSync(path, content);
}

async function generate(client: Client, schema: GraphQLSchema, sdl: DocumentNode): Promise<void> {
  const files = globSync(client.sources, { cwd: root })
    .filter((path) => !path.includes('/generated/'))
    .sort();
  const documents = files.flatMap((path) => documentsIn(path, readFileSync(join(root, path), 'utf8')));
  check(schema, documents);
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: join(root, client.output),
    schema: sdl,
    schemaAst: schema,
    documents,
    plugins: [],
    pluginMap: {},
    presetConfig: { fragmentMasking: false },
    config: {
      scalars,
      strictScalars: true,
      documentMode: client.documentMode,
      enumType: 'string-literal',
      useTypeImports: true,
      importExtension: '.ts',
    },
    documentTransforms: [],
  });
  for (const output of outputs) writeIfChanged(output.filename, await codegen(output));
  console.log(`${relative(root, join(root, client.output))}: ${documents.length} documents`);
}

/** One paragraph per mistake: what is wrong, where, and the lines themselves. */
function explain(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(explain).join('\n\n');
  return error instanceof GraphQLError ? error.toString() : String(error instanceof Error ? error.stack : error);
}

const sdl = parse(readFileSync(join(root, 'schema/schema.graphql'), 'utf8'));
const schema = buildASTSchema(sdl);
for (const client of clients) {
  try {
    await generate(client, schema, sdl);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
