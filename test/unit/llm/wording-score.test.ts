// The self-benchmark's judge of a sentence: facts only through their ids.
import { expect, test } from 'vitest';
import { scoreWording, WORDING_QUESTIONS } from '../../../main/llm/benchmark/wording-questions.ts';

const question = { ask: '残件を伝える', facts: { f1: '残件 1,240件', f2: '310件/時' } };
test.each([
  ['残りは{{f1}}、速さは{{f2}}です。', true],
  ['残りは{{ f1 }}、速さは{{f2}}です。', true],
  ['残りは{{f1}}です。', false],
  ['残りは{{f1}}、{{f2}}、{{f3}}です。', false],
  ['残りは{{f1}} (1,240件)、速さは{{f2}}です。', false],
  ['残りは{{f1}}で、１２４０のままです。{{f2}}。', false],
  ['残りは{{f1}}、三人で{{f2}}です。', false],
  ['一方、残りは{{f1}}、速さは{{f2}}です。', true],
  ['{{f1}} / {{f2}}', false],
  ['Backlog {{f1}}, pace {{f2}}.', false],
  ['', false],
])('%s: %s', (text, right) => {
  expect(scoreWording(text, question)).toBe(right);
});
test('every question can be answered', () => {
  for (const asked of WORDING_QUESTIONS) {
    const text = `${Object.keys(asked.facts)
      .map((id) => `{{${id}}}`)
      .join('、')}をお伝えします。`;
    expect(scoreWording(text, asked), asked.ask).toBe(true);
  }
});
