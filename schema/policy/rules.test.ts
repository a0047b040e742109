import { expect, test } from 'vitest';
import { nextStage, type Participant, type Stage } from './rules.ts';

const agent = (id: string): Participant => ({ type: 'AGENT', id });
const person: Participant = { type: 'USER', id: 'a' };
const stage = (id: string, type: Stage['type'], ...participants: Participant[]): Stage => ({ id, type, participants });
const [a, b, c] = [agent('a'), agent('b'), agent('c')];
const gone = agent('gone');
const isEligible = (each: Participant) => each !== gone;

test.each<[string, Stage[], string | null, Participant | null, ReturnType<typeof nextStage>]>([
  ['no stages', [], null, a, { kind: 'done' }],
  ['the first participant', [stage('r', 'REVIEW', b, c)], null, a, { kind: 'stage', stage: stage('r', 'REVIEW', b, c), participant: b }],
  ['never the executor', [stage('r', 'REVIEW', a, c)], null, a, { kind: 'stage', stage: stage('r', 'REVIEW', a, c), participant: c }],
  ['a person of the same id is somebody else', [stage('r', 'REVIEW', person)], null, a, { kind: 'stage', stage: stage('r', 'REVIEW', person), participant: person }],
  ['one who cannot is passed over', [stage('r', 'REVIEW', gone, c)], null, a, { kind: 'stage', stage: stage('r', 'REVIEW', gone, c), participant: c }],
  ['a review by the executor alone is skipped', [stage('r', 'REVIEW', a)], null, a, { kind: 'done' }],
  ['and the next stage comes', [stage('r', 'REVIEW', a), stage('p', 'APPROVAL', b)], null, a, { kind: 'stage', stage: stage('p', 'APPROVAL', b), participant: b }],
  ['an approval by the executor alone is not', [stage('p', 'APPROVAL', a)], null, a, { kind: 'nobody', stage: stage('p', 'APPROVAL', a) }],
  ['a review that nobody can give is not skipped', [stage('r', 'REVIEW', gone)], null, a, { kind: 'nobody', stage: stage('r', 'REVIEW', gone) }],
  ['after the first', [stage('r', 'REVIEW', b), stage('p', 'APPROVAL', c)], 'r', a, { kind: 'stage', stage: stage('p', 'APPROVAL', c), participant: c }],
  ['after the last', [stage('r', 'REVIEW', b), stage('p', 'APPROVAL', c)], 'p', a, { kind: 'done' }],
  ['work that was nobody’s', [stage('r', 'REVIEW', a)], null, null, { kind: 'stage', stage: stage('r', 'REVIEW', a), participant: a }],
])('%s', (_name, stages, after, executor, next) => expect(nextStage(stages, after, executor, isEligible)).toEqual(next));
