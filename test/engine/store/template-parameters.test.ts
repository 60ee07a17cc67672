import { expect, test } from 'vitest';
import { migrated } from '../../helpers/logs/kept-templates.ts';

const word = (text: string) => ({ kind: 'word', text, gap: true });
const parameter = (kind: string) => ({ kind, type: 'number', gap: true });
const json = JSON.stringify;

test('what varies in a template is called a parameter in every row, and no text is touched', () => {
  // texts and values that read like the keys that are renamed
  const text = word('{"kind":"hole"');
  const value = '[{"hole":1}]';
  const kept = {
    ...{ id: 1, text: '<*>', absorbedInto: null },
    parts: json([parameter('hole'), text, parameter('hole')]),
    miner: json({ v: 1, gravity: 2, origin: 'line', seq: 0, born: ['w{"v":1,"gravity":'], steps: [] }),
    splits: json([
      { hole: 1, value, template: 3 },
      { hole: 0, value: '7', template: 4 },
    ]),
  };
  const [now, other] = migrated([kept, { ...kept, id: 2, splits: null }]);
  expect(JSON.parse(now?.parts ?? '')).toEqual([parameter('parameter'), text, parameter('parameter')]);
  expect(JSON.parse(now?.miner ?? '')).toMatchObject({ severity: 2, born: ['w{"v":1,"gravity":'] });
  expect(JSON.parse(now?.splits ?? '')).toEqual([
    { parameter: 1, value, template: 3 },
    { parameter: 0, value: '7', template: 4 },
  ]);
  expect(other?.splits).toBeNull();
});
