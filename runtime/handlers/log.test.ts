import { expect, it } from 'vitest';
import { createLog } from './log.ts';

it.each([
  ['token 00D5g000000abcd!AQ4AQFx.y_z was refused'],
  ['authorization: Bearer abc.def-ghi'],
  ['grant_type=client_credentials&client_secret=5D0C3F1A&x=1'],
])('P8 what looks like a secret is blanked in a log line: %s', detail => {
  const lines: string[] = [];
  createLog(line => lines.push(line)).warn('something', { detail, count: 3 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('[hidden]');
  expect(lines[0]).not.toMatch(/AQ4AQFx|abc\.def|5D0C3F1A/);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', event: 'something', count: 3 });
});
