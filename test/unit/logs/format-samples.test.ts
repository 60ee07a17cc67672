import { expect, test } from 'vitest';
import { judge, readRecords, readSamples } from '../../helpers/logs/format-samples.ts';

const samples = readSamples();

test('every sample file is read as a person reads it: time, level, who speaks, message', () => {
  expect(samples.length).toBeGreaterThan(80);
  const wrong = samples.flatMap((sample) =>
    judge(sample, null).wrong.map((line) => `${sample.name}: ${line}`),
  );
  expect(wrong).toEqual([]);
});

test('the general reader alone reads most of them', () => {
  const right = samples.filter((sample) => judge(sample, 'general').isRight).length;
  expect(right / samples.length).toBeGreaterThan(0.85);
});

test('every line is in one record, whatever the format', () => {
  for (const { name, text } of samples) {
    const lines = text
      .replace(/\n$/, '')
      .split('\n')
      .filter((line) => line.trim() !== '').length;
    const read = readRecords(text, null)
      .flatMap((draft) => draft.text.split('\n'))
      .filter((line) => line.trim() !== '');
    expect([name, read.length]).toEqual([name, lines]);
  }
});
