import { read } from '../database.ts';
import type { Installation } from '../installation.ts';
import type { Problem, Tally } from '../tally.ts';
import { expectedLines, hasPrintedAll, type RunFacts } from './facts.ts';

interface Chunk { runId: string; seq: number; stream: 'STDOUT' | 'STDERR' | 'SYSTEM'; offset: string; size: number; text: string }

const streams = [['STDOUT', 'stdout', 'out'], ['STDERR', 'stderr', 'err']] as const;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A run's log as it is stored. */
export interface StoredLog { runId: string; chunks: number; text: Record<Chunk['stream'], string> }

/** What is stored of each run is what its process printed: every byte, every numbered line, once and in order. */
export async function checkLogs(
  installation: Installation, runs: readonly RunFacts[], tally: Tally,
): Promise<{ problems: Problem[]; logs: Map<string, StoredLog> }> {
  const rows = await read<Chunk>(
    installation, 'SELECT run_id AS "runId", seq, stream, "offset", byte_size AS size, text FROM run_log WHERE run_id = ANY($1::uuid[]) ORDER BY run_id, seq',
    [runs.map(({ id }) => id)],
  );
  const byRun = Map.groupBy(rows, (row) => row.runId);
  const problems: Problem[] = [];
  const logs = new Map<string, StoredLog>();
  for (const run of runs) {
    const chunks = byRun.get(run.id) ?? [];
    const wrong = (check: string, text: string) => problems.push({ check, text: `run #${run.number} ${run.id}: ${text}` });
    if (chunks.some((chunk, index) => chunk.seq !== index + 1)) wrong('log is the spool', 'the numbers of its chunks have holes');
    const log: StoredLog = { runId: run.id, chunks: chunks.length, text: { STDOUT: '', STDERR: '', SYSTEM: '' } };
    logs.set(run.id, log);
    for (const chunk of chunks) log.text[chunk.stream] += chunk.text;
    for (const [stream, file, word] of streams) {
      let offset = 0;
      for (const chunk of chunks.filter((each) => each.stream === stream)) {
        if (Number(chunk.offset) !== offset) wrong('log is the spool', `${file} goes on at ${chunk.offset}, not at ${offset}`);
        offset = Number(chunk.offset) + chunk.size;
      }
      const bytes = run.spooled[file];
      if (offset !== bytes.length) wrong('log is the spool', `${file} is stored up to ${offset} of ${bytes.length} bytes`);
      else if (log.text[stream] !== decoder.decode(bytes).replaceAll('\0', '\uFFFD')) wrong('log is the spool', `${file} differs`);
      tally.count('bytes compared', bytes.length);
      const lines = checkLines(log.text[stream], word, run);
      if (typeof lines === 'string') wrong('each line once and in order', `${file}: ${lines}`);
      else tally.count('numbered lines found', lines);
    }
  }
  return { problems, logs };
}

/** How many lines there are, or what is wrong with them. */
function checkLines(text: string, word: string, run: RunFacts): number | string {
  const lines = text.split('\n');
  const last = lines.pop();
  for (const [index, line] of lines.entries()) if (!line.startsWith(`${word} ${index + 1} é€😀`)) return `line ${index + 1} is "${line.slice(0, 60)}"`;
  if (!hasPrintedAll(run)) return lines.length;
  if (last !== '') return `it ends with "${last?.slice(0, 60)}"`;
  return lines.length === expectedLines(run) ? lines.length : `${lines.length} of ${expectedLines(run)} lines`;
}
