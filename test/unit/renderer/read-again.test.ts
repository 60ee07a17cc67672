import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReadAgain } from '../../../renderer/read-again.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An engine that takes `ms` to answer, whatever it is asked. */
function engine(ms: number) {
  const asked: string[] = [];
  const onTheWay = new Set<string>();
  const again = createReadAgain<string>({
    read: async (key) => {
      asked.push(key);
      onTheWay.add(key);
      await new Promise((resolve) => setTimeout(resolve, ms));
      onTheWay.delete(key);
    },
    isReading: (key) => onTheWay.has(key),
  });
  return { again, asked, onTheWay };
}

test('changes that come together are read once, and soon', async () => {
  const { again, asked } = engine(5);
  for (let i = 0; i < 50; i++) again.add(['lines', 'templates']);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['lines', 'templates']);
});

test('while changes keep coming, a slow answer is waited for, and not asked for all the time', async () => {
  const { again, asked } = engine(1000);
  for (let i = 0; i < 100; i++) {
    again.add(['accounting']);
    await vi.advanceTimersByTimeAsync(100);
  }
  // ten seconds: an answer of one, three of rest
  expect(asked).toHaveLength(3);
});

test('the last change is always read, also one that came while an older answer was on its way', async () => {
  const { again, asked, onTheWay } = engine(1000);
  again.add(['accounting']);
  await vi.advanceTimersByTimeAsync(500);
  expect([...onTheWay]).toEqual(['accounting']);
  again.add(['accounting']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual(['accounting', 'accounting']);
});

test('what a screen asks by itself is not begun anew', async () => {
  const { again, asked, onTheWay } = engine(5);
  onTheWay.add('lines');
  again.add(['lines']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(asked).toEqual([]);
  onTheWay.delete('lines');
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['lines']);
});

test('after the page has left nothing is read', async () => {
  const { again, asked } = engine(5);
  again.add(['lines']);
  again.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
});
