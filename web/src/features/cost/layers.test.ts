import { expect, test } from 'vitest';
import type { CostOverviewQuery, ProjectDaysQuery } from '../../graphql/generated/graphql.ts';
import { layersOf } from './layers.ts';

const days = (...values: [day: string, billed: number][]) => ({ byDay: { nodes: values.map(([day, billed]) => ({ day, cost: { costMicros: String(billed), imputedMicros: String(billed * 2) } })) } });
const report = days(['2026-11-01', 10], ['2026-11-02', 6]) as unknown as NonNullable<CostOverviewQuery['company']>['costs'];
const projects = (a: [string, number][], b: [string, number][] = []) =>
  ({ a: { id: 'a', name: 'Sails', costs: days(...a) }, b: { id: 'b', name: 'Ropes', costs: days(...b) } }) as unknown as ProjectDaysQuery;
const seen = (...args: Parameters<typeof layersOf>) => layersOf(...args).map(({ name, days: each }) => [name, ...each.values()]);

test('the dearest projects in their order, and what remains of each day', () => {
  expect(seen(report, projects([['2026-11-01', 7]], [['2026-11-01', 1], ['2026-11-02', 6]]), ['b', 'a'], 'billed')).toEqual([['Ropes', 1n, 6n], ['Sails', 7n], ['Other', 2n, 0n]]);
  expect(seen(report, projects([['2026-11-01', 7]]), ['a'], 'worth')).toEqual([['Sails', 14n], ['Other', 6n, 12n]]);
});

test('nothing remains where projects hold it all, and never less than nothing', () => {
  expect(seen(report, projects([['2026-11-01', 10], ['2026-11-02', 9]]), ['a'], 'billed')).toEqual([['Sails', 10n, 9n]]);
});

test('without projects there is one layer', () => {
  expect(seen(report, undefined, ['a'], 'billed')).toEqual([['All', 10n, 6n]]);
  expect(seen(report, undefined, [], 'worth')).toEqual([['All', 20n, 12n]]);
});
