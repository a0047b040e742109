import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What the figures depend on; nothing that names the machine. */
export function machineFacts(postgres: string) {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`, node: process.version, postgres, loadAtStart: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

export type MachineFacts = ReturnType<typeof machineFacts>;
