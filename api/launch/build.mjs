import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { compiled, root } from './node.mjs';

// Makes what is generated or built, each step only when what goes into it has changed.

const stamps = `${root}node_modules/.cache/boardroom/`;

const steps = [
  {
    name: 'database client',
    inputs: ['prisma/schema/*.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'],
    output: 'prisma/generated/client.ts',
    run: ['node_modules/prisma/build/index.js', 'generate'],
    // Generating starts no engine, but the command insists on the path of one and would download it.
    environment: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  },
  {
    name: 'typed documents',
    inputs: ['schema/schema.graphql', 'codegen.ts', 'web/src/**/*.{ts,tsx}', 'api/{cli,demo}/**/*.ts'],
    output: 'api/cli/generated/index.ts',
    run: ['codegen.ts'],
  },
  {
    name: 'board',
    inputs: ['web/**/*', 'schema/**/rules.ts', 'package-lock.json'],
    output: 'web/dist/index.html',
    run: ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
    when: ['', 'install'],
  },
  {
    name: 'compiled code',
    inputs: ['{api,schema,prisma,adapters}/**/*.ts', 'package-lock.json'],
    output: 'api/launch/warm.ts',
    run: ['api/launch/warm.ts'],
    environment: { NODE_COMPILE_CACHE: compiled },
    when: ['install'],
  },
];

/** Runs the steps that are due; false when one failed. `generate` makes what tests and types need, `install` everything. */
export function build(wish = '') {
  return steps.filter((step) => step.when?.includes(wish) ?? true).every(runIfDue);
}

function runIfDue(step) {
  const stamp = `${stamps}${step.name.replaceAll(' ', '-')}.sha256`;
  const digest = digestOf(step.inputs);
  if (existsSync(root + step.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
  rmSync(stamp, { force: true });
  const { status, stdout, stderr, error } = spawnSync(process.execPath, step.run, {
    cwd: root,
    encoding: 'utf8',
    // What a step says is kept and told only when it fails.
    env: { ...process.env, NO_COLOR: '1', ...step.environment },
  });
  if (status !== 0) {
    console.error(`The ${step.name} could not be made:\n${error?.message ?? `${stdout}${stderr}`.trim()}`);
    return false;
  }
  console.log(`Made the ${step.name}`);
  mkdirSync(stamps, { recursive: true });
  // What a step wrote may be among its own inputs.
  writeFileSync(stamp, digestOf(step.inputs));
  return true;
}

function digestOf(patterns) {
  const hash = createHash('sha256');
  const skipped = (name) => name === 'dist' || name === 'generated';
  for (const path of globSync(patterns, { cwd: root, exclude: skipped }).sort()) {
    if (/(^|\/)(dist|generated)\/|\.test\.tsx?$/.test(path)) continue;
    try {
      hash.update(`${path}\0`).update(readFileSync(root + path)).update('\0');
    } catch (error) {
      if (error.code !== 'EISDIR') throw error;
    }
  }
  return hash.digest('hex');
}
