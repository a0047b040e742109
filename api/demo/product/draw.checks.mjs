import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawMoon } from '../src/draw.mjs';

const count = (turn, sign) => [...drawMoon(turn).join('')].filter((each) => sign.includes(each)).length;

test('a new moon is dark and a full one has no dark side', () => {
  assert.equal(count(0, '#%'), 0);
  assert.equal(count(0.5, '.'), 0);
});

test('a first quarter is lit on the right, a last one on the left', () => {
  const middle = (turn) => drawMoon(turn)[7];
  assert.match(middle(0.25), /^\.+[#%]+$/);
  assert.match(middle(0.75), /^[#%]+\.+$/);
});

test('it is round: as many lines as it has rows, the middle one the widest', () => {
  const lines = drawMoon(0.5, 5);
  assert.equal(lines.length, 11);
  assert.equal(Math.max(...lines.map((line) => line.length)), lines[5].length);
});
