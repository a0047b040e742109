import { describe, expect, test } from 'vitest';
import { type AssignScope, covers, type Handover, mayHandOver, type Owner } from './rules.ts';

describe('what a scope covers', () => {
  // In turn: what the handover is like, and for each family of a scope whether it matches.
  const handovers: [string, Handover, { projects: boolean; agents: boolean; below: boolean }][] = [
    ['in the project, to an agent that is named and managed', { projectIds: ['P', 'P'], agentIds: ['named'], concernsPerson: false }, { projects: true, agents: true, below: true }],
    ['in the project, between two that are named and managed', { projectIds: ['P', 'P'], agentIds: ['named', 'also'], concernsPerson: false }, { projects: true, agents: true, below: true }],
    ['in the project, to nobody', { projectIds: ['P', 'P'], agentIds: [], concernsPerson: false }, { projects: true, agents: true, below: true }],
    ['in another of the projects', { projectIds: ['P', 'Q'], agentIds: ['named'], concernsPerson: false }, { projects: true, agents: true, below: true }],
    ['out of the project', { projectIds: ['P', 'X'], agentIds: ['named'], concernsPerson: false }, { projects: false, agents: true, below: true }],
    ['into the project', { projectIds: ['X', 'P'], agentIds: ['named'], concernsPerson: false }, { projects: false, agents: true, below: true }],
    ['in no project', { projectIds: [null], agentIds: ['named'], concernsPerson: false }, { projects: false, agents: true, below: true }],
    ['from another to one that is named', { projectIds: ['P'], agentIds: ['other', 'named'], concernsPerson: false }, { projects: true, agents: false, below: false }],
    ['to one that is managed and not named', { projectIds: ['P'], agentIds: ['managed'], concernsPerson: false }, { projects: true, agents: false, below: true }],
    ['to one that is named and not managed', { projectIds: ['P'], agentIds: ['peer'], concernsPerson: false }, { projects: true, agents: true, below: false }],
    ['with a person', { projectIds: ['P'], agentIds: [], concernsPerson: true }, { projects: true, agents: false, below: false }],
  ];
  const families: [string, AssignScope, (matches: { projects: boolean; agents: boolean; below: boolean }) => boolean][] = [
    ['projects', { projectIds: ['P', 'Q'] }, ({ projects }) => projects],
    ['agents', { agentIds: ['named', 'also', 'peer'] }, ({ agents }) => agents],
    ['those below', { managedSubtree: true }, ({ below }) => below],
    ['projects and agents', { projectIds: ['P', 'Q'], agentIds: ['named', 'also', 'peer'] }, ({ projects, agents }) => projects && agents],
    ['projects and those below', { projectIds: ['P', 'Q'], managedSubtree: true }, ({ projects, below }) => projects && below],
    ['agents and those below', { agentIds: ['named', 'also', 'peer'], managedSubtree: true }, ({ agents, below }) => agents && below],
    ['all', { projectIds: ['P', 'Q'], agentIds: ['named', 'also', 'peer'], managedSubtree: true }, ({ projects, agents, below }) => projects && agents && below],
    ['nothing', {}, () => false],
    ['nothing, said aloud', { managedSubtree: false }, () => false],
    ['no project', { projectIds: [] }, () => false],
  ];
  const isManaged = (id: string) => ['named', 'also', 'managed'].includes(id);
  const all = families.flatMap(([family, scope, expected]) => handovers.map(([what, handover, matches]) => [family, what, scope, handover, expected(matches)] as const));

  test.each(all)('by %s: %s', (_family, _what, scope, handover, expected) => expect(covers(scope, handover, isManaged)).toBe(expected));
});

describe('what every agent may with the owner of an issue', () => {
  const me = { id: 'me', managerId: 'boss' };
  const none: Owner = { assigneeId: null, assigneeUserId: null };
  const agent = (assigneeId: string): Owner => ({ assigneeId, assigneeUserId: null });
  const person = (assigneeUserId: string): Owner => ({ assigneeId: null, assigneeUserId });
  const owners = { nobody: none, itself: agent('me'), 'its manager': agent('boss'), 'the agent that filed it': agent('filer'), 'the person who filed it': person('filer'), 'another agent': agent('other'), 'another person': person('other') };
  const creators = { agent: { creatorType: 'AGENT', creatorId: 'filer' }, person: { creatorType: 'USER', creatorId: 'filer' }, Boardroom: { creatorType: 'SYSTEM', creatorId: null } } as const;

  function expected(from: string, to: string, creator: string): boolean {
    if (from === 'nobody') return to === 'itself';
    if (from !== 'itself') return false;
    return to === 'nobody' || to === 'its manager' || (to === 'the agent that filed it' && creator === 'agent') || (to === 'the person who filed it' && creator === 'person');
  }
  const cases = Object.keys(owners).flatMap((from) => Object.keys(owners).filter((to) => to !== from).flatMap((to) => Object.keys(creators).map((creator) => [from, to, creator] as const)));

  test.each(cases)('from %s to %s, filed by %s', (from, to, creator) => {
    const at = <Of extends object>(of: Of, key: string) => of[key as keyof Of];
    expect(mayHandOver(me, { ...at(owners, from), ...at(creators, creator) } as never, at(owners, to))).toBe(expected(from, to, creator));
  });

  test('without a manager nobody is it', () => expect(mayHandOver({ id: 'me', managerId: null }, { ...agent('me'), creatorType: 'SYSTEM', creatorId: null }, agent('other'))).toBe(false));
});
