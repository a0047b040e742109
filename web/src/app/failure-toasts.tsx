import { useLocation } from '@solidjs/router';
import { onLive, type LiveEvent } from '../graphql/live.ts';
import { RunGlyph, runStatusLabel } from '../ui/RunGlyph.tsx';
import { toast } from '../ui/toast.ts';
import { paths, useCompany } from './company.ts';

type Run = NonNullable<LiveEvent['run']>;

const isFailure = (event: LiveEvent): event is LiveEvent & { run: Run } => event.kind === 'run.finished' && (event.run?.status === 'FAILED' || event.run?.status === 'TIMED_OUT');

/** What a toast says of runs that failed together. */
export function failureWords(runs: readonly Run[]): { title: string; detail: string } {
  const [first] = runs;
  if (runs.length > 1 || !first) return { title: `${runs.length} runs failed`, detail: [...new Set(runs.map((run) => run.agent))].join(', ') };
  return { title: `${first.agent} ${first.status === 'TIMED_OUT' ? 'ran out of time' : 'failed'}${first.issue ? ` on ${first.issue}` : ''}`, detail: `Run ${first.number}: ${runStatusLabel(first.status).toLowerCase()}.` };
}

/** Says when a run failed, unless it is about what one is looking at: that page shows it already. */
export function useFailureToasts(): void {
  const company = useCompany();
  const location = useLocation();
  onLive((events) => {
    const looked = (run: Run) => [run.id, String(run.number)].includes(location.pathname.split('/runs/')[1] ?? '') || (run.issue !== null && location.pathname.endsWith(`/${run.issue}`));
    const runs = events.filter(isFailure).map((event) => event.run).filter((run) => !looked(run));
    const [first] = runs;
    if (!first) return;
    toast.show({
      ...failureWords(runs),
      key: 'run-failures',
      glyph: () => <RunGlyph status={first.status} />,
      actions: [runs.length > 1 ? { label: 'Needs you', href: paths.company(company.prefix) } : { label: 'Open run', href: paths.run(company.prefix, first.number) }],
    });
  });
}
