import { expect, test } from 'vitest';
import { regexFault } from '../../../renderer/screens/logs/explore/regex-fault.ts';

test.each([
  ['timeout (', 'group'],
  ['timeout)', 'group'],
  ['[a-z', 'class'],
  ['*timeout', 'repeat'],
  ['a{2,1}', 'range'],
  ['[z-a]', 'range'],
  ['timeout\\', 'escape'],
] as const)('%s has a fault with a name', (pattern, fault) => {
  expect(regexFault(pattern)?.fault).toBe(fault);
});
test('any other fault is told as it was said, without the pattern engine’s preface', () => {
  expect(regexFault('(?P<x>a)')).toEqual({ fault: null, said: '/(?P<x>a)/: Invalid group' });
});
test('what the engine takes has none, strict or not', () => {
  for (const pattern of ['timeout', 'a{2}', '2026\\-11', '\\p{L}+', 'a{2'])
    expect(regexFault(pattern)).toBeNull();
});
