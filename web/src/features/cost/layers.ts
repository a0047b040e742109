import type { CostOverviewQuery, ProjectDaysQuery } from '../../graphql/generated/graphql.ts';
import { inBasis, type Basis } from './parts.ts';

type Report = NonNullable<CostOverviewQuery['company']>['costs'];
type Days = readonly { day?: string | null; cost: { costMicros: string; imputedMicros: string } }[];

export interface DayLayer {
  name: string;
  color: string;
  days: ReadonlyMap<string, bigint>;
}

const byDay = (days: Days, basis: Basis): Map<string, bigint> => new Map(days.flatMap(({ day, cost }) => (day ? [[day, inBasis(cost, basis)] as const] : [])));

const COLORS = ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)'];
const REST = 'var(--chart-4)';

/**
 * The days in layers: one per dearest project, in the order given, and what remains of each day above them. Without projects, or
 * until theirs are there, one layer holds all.
 */
export function layersOf(report: Report, projects: ProjectDaysQuery | undefined, order: readonly string[], basis: Basis): DayLayer[] {
  const whole = byDay(report.byDay.nodes, basis);
  const found = [projects?.a, projects?.b, projects?.c].filter((project) => project !== null && project !== undefined);
  const layers = order.flatMap((id, at): DayLayer[] => {
    const project = found.find((each) => each.id === id);
    return project ? [{ name: project.name, color: COLORS[at] ?? REST, days: byDay(project.costs.byDay.nodes, basis) }] : [];
  });
  if (layers.length === 0) return [{ name: 'All', color: 'var(--chart-2)', days: whole }];
  const rest = new Map([...whole].map(([day, value]) => [day, layers.reduce((left, layer) => left - (layer.days.get(day) ?? 0n), value)]));
  // Two answers of two moments: a day must not become less than nothing in between.
  for (const [day, value] of rest) if (value < 0n) rest.set(day, 0n);
  return [...rest.values()].some((value) => value > 0n) ? [...layers, { name: 'Other', color: REST, days: rest }] : layers;
}
