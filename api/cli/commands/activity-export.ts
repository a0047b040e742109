import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { exportLines, filterFlags, filterOf } from '../activity.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { companyId } from '../refs.ts';

export const command = defineCommand({
  usage: 'activity export [options]',
  about: 'Writes the log of the company as NDJSON, oldest first: a line a row, as it is sealed. For the board.\nTo go on later, give the cursor of the last line as --after.',
  args: 0,
  flags: {
    ...filterFlags,
    after: { type: 'string', value: 'CURSOR', about: 'only what came after' },
    output: { type: 'string', short: 'o', value: 'FILE', about: 'to a new file; to standard output when absent' },
  },
  async run({ settings, flags }) {
    const lines = exportLines(settings, await companyId(settings), await filterOf(settings, flags), flags.after);
    const path = flags.output;
    const file = path === undefined ? null : await open(path, 'wx').catch((error: Error) => { throw new UsageError(`cannot write ${path}: ${error.message}`); });
    const out = file ? file.createWriteStream() : process.stdout;
    let written = 0;
    for await (const line of lines) {
      written += 1;
      if (!out.write(`${line}\n`)) await once(out, 'drain');
    }
    if (!file) return;
    out.end();
    await once(out, 'close');
    console.error(`${written} rows`);
  },
});
