import { z } from 'zod';
import type { Check, Probe, ProcessAdapter, RunContext } from '../contract.ts';
import { plainReader } from '../plain-reader.ts';
import { noNul, processSettings } from '../process-settings.ts';

const config = z.strictObject({
  command: noNul('command').trim().min(1, 'is required').describe('Program to run: a name on the PATH, or a path.'),
  args: z.array(noNul('an argument')).max(1_000).default([]).describe('Arguments, one by one; no shell takes part.'),
  stdin: z.string().max(1_000_000).optional().describe('Text given to the program on standard input.'),
  ...processSettings,
  timeoutSec: processSettings.timeoutSec.default(900),
});

export type ProcessConfig = z.infer<typeof config>;

/** Any program at all: exit code 0 is success. Its output is kept as it is and not interpreted. */
export const processAdapter: ProcessAdapter<ProcessConfig> = {
  kind: 'process',
  type: 'process',
  label: 'Process',
  description: 'Runs a command on this machine. Exit code 0 is success; the output is the log.',
  config,
  secretKeys: ['env.*'],
  staticModels: [],
  invocation({ config }: RunContext<ProcessConfig>) {
    return {
      command: config.command, args: config.args, env: config.env,
      timeoutSec: config.timeoutSec, graceSec: config.graceSec,
      ...(config.stdin === undefined ? {} : { stdin: config.stdin }),
    };
  },
  reader: () => plainReader(),
  test: (config, probe) => testProcess(config, probe),
};

async function testProcess(config: ProcessConfig, probe: Probe): Promise<readonly Check[]> {
  const checks: Check[] = [];
  if (config.cwd !== undefined) {
    const state = await probe.folder(config.cwd);
    checks.push(state === 'ok'
      ? { name: 'folder', outcome: 'OK', message: `${config.cwd} exists` }
      : { name: 'folder', outcome: 'FAILED', message: `${config.cwd}: ${state.replaceAll('_', ' ')}`, hint: 'Create the folder, or change cwd.' });
  }
  const path = config.env['PATH'];
  const file = await probe.which(config.command, {
    ...(config.cwd === undefined ? {} : { cwd: config.cwd }), ...(path === undefined ? {} : { path }),
  });
  checks.push(file === null
    ? { name: 'command', outcome: 'FAILED', message: `${config.command} was not found`, hint: 'Install it, or give its full path as command.' }
    : { name: 'command', outcome: 'OK', message: file === config.command ? `${file} can be run` : `${config.command} is ${file}` });
  return checks;
}
