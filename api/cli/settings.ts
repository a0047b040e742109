/** Where to ask, as whom, and about what. Flags beat the environment. */
export interface Settings {
  apiUrl: string;
  apiKey: string | undefined;
  /** id or prefix */
  company: string | undefined;
  /** id or identifier of the issue that commands mean when none is named */
  task: string | undefined;
  run: string | undefined;
  json: boolean;
}

export interface SettingFlags {
  'api-url'?: string | undefined;
  'api-key'?: string | undefined;
  company?: string | undefined;
  json?: boolean | undefined;
}

/** An empty variable counts as unset, as shells make it easy to export one by mistake. */
export function readSettings(flags: SettingFlags, env: NodeJS.ProcessEnv): Settings {
  return {
    apiUrl: (flags['api-url'] || env['BOARDROOM_API_URL'] || 'http://127.0.0.1:4400').replace(/\/+$/, ''),
    apiKey: flags['api-key'] || env['BOARDROOM_API_KEY'] || undefined,
    company: flags.company || env['BOARDROOM_COMPANY_ID'] || undefined,
    task: env['BOARDROOM_TASK_ID'] || undefined,
    run: env['BOARDROOM_RUN_ID'] || undefined,
    json: flags.json ?? false,
  };
}
