#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { drawMoon } from '../src/draw.mjs';
import { moonOn, nextFullMoon } from '../src/moon.mjs';

const phases = JSON.parse(readFileSync(new URL('../src/phases.json', import.meta.url), 'utf8'));
const asked = process.argv[2];
const date = asked ? new Date(`${asked}T21:00:00Z`) : new Date();
if (Number.isNaN(date.getTime())) {
  console.error(`moon: ${asked} is not a date such as 2025-01-13`);
  process.exit(2);
}

const moon = moonOn(date);
const { name, saying } = phases[moon.phase];
console.log(drawMoon(moon.turn).join('\n'));
console.log(`\n${name}, ${Math.round(moon.lit * 100)}% lit. ${saying}`);
console.log(`Next full moon: ${nextFullMoon(date).toISOString().slice(0, 10)}`);
