interface Node {
  readonly id: string;
  readonly name: string;
  readonly manager: { readonly id: string } | null;
}

export interface Branch<A> {
  readonly agent: A;
  readonly depth: number;
  readonly reports: readonly Branch<A>[];
}

/** The org as trees. An agent whose manager is not among them stands at the top: it must be somewhere. */
export function orgOf<A extends Node>(agents: readonly A[]): Branch<A>[] {
  const known = new Set(agents.map((agent) => agent.id));
  const below = new Map<string | null, A[]>();
  for (const agent of agents) {
    const manager = agent.manager && known.has(agent.manager.id) ? agent.manager.id : null;
    below.set(manager, [...(below.get(manager) ?? []), agent]);
  }
  const seen = new Set<string>();
  const grow = (manager: string | null, depth: number): Branch<A>[] =>
    (below.get(manager) ?? [])
      .filter((agent) => !seen.has(agent.id))
      .map((agent) => {
        seen.add(agent.id);
        return { agent, depth, reports: grow(agent.id, depth + 1) };
      });
  return grow(null, 0);
}

/** Every branch, managers before their reports. */
export function flatten<A>(branches: readonly Branch<A>[]): Branch<A>[] {
  return branches.flatMap((branch) => [branch, ...flatten(branch.reports)]);
}

export interface Placed<A> {
  readonly agent: A;
  readonly x: number;
  readonly y: number;
}

export interface Chart<A> {
  readonly placed: readonly Placed<A>[];
  /** Lines from managers to reports, as SVG paths. */
  readonly wires: readonly string[];
  readonly width: number;
  readonly height: number;
}

export const CARD = { width: 196, height: 84 } as const;
const GAP = { x: 20, y: 44, stack: 14, indent: 20 } as const;
/** More reports than this, none of whom has reports, stand below each other: a row of them would be all width. */
const STACK = 3;

/** Where each card goes: managers over the middle of their reports, long teams in a column. */
export function layOut<A extends Node>(branches: readonly Branch<A>[]): Chart<A> {
  const placed: Placed<A>[] = [];
  const wires: string[] = [];
  let height = 0;

  const put = (branch: Branch<A>, left: number, top: number): { width: number; center: number } => {
    const stacked = branch.reports.length > STACK && branch.reports.every((report) => report.reports.length === 0);
    let width: number = CARD.width;
    let center = left + CARD.width / 2;
    const below = top + CARD.height + GAP.y;
    if (stacked) {
      width = CARD.width + GAP.indent;
      const trunk = left + GAP.indent / 2;
      branch.reports.forEach((report, at) => {
        const y = top + CARD.height + GAP.stack + at * (CARD.height + GAP.stack);
        placed.push({ agent: report.agent, x: left + GAP.indent, y });
        wires.push(`M${trunk} ${top + CARD.height}V${y + CARD.height / 2}H${left + GAP.indent}`);
        height = Math.max(height, y + CARD.height);
      });
    } else if (branch.reports.length > 0) {
      let at = left;
      const centers = branch.reports.map((report) => {
        const subtree = put(report, at, below);
        at += subtree.width + GAP.x;
        return subtree.center;
      });
      width = Math.max(CARD.width, at - GAP.x - left);
      center = ((centers[0] ?? center) + (centers.at(-1) ?? center)) / 2;
      const bus = top + CARD.height + GAP.y / 2;
      wires.push(`M${center} ${top + CARD.height}V${bus}`);
      for (const each of centers) wires.push(`M${center} ${bus}H${each}V${below}`);
    }
    placed.push({ agent: branch.agent, x: center - CARD.width / 2, y: top });
    height = Math.max(height, top + CARD.height);
    return { width, center };
  };

  let at = 0;
  for (const branch of branches) at += put(branch, at, 0).width + GAP.x;
  return { placed, wires, width: Math.max(0, at - GAP.x), height };
}
