/** What this part needs of the adapters; the process that serves requests fulfils it (schema imports no adapter). */
export interface Adapters {
  list(): AdapterDescription[];
  /**
   * The configuration as it is to be stored. Refuses an unknown type and each wrong field by its path. A secret that comes
   * back redacted takes its value from `stored`.
   */
  checkedConfig(type: string, config: unknown, stored: unknown): Record<string, unknown>;
  /** The configuration as people may see it: secrets replaced. */
  redactedConfig(type: string, config: unknown): Record<string, unknown>;
  /** The paths of redacted secrets in a configuration for which there is no stored value: `adapterConfig.env.TOKEN`. */
  lostSecrets(type: string, config: unknown, stored: unknown): string[];
  /** Models known now: asked of the provider with the key in `config`, where there is one. */
  models(type: string, config?: unknown): Promise<{ id: string; label: string }[]>;
  /** Looks whether an agent with this configuration could work on this machine. */
  test(type: string, config: unknown): Promise<TestReport>;
}

export interface AdapterDescription {
  type: string;
  label: string;
  description: string;
  /** JSON Schema of the configuration. */
  configSchema: Record<string, unknown>;
  supportsModels: boolean;
}

export interface TestReport {
  ok: boolean;
  checks: { name: string; outcome: 'OK' | 'WARN' | 'FAIL'; message: string; hint?: string | undefined }[];
}
