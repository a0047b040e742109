import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayOf, dayTimeOf, longDay, moment, secondsOf, soonOf, timeOf, utcDay, utcDayTime, utcMonth, utcWeekday } from './format.ts';

const at = '2026-11-21T23:05:09Z';
const now = '2026-11-21T23:40:00Z';

afterEach(() => vi.unstubAllEnvs());

describe.each([
  ['UTC', { day: '21 Nov', time: '23:05', seconds: '23:05:09', long: 'Saturday 21 November', moment: '21 Nov 2026, 23:05:09 UTC' }],
  ['Pacific/Auckland', { day: '22 Nov', time: '12:05', seconds: '12:05:09', long: 'Sunday 22 November', moment: '22 Nov 2026, 12:05:09 UTC+13' }],
  ['America/New_York', { day: '21 Nov', time: '18:05', seconds: '18:05:09', long: 'Saturday 21 November', moment: '21 Nov 2026, 18:05:09 UTC-5' }],
  ['Asia/Kolkata', { day: '22 Nov', time: '04:35', seconds: '04:35:09', long: 'Sunday 22 November', moment: '22 Nov 2026, 04:35:09 UTC+5:30' }],
  ['America/St_Johns', { day: '21 Nov', time: '19:35', seconds: '19:35:09', long: 'Saturday 21 November', moment: '21 Nov 2026, 19:35:09 UTC-3:30' }],
])('a moment in %s', (zone, said) => {
  beforeEach(() => {
    vi.stubEnv('TZ', zone);
  });

  test('is told in the time of the place', () => {
    expect({ day: dayOf(at, now), time: timeOf(at), seconds: secondsOf(at), long: longDay(at, now), moment: moment(at) }).toEqual(said);
    expect(dayTimeOf(at, now)).toBe(`${said.day}, ${said.time}`);
    expect(soonOf(at, now)).toBe(said.time);
  });

  test('is in UTC where rules are', () => {
    expect([utcDay(at, now), utcDayTime(at, now), utcWeekday(at), utcMonth(at)]).toEqual(['21 Nov', '21 Nov, 23:05 UTC', 'Sat 21 Nov', 'November']);
  });
});

describe('in New York, where it is another day and another year than in UTC', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'America/New_York');
  });

  test('a year is said where it is not this one', () => {
    expect([dayOf('2025-09-01T12:00:00Z', now), dayTimeOf('2027-01-01T03:00:00Z', now), longDay('2025-09-01T12:00:00Z', now)]).toEqual(['1 Sep 2025', '31 Dec, 22:00', 'Monday 1 September 2025']);
    expect(utcDay('2027-01-01T03:00:00Z', now)).toBe('1 Jan 2027');
  });

  test('a time of another day has its day', () => {
    expect([soonOf('2026-11-22T04:59:00Z', now), soonOf('2026-11-22T05:00:00Z', now)]).toEqual(['23:59', '22 Nov, 00:00']);
  });
});

test('no other module writes dates or times', () => {
  const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
  expect(Object.keys(sources).length).toBeGreaterThan(200);
  const own = /\.toLocale(Date|Time)?String\b|\bIntl\.|\.to(UTC|Date|Time|GMT)String\(|\.get(UTC)?(Hours|Minutes|Day)\(/;
  const found = Object.keys(sources).filter((path) => !path.includes('/generated/') && !/\.test\.tsx?$/.test(path) && path !== './format.ts' && own.test(sources[path] ?? ''));
  expect(found).toEqual([]);
});
