// The number gate for sentences made outside a chat.
import { expect, test } from 'vitest';
import { passesGate } from '../../../main/chat/index.ts';

const FACTS = { f1: '残件 1,240件', f2: '納期 15:00' };
test.each([
  ['{{f1}}、{{f2}}です。', true],
  ['{{f1}}、{{f2}}で、あと3人必要です。', false],
  ['{{f1}}以上、{{f2}}です。', false],
  ['{{f1}}、{{f2}}、{{f3}}です。', false],
  ['東京では{{f1}}、{{f2}}です。', false],
  ['{{f1}}、{{f2}}です。一緒に確認しましょう。', true],
])('%s: %s', (sentence, passes) => {
  expect(passesGate(sentence, FACTS)).toBe(passes);
});
