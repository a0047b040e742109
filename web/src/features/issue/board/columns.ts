import { judgeMove, type MoveVerdict } from '../../../../../schema/issue/rules.ts';
import type { IssueLineFragment, IssueStatus } from '../../../graphql/generated/graphql.ts';
import { issueStatusLabel } from '../../../ui/IssueGlyph.tsx';

/** The board's columns, left to right; cancelled work is looked for in the list. */
export const COLUMNS: readonly IssueStatus[] = ['BACKLOG', 'TODO', 'IN_PROGRESS', 'IN_REVIEW', 'BLOCKED', 'DONE'];

type Movable = Pick<IssueLineFragment, 'status' | 'assignee' | 'assigneeUser'>;

/** What the server's own table says of dropping an issue there; a person at the board asks. */
export function verdictOn(issue: Movable, to: IssueStatus): MoveVerdict {
  return judgeMove({ from: issue.status, to, hasAssignee: Boolean(issue.assignee ?? issue.assigneeUser), isBoard: true });
}

/** Columns where an issue may go, itself not among them. */
export function legalColumns(issue: Movable): IssueStatus[] {
  return COLUMNS.filter((to) => to !== issue.status && verdictOn(issue, to).allowed);
}

/** "Moving HAL-147 from In progress. Legal: In review, Blocked, Done." */
export function legalSentence(issue: Movable): string {
  const legal = legalColumns(issue).map(issueStatusLabel);
  return legal.length > 0 ? `Legal: ${legal.join(', ')}.` : 'It cannot move from here.';
}

/** The next column in a direction that the issue may go to, the one it came from counting as one; null at the end. */
export function stepColumn(issue: Movable, from: IssueStatus, direction: 1 | -1): IssueStatus | null {
  for (let at = COLUMNS.indexOf(from) + direction; at >= 0 && at < COLUMNS.length; at += direction) {
    const column = COLUMNS[at];
    if (column && (column === issue.status || verdictOn(issue, column).allowed)) return column;
  }
  return null;
}

/** A card that was dropped and is not yet where the server has it. */
export interface Moved {
  issue: IssueLineFragment;
  to: IssueStatus;
}

/** The cards of a column while some are on their way: those that left are gone, those that came are first. */
export function cardsOf(status: IssueStatus, nodes: readonly IssueLineFragment[], moved: readonly Moved[]): IssueLineFragment[] {
  const away = new Map(moved.map(({ issue, to }) => [issue.id, to]));
  const here = nodes.filter((issue) => (away.get(issue.id) ?? issue.status) === status);
  const known = new Set(here.map((issue) => issue.id));
  const arrived = moved.filter(({ issue, to }) => to === status && !known.has(issue.id)).map(({ issue }) => issue);
  return [...arrived, ...here];
}
