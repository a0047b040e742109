import { expect, test } from 'vitest';
import { contextWith } from './claude/testing.ts';
import { runPrompt } from './prompt.ts';

const comments = [{ author: 'Board', body: 'Please use a table.', at: '2026-11-20T19:00:00.000Z' }];
const wake = { reason: 'a comment mentions you', commentId: 'comment-1', comments, payload: { source: 'mention' } };
const context = contextWith({}, { wake });

test('a new conversation is told who it is, why it was woken and what to do', () => {
  const prompt = runPrompt(context, { context: 'thin' }, false);
  expect(prompt).toContain('You are Ada, Lead engineer at Acme.');
  expect(prompt).toContain('`boardroom` command');
  expect(prompt).toContain('"$BOARDROOM_API_URL/graphql"');
  expect(prompt).toContain('a comment mentions you');
  expect(prompt).toContain('Check the issue out');
  expect(prompt).not.toContain('{{');
});

test('thin names things, fat writes them out', () => {
  const thin = runPrompt(context, { context: 'thin' }, false);
  expect(thin).toContain('boardroom issue show ACME-12');
  expect(thin).toContain('comment-1');
  expect(thin).not.toContain('Please use a table.');
  const fat = runPrompt(context, { context: 'fat' }, false);
  for (const part of ['All of it.', 'Part of ACME-1: The language', 'Please use a table.', '"source":"mention"']) expect(fat).toContain(part);
});

test('a resumed conversation gets what is new and nothing it was told before', () => {
  const prompt = runPrompt(context, { context: 'thin', bootstrapPrompt: 'FIRST', promptTemplate: 'MAIN' }, true);
  expect(prompt).toContain('a comment mentions you');
  expect(prompt).not.toMatch(/FIRST|MAIN|You are Ada/);
});

test('own words replace Boardroom’s, with the values filled in', () => {
  const prompt = runPrompt(context, { context: 'thin', bootstrapPrompt: 'I am {{agent.name}} ({{position}}).', promptTemplate: 'Do {{issue.identifier}} in {{cwd}}: {{context.wake.reason}}.' }, false);
  expect(prompt).toMatch(/^I am Ada \(Lead engineer\)\.\n\nRun 7\./);
  expect(prompt).toMatch(/Do ACME-12 in \/home\/agent\/work: a comment mentions you\.$/);
});

test('a heartbeat is about no issue', () => {
  const prompt = runPrompt(contextWith({}, { issue: null }), { context: 'thin' }, false);
  expect(prompt).toContain('Look at your inbox');
  expect(prompt).not.toContain('ACME-12');
});
