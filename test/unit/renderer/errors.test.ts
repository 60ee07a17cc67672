import { expect, test } from 'vitest';
import { toApiError } from '../../../main/api/base.ts';
import type { Context } from '../../../main/api/services.ts';
import { AppError, Cancelled, wordError } from '../../../main/kernel/errors.ts';
import { isCancelled, toWordable } from '../../../renderer/errors.ts';

const logged: unknown[] = [];
const context = {
  services: { log: { area: () => ({ error: (...said: unknown[]) => logged.push(said) }) } },
} as unknown as Context;

test('what a person stopped comes to the page as stopped, not as an error', () => {
  const thrown = toApiError(new Cancelled('cancelled by a person'), context);
  expect(isCancelled(thrown)).toBe(true);
  expect(logged).toEqual([]);
});
test('a bug comes as one, and is logged', () => {
  const thrown = toApiError(new TypeError('x is not a function'), context);
  expect([isCancelled(thrown), toWordable(thrown).code, logged.length]).toEqual([false, 'internal', 1]);
});
test('amounts are written with their thousands apart', () => {
  const { say } = wordError(
    new AppError('models.bad-incomplete', { need: 2_489_757_856, have: 60_000 }),
    'ja',
  );
  expect(say).toContain('2,489,757,856 バイトのうち 60,000 バイト');
});
