import { count } from '../../ui/format.ts';

interface Run {
  number: number;
  status: string;
  errorCode?: string | null;
  progress?: string | null;
}
interface Evidence {
  runs?: Run[] | number;
  started?: number;
  hours?: number;
  averagePerMinute?: number;
  percent?: number;
  isPermanent?: boolean;
}

/** An average has fractions, which nobody reads. */
const whole = (value: number): string => count(Math.round(value));
const words = (text: string) => text.toLowerCase().replaceAll('_', ' ');

/** What a trip was decided on, a line each: "run 12 failed, auth required". */
export function evidenceLines(evidence: unknown): string[] {
  const { runs, started, hours, averagePerMinute, isPermanent } = (evidence ?? {}) as Evidence;
  const lines: string[] = [];
  if (isPermanent) lines.push('Trying again does not mend this failure.');
  if (started !== undefined) lines.push(`${whole(started)} runs had started within ${hours === 1 ? 'an hour' : `${hours} hours`}.`);
  if (averagePerMinute !== undefined) lines.push(`Its own average is ${whole(averagePerMinute)} tokens a minute${typeof runs === 'number' ? `, over ${whole(runs)} runs` : ''}.`);
  if (Array.isArray(runs)) for (const { number, status, errorCode, progress } of runs) lines.push(`Run ${number} ${words(status)}${errorCode ? `, ${words(errorCode)}` : progress ? `, ${words(progress)}` : ''}`);
  return lines;
}
