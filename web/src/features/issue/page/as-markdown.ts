import { issueStatusLabel } from '../../../ui/IssueGlyph.tsx';
import { priorityLabel } from '../../../ui/PriorityGlyph.tsx';
import type { IssueDetail } from './issue.ts';

/** The issue and its thread as one text, to paste elsewhere. */
export function asMarkdown(issue: IssueDetail): string {
  const facts = [issueStatusLabel(issue.status), priorityLabel(issue.priority), issue.assignee?.name ?? issue.assigneeUser?.name ?? 'unassigned'];
  const children = issue.children.nodes.map((child) => `- [${child.status === 'DONE' ? 'x' : ' '}] ${child.identifier} ${child.title}`);
  const comments = issue.comments.nodes.map((comment) => `### ${comment.author.name}, ${comment.createdAt}\n\n${comment.body}`);
  return [`# ${issue.identifier} ${issue.title}`, facts.join(', '), issue.description ?? '', children.join('\n'), ...comments].filter((part) => part !== '').join('\n\n') + '\n';
}
