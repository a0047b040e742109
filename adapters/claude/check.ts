import { z } from 'zod';
import type { Check, Probe } from '../contract.ts';
import type { ClaudeConfig } from './config.ts';

const install = 'Install it with `npm install -g @anthropic-ai/claude-code`, or give its full path as command.';

/** Can this agent run here: program, version, folder, rights and login, each with what to do about it. */
export async function checkClaude(config: ClaudeConfig, probe: Probe): Promise<readonly Check[]> {
  const checks: Check[] = [];
  if (config.cwd !== undefined) checks.push(await checkFolder(config.cwd, probe));
  const path = config.env['PATH'];
  const file = await probe.which(config.command, {
    ...(config.cwd === undefined ? {} : { cwd: config.cwd }), ...(path === undefined ? {} : { path }),
  });
  if (file === null) {
    return [...checks, { name: 'program', outcome: 'FAILED', message: `${config.command} was not found`, hint: install }];
  }
  checks.push({ name: 'program', outcome: 'OK', message: `Found at ${file}` });
  // Side by side: each starts the program once, which takes a moment.
  const [version, login, root] = await Promise.all([
    checkVersion(file, config, probe), checkLogin(file, config, probe), checkRoot(config, probe),
  ]);
  return [...checks, version, ...(version.outcome === 'FAILED' ? [] : [login]), ...root];
}

async function checkFolder(cwd: string, probe: Probe): Promise<Check> {
  const state = await probe.folder(cwd);
  if (state === 'ok') return { name: 'folder', outcome: 'OK', message: `${cwd} exists` };
  return { name: 'folder', outcome: 'FAILED', message: `${cwd}: ${state.replaceAll('_', ' ')}`, hint: 'Create the folder, or change cwd.' };
}

async function checkVersion(file: string, { env }: ClaudeConfig, probe: Probe): Promise<Check> {
  const { code, stdout, stderr, error } = await probe.run(file, ['--version'], { env });
  const version = /(\d+)\.\d+\.\d+\S*/.exec(stdout);
  if (code !== 0 || version === null) {
    const said = error ?? (stderr.trim().split('\n').at(-1) || `exit code ${String(code)}`);
    return { name: 'version', outcome: 'FAILED', message: `${file} --version does not answer: ${said}`, hint: install };
  }
  if (!/claude code/i.test(stdout)) {
    return { name: 'version', outcome: 'WARNING', message: `${stdout.trim().slice(0, 100)}`, hint: 'This does not look like Claude Code. Check command.' };
  }
  return Number(version[1]) < 2
    ? { name: 'version', outcome: 'WARNING', message: `Claude Code ${version[0]}`, hint: 'Update it: Boardroom is tested with version 2.' }
    : { name: 'version', outcome: 'OK', message: `Claude Code ${version[0]}` };
}

const authStatus = z.object({ loggedIn: z.boolean(), authMethod: z.string().optional(), apiProvider: z.string().optional() });

/** The program says it best: it knows every place a login may come from, and no secret has to be looked at here. */
async function checkLogin(file: string, { env }: ClaudeConfig, probe: Probe): Promise<Check> {
  const { stdout } = await probe.run(file, ['auth', 'status', '--json'], { env });
  const status = readStatus(stdout);
  if (status === null) {
    return env['ANTHROPIC_API_KEY']
      ? { name: 'login', outcome: 'OK', message: 'ANTHROPIC_API_KEY is set' }
      : { name: 'login', outcome: 'WARNING', message: 'Claude Code does not tell whether it is logged in', hint: loginHint };
  }
  if (!status.loggedIn) return { name: 'login', outcome: 'FAILED', message: 'Not logged in', hint: loginHint };
  const method = { api_key: 'an API key', oauth_token: 'a token', 'claude.ai': 'a Claude subscription', third_party: status.apiProvider }[status.authMethod ?? ''];
  return { name: 'login', outcome: 'OK', message: `Logged in by ${method ?? status.authMethod ?? 'an unknown method'}; the key itself is tried by the first run` };
}

const loginHint = 'Set ANTHROPIC_API_KEY in env, or run `claude auth login` as the user Boardroom runs as.';

function readStatus(stdout: string): z.infer<typeof authStatus> | null {
  try {
    return authStatus.parse(JSON.parse(stdout));
  } catch {
    return null;
  }
}

async function checkRoot({ skipPermissions, allowedTools, env }: ClaudeConfig, probe: Probe): Promise<readonly Check[]> {
  if (!skipPermissions) {
    return allowedTools.length > 0 ? [] : [{
      name: 'permissions', outcome: 'WARNING', message: 'No tool is allowed, so the agent can only talk',
      hint: 'List allowedTools, or turn skipPermissions on.',
    }];
  }
  const { stdout } = await probe.run('sh', ['-c', 'echo "$(id -u) ${IS_SANDBOX:-}"'], { env });
  const [user, sandbox] = stdout.trim().split(' ');
  if (user !== '0' || sandbox === '1') return [];
  return [{
    name: 'permissions', outcome: 'FAILED', message: 'Claude Code does not skip permissions when it runs as root',
    hint: 'Run Boardroom as another user or, in a sandbox or container, set IS_SANDBOX=1 in env.',
  }];
}
