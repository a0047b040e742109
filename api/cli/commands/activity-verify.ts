import { type Breach, breachOf, isUpTo, type Seal } from '../../../schema/activity/chain.ts';
import { exportLines } from '../activity.ts';
import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError, exitCodes, UsageError } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { bold, plain } from '../print.ts';
import { companyId } from '../refs.ts';
import type { Settings } from '../settings.ts';

const CompaniesQuery = graphql(`
  query CompaniesToVerify($after: Cursor) {
    companies(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
  }
`);
const HeadQuery = graphql(`
  query HeadToVerify($company: String!) {
    company(ref: $company) { prefix activityHead { number } }
  }
`);
const SealsQuery = graphql(`
  query SealsToVerify($company: String!, $after: Cursor) {
    company(ref: $company) {
      activitySeals(first: 100, after: $after) {
        nodes { number cursor rowCount rowMarks previousHash hash }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const command = defineCommand({
  usage: 'activity verify [--company REF] [--head HASH]',
  about: 'Hashes the log anew, row by row, and compares it with its seals; of all companies, where none is named. For the board.\nExit code 1 where something was changed, taken out or put in; the first such row is named.',
  args: 0,
  flags: { head: { type: 'string', value: 'HASH', about: 'what `boardroom activity head` printed once: it must be one of the seals' } },
  async run({ settings, flags, show }) {
    const head = flags.head?.trim().toLowerCase();
    if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) throw new UsageError('--head is 64 hexadecimal digits, as boardroom activity head prints them');
    const ids = settings.company || head !== undefined ? [await companyId(settings)] : await companyIds(settings);
    const reports: Report[] = [];
    for (const id of ids) reports.push(await verify(settings, id, head));
    show(reports, () => reports.map(said).join('\n'));
    return reports.every(({ intact }) => intact) ? exitCodes.done : exitCodes.failed;
  },
});

interface Report {
  companyId: string;
  prefix: string;
  intact: boolean;
  segments: number;
  sealedRows: number;
  /** Newer than the last seal: nothing tells of these yet. */
  unsealedRows: number;
  head: string | null;
  /** Whether the given head is among the seals. */
  headFound?: boolean;
  breach?: Omit<Breach, 'line'> & { row: unknown; message: string };
}

async function companyIds(settings: Settings): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const { companies }: { companies: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } = await ask(settings, CompaniesQuery, { after });
    ids.push(...companies.nodes.map(({ id }) => id));
    if (!companies.pageInfo.hasNextPage) return ids;
    after = companies.pageInfo.endCursor;
  }
}

/** The seals are asked for first: what is sealed later may be of rows that the export does not have. */
async function verify(settings: Settings, id: string, head: string | undefined): Promise<Report> {
  const { company } = await ask(settings, HeadQuery, { company: id });
  if (!company) throw new ApiError('NOT_FOUND', `no company ${id}`);
  const report: Report = { companyId: id, prefix: company.prefix, intact: true, segments: 0, sealedRows: 0, unsealedRows: 0, head: null };
  const last = company.activityHead?.number ?? 0;
  const lines = exportLines(settings, id, {});
  let next = await lines.next();
  let before: Seal | null = null;
  let headFound = false;
  for await (const seal of sealsUpTo(settings, id, last)) {
    const here: string[] = [];
    // Many more than were sealed are not kept: that they are too many is known.
    while (!next.done && isUpTo(cursorOf(next.value), seal.cursor)) {
      if (here.length < 2 * seal.rowCount + 1) here.push(next.value);
      next = await lines.next();
    }
    const breach = breachOf(seal, before, here);
    if (breach) {
      await lines.return();
      const { line, ...rest } = breach;
      return { ...report, intact: false, breach: { ...rest, row: line && JSON.parse(line), message: told(breach) } };
    }
    headFound ||= seal.hash === head;
    before = seal;
    report.segments += 1;
    report.sealedRows += here.length;
    report.head = seal.hash;
  }
  for (; !next.done; next = await lines.next()) report.unsealedRows += 1;
  return head === undefined ? report : { ...report, intact: headFound, headFound };
}

const cursorOf = (line: string) => (JSON.parse(line) as { cursor: string }).cursor;

async function* sealsUpTo(settings: Settings, company: string, last: number): AsyncGenerator<Seal, void, void> {
  for (let after: string | null = null; ;) {
    const found: { company?: { activitySeals: { nodes: Seal[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } | null } = await ask(settings, SealsQuery, { company, after });
    const { nodes = [], pageInfo } = found.company?.activitySeals ?? {};
    for (const seal of nodes) if (seal.number <= last) yield seal;
    if (!pageInfo?.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** A breach in a sentence. */
function told({ kind, line, after }: Breach): string {
  const behind = after ? `after ${after}` : 'at the beginning';
  const row = line ? (JSON.parse(line) as { id: string; cursor: string; action: string; at: string }) : null;
  const named = row ? `row ${row.id} (${row.cursor}, ${row.action}, ${row.at})` : '';
  switch (kind) {
    case 'CHANGED':
      return `${named} is not as it was sealed`;
    case 'ADDED':
      return `${named} was put in later`;
    case 'MISSING':
      return `a row ${behind} is missing`;
    case 'SEAL':
      return 'the seal is not what its rows give, and they are as they were marked: the seal was changed';
    case 'LINK':
      return 'the seal does not follow the one before: a seal was changed or taken out';
  }
}

function said({ prefix, intact, segments, sealedRows, unsealedRows, head, headFound, breach }: Report): string {
  if (breach) return `${bold(prefix)}  broken at segment ${breach.segment}: ${plain(breach.message)}`;
  if (headFound === false) return `${bold(prefix)}  rewritten: its ${segments} segments fit each other, and none has the given head (or the head is another company's)`;
  if (!intact) throw new Error('a log is broken for no reason');
  return `${bold(prefix)}  intact: ${segments} segments of ${sealedRows} rows, ${unsealedRows} not sealed yet${head ? `, head ${head}` : ''}`;
}
