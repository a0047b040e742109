import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CARD, flatten, layOut, orgOf } from './tree.ts';

const agent = (id: string, manager: string | null = null) => ({ id, name: id, manager: manager ? { id: manager } : null });

test('reports stand below their manager, in their order', () => {
  const org = orgOf([agent('ceo'), agent('cto', 'ceo'), agent('dev', 'cto'), agent('cmo', 'ceo')]);
  expect(flatten(org).map(({ agent: { id }, depth }) => [id, depth])).toEqual([['ceo', 0], ['cto', 1], ['dev', 2], ['cmo', 1]]);
});

test('an agent whose manager is not there stands at the top', () => {
  expect(orgOf([agent('a', 'gone')]).map((branch) => branch.agent.id)).toEqual(['a']);
});

/** Any forest: each agent reports to one before it, or to nobody. */
const forest = fc.array(fc.option(fc.nat(1000), { nil: null }), { maxLength: 40 }).map((managers) =>
  managers.map((manager, at) => agent(`a${at}`, manager === null || at === 0 ? null : `a${manager % at}`)),
);

test('every agent is drawn once and no two cards touch', () => {
  fc.assert(
    fc.property(forest, (agents) => {
      const { placed, width, height } = layOut(orgOf(agents));
      expect(placed.map((card) => card.agent.id).sort()).toEqual(agents.map(({ id }) => id).sort());
      placed.forEach((a, i) => {
        expect(a.x >= 0 && a.y >= 0 && a.x + CARD.width <= width + 0.01 && a.y + CARD.height <= height).toBe(true);
        for (const b of placed.slice(i + 1)) expect(Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height).toBe(true);
      });
    }),
  );
});

test('a manager is over the middle of a small team, and beside the column of a large one', () => {
  const place = (count: number) => layOut(orgOf([agent('m'), ...Array.from({ length: count }, (_, at) => agent(`r${at}`, 'm'))])).placed;
  const [small, large] = [place(3), place(5)];
  expect(small.find((card) => card.agent.id === 'm')?.x).toBe(small.find((card) => card.agent.id === 'r1')?.x);
  expect(new Set(large.filter((card) => card.agent.id !== 'm').map((card) => card.x)).size).toBe(1);
});
