import { expect, test } from 'vitest';
import { gateWords } from './workspace-words.ts';

const of = (phase: 'PREPARE' | 'FINALIZE', status: 'RUNNING' | 'SUCCEEDED' | 'FAILED', number?: number) =>
  gateWords({ status: 'ACTIVE', lastOperation: { phase, status, run: number ? { number } : null } });

test('the gate is open before anything was done and once finalize succeeded', () => {
  expect(gateWords({ status: 'ACTIVE', lastOperation: null }).open).toBe(true);
  expect(of('FINALIZE', 'SUCCEEDED')).toEqual({ open: true, bad: false, text: 'open: finalized' });
});

test('otherwise it is shut, and says by what', () => {
  expect(of('PREPARE', 'SUCCEEDED', 7)).toEqual({ open: false, bad: false, text: 'shut until run 7 is finalized' });
  expect(of('FINALIZE', 'FAILED', 7)).toEqual({ open: false, bad: true, text: 'shut: finalize failed' });
  expect(of('PREPARE', 'FAILED').bad).toBe(true);
});
