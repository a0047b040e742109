import { post } from '../ask.ts';
import { readBody } from '../body.ts';
import { defineCommand } from '../command.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { subscribeRaw } from '../subscribe.ts';

export const command = defineCommand({
  usage: "api 'QUERY' [-v NAME=VALUE]…",
  about: 'Sends any GraphQL request and prints the answer. A subscription prints one line of JSON an item.',
  args: 1,
  flags: {
    variable: {
      type: 'string',
      short: 'v',
      multiple: true,
      value: 'NAME=VALUE',
      about: 'a variable; the value is read as JSON where it is JSON, else as text',
    },
    file: { type: 'string', short: 'f', value: 'PATH', about: 'read the query from a file, or -' },
    operation: { type: 'string', value: 'NAME', about: 'which operation, if there are several' },
  },
  async run({ settings, flags, args }) {
    const query = await readBody(args[0], flags.file);
    if (!query?.trim()) throw new UsageError('give a query, --file PATH, or - for standard input');
    const variables = Object.fromEntries((flags.variable ?? []).map(variable));
    const body = { query, variables, ...(flags.operation && { operationName: flags.operation }) };
    if (/^\s*(#.*\s*)*subscription\b/.test(query)) {
      for await (const item of subscribeRaw(settings, body)) console.log(JSON.stringify(item.data));
      return;
    }
    const answer = await post(settings, body, { once: /\bmutation\b/.test(query) });
    console.log(JSON.stringify(answer, null, 2));
    return answer.errors ? exitCodes.failed : exitCodes.done;
  },
});

function variable(given: string): [name: string, value: unknown] {
  const at = given.indexOf('=');
  if (at < 1) throw new UsageError(`a variable is NAME=VALUE, not ${given}`);
  const value = given.slice(at + 1);
  try {
    return [given.slice(0, at), JSON.parse(value)];
  } catch {
    return [given.slice(0, at), value];
  }
}
