import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TranscriptEntry } from '../contract.ts';
import { claudeReader } from './output.ts';
import { contextWith, readRecording, recording } from './testing.ts';

const brief = ({ kind, text, tool, isError }: TranscriptEntry) => [kind, text, ...(tool ? [tool] : []), ...(isError ? ['error'] : [])];
const success = { code: 0, signal: null };

test('a run with thought, speech, a tool and a result', () => {
  const { entries, outcome } = readRecording('success');
  expect(entries.map(brief)).toEqual([
    ['INIT', 'Claude Code 2.1.197 with claude-opus-4-8[1m]'],
    ['THINKING', 'A file is wanted.'],
    ['ASSISTANT', 'I write the file.'],
    ['TOOL_CALL', 'echo hello > hello.txt && cat hello.txt', 'Bash'],
    ['TOOL_RESULT', 'hello'],
    ['ASSISTANT', 'Wrote hello.txt.'],
    ['RESULT', 'Wrote hello.txt.'],
  ]);
  const [call, result] = entries.slice(3);
  expect(call?.toolCallId).toBe(result?.toolCallId);
  expect(call?.data).toMatchObject({ input: { command: 'echo hello > hello.txt && cat hello.txt' } });
  expect(outcome).toMatchObject({
    kind: 'succeeded', summary: 'Wrote hello.txt.', provider: 'anthropic', biller: 'anthropic', billingType: 'METERED_API',
    model: 'claude-opus-4-8', costMicros: 11_750n, worthMicros: 11_750n,
    usage: { inputTokens: 800n, cachedInputTokens: 10_000n, outputTokens: 80n },
  });
});

test('the session of a run is stored with what must match to resume it', () => {
  const { outcome } = readRecording('success', contextWith({ model: 'opus' }));
  expect(outcome.session).toEqual({
    params: { sessionId: outcome.session?.displayId, cwd: '/home/agent/work', model: 'opus', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) },
    displayId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('a failed tool is marked and does not fail the run', () => {
  const { entries, outcome } = readRecording('tool-error');
  expect(entries.map(brief)).toContainEqual(['TOOL_RESULT', 'Exit code 3\nno such thing', 'error']);
  expect(outcome.kind).toBe('succeeded');
});

test('a picture is named, not kept', () => {
  expect(readRecording('tool-image').entries.map(brief)).toContainEqual(['TOOL_RESULT', '[image/png, 1 KiB, left out]']);
});

test('a tool that was not allowed is listed with the result', () => {
  const result = readRecording('tool-denied').entries.at(-1);
  expect(result?.data).toMatchObject({ deniedTools: ['Write'] });
});

test('what a sub-agent does is marked with the call that started it', () => {
  const { entries, outcome } = readRecording('sub-agent');
  const task = entries.find(({ tool }) => tool === 'Task');
  const inner = entries.find(({ text }) => text === 'ls | wc -l');
  expect(inner?.data).toMatchObject({ parentToolCallId: task?.toolCallId });
  expect(outcome).toMatchObject({ usage: { inputTokens: 40n } });
});

test('a subscription’s usage is worth what Claude Code reckons, and has no cost, because nobody is billed it', () => {
  const { outcome } = readRecording('subscription-success');
  expect(outcome).toMatchObject({ billingType: 'SUBSCRIPTION_INCLUDED', usage: { inputTokens: 400n, cachedInputTokens: 5_000n, outputTokens: 40n } });
  expect(outcome.costMicros).toBeUndefined();
  expect(outcome.worthMicros).toBeGreaterThan(0n);
});

test('a run that was stopped reports what is known: its session, and usage without a price', () => {
  const report = readRecording('terminated').reader.report();
  expect(report).toMatchObject({ usage: { inputTokens: 400n, cachedInputTokens: 5_000n } });
  expect(report.session?.displayId).toMatch(/^[0-9a-f-]{36}$/);
  expect(report.costMicros).toBeUndefined();
  expect(report.worthMicros).toBeUndefined();
});

test('where the text is cut makes no difference', () => {
  const text = recording('success').stdout.join('');
  const whole = readRecording('success').entries;
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 }), (cuts) => {
    const reader = claudeReader(contextWith());
    const at = [0, ...cuts.sort((a, b) => a - b), text.length];
    const entries = at.slice(1).flatMap((end, index) => reader.feed('stdout', text.slice(at[index], end)));
    expect([...entries, ...reader.end()]).toEqual(whole);
    expect(reader.outcome(success).kind).toBe('succeeded');
  }), { numRuns: 50 });
});

test('lines of other kinds are kept as they are and disturb nothing', () => {
  const reader = claudeReader(contextWith());
  const odd = ['npm warn something', '{"type":"of-the-future","x":1}', '{broken', '[1,2]', '{"no":"type"}', '{"type":"assistant"}',
    '{"type":"assistant","message":{"content":[null,7,{"type":"new"},{"type":"text","text":{"not":"text"}}]}}', '{"type":"system","subtype":"new"}', '', '\r'];
  const entries = reader.feed('stdout', `${odd.join('\n')}\n${recording('success').stdout.join('')}`);
  expect(entries.slice(0, 4).map(brief)).toEqual([['SYSTEM', 'npm warn something'], ['SYSTEM', '{broken'], ['SYSTEM', '[1,2]'], ['SYSTEM', '{"no":"type"}']]);
  expect(entries[4]?.kind).toBe('INIT');
  expect(reader.outcome(success).kind).toBe('succeeded');
});

test('any JSON at all is read without an error', () => {
  const types = fc.constantFrom('system', 'assistant', 'user', 'result', 'rate_limit_event');
  const line = fc.record({
    type: types, subtype: fc.oneof(fc.constantFrom('init', 'api_retry', 'success'), fc.jsonValue()), message: fc.oneof(fc.jsonValue(), fc.record({ content: fc.jsonValue(), usage: fc.jsonValue() })),
    result: fc.jsonValue(), errors: fc.jsonValue(), usage: fc.jsonValue(), modelUsage: fc.jsonValue(), total_cost_usd: fc.jsonValue(),
    rate_limit_info: fc.oneof(fc.jsonValue(), fc.record({ status: fc.string(), resetsAt: fc.double() })), is_error: fc.jsonValue(),
  }, { requiredKeys: ['type'] });
  fc.assert(fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
    const reader = claudeReader(contextWith());
    reader.feed('stdout', lines.map((each) => JSON.stringify(each)).join('\n'));
    reader.end();
    expect(reader.outcome(success).kind).toMatch(/succeeded|failed/);
  }));
});

test('a huge tool result is cut with a mark', () => {
  const line = JSON.stringify({ type: 'user', message: { content: [{ type: 'tool_result', tool_use_id: 't', content: 'x'.repeat(3_000_000) }] } });
  const [entry] = claudeReader(contextWith()).feed('stdout', `${line}\n`);
  expect(entry?.text).toHaveLength(16_384 + '\n[2983616 more characters left out]'.length);
  expect(entry?.text).toMatch(/xxx\n\[2983616 more characters left out\]$/);
});

test('a line beyond all measure is left out once, and the next is read', () => {
  const reader = claudeReader(contextWith());
  const entries: TranscriptEntry[] = [];
  for (let mebibytes = 0; mebibytes < 40; mebibytes += 1) entries.push(...reader.feed('stdout', 'x'.repeat(1024 * 1024)));
  entries.push(...reader.feed('stdout', `\n${recording('success').stdout[0] ?? ''}`));
  expect(entries.map(({ kind }) => kind)).toEqual(['SYSTEM', 'INIT']);
  expect(entries[0]?.text).toBe('A line of more than 16 MiB was left out');
});

test('standard error is part of the transcript', () => {
  const [entry] = claudeReader(contextWith()).feed('stderr', 'warning: odd\n');
  expect(entry).toEqual({ kind: 'SYSTEM', text: 'warning: odd', data: { stream: 'stderr' } });
});

test('why a stored conversation is not resumed is said first', () => {
  const { outcome } = readRecording('success');
  const reader = claudeReader(contextWith({ model: 'sonnet' }, { session: outcome.session ?? null }));
  expect(reader.feed('stdout', '')).toEqual([{ kind: 'SYSTEM', text: 'Starting a new conversation: the model changed' }]);
});
