import { expect, test } from 'vitest';
import type { FormatMarks } from '../../../main/logs/contract/formats.ts';
import { compileFormat } from '../../../main/logs/read/formats.ts';
import { formatFromMarks } from '../../../main/logs/read/from-marks.ts';

const LINE = '[2026/11/23 13:01:05] BT-03 <要確認> 棚卸(担当=017) 差異が 3 件あります';
/** Marks by their texts, as a person selects them. */
function marked(line: string, texts: Partial<Record<FormatMarks['marks'][number]['field'], string>>) {
  return Object.entries(texts).map(([field, text]) => {
    const start = line.indexOf(text);
    return { field: field as FormatMarks['marks'][number]['field'], start, end: start + text.length };
  });
}
const given = (line: string, texts: Parameters<typeof marked>[1], level: FormatMarks['level'] = null) =>
  formatFromMarks({ name: 'tana', title: '棚卸', line, marks: marked(line, texts), level });
const READ = {
  time: '2026/11/23 13:01:05',
  host: 'BT-03',
  level: '要確認',
  service: '棚卸',
  content: '差異が 3 件あります',
};

test('one marked line reads the others of its kind', () => {
  const file = given(LINE, READ, 'warn');
  const format = compileFormat({ ...file, kind: 'pattern', rank: 99 });
  expect(format.parse('[2026/11/24 08:00:00] BT-11 <要確認> 出荷(担当=4) 送り状がありません')).toEqual({
    time: '2026/11/24 08:00:00',
    host: 'BT-11',
    level: 'warn',
    service: '出荷',
    content: '送り状がありません',
  });
  expect(format.parse('something else')).toBeNull();
  expect(file.samples[0]?.fields).toEqual({ ...READ, level: 'warn' });
});

test('what was not marked is passed over, also behind the message', () => {
  const file = given('n=12;a job has failed;17:203', { content: 'a job has failed' });
  const format = compileFormat({ ...file, kind: 'pattern', rank: 99 });
  expect(format.parse('n=7;all is well;2:1')).toEqual({ content: 'all is well' });
});

test('marks that cannot be read as they are marked are refused', () => {
  expect(() => given(LINE, { time: 'BT-03', content: '差異' })).toThrow(/logs\.bad-format|./);
  expect(() => given(LINE, { time: READ.time })).toThrow();
  expect(() =>
    given(LINE, { service: '棚卸(担当=017)', host: '担当', content: '差異が 3 件あります' }),
  ).toThrow();
  // a word that is no level anywhere needs a meaning
  expect(() => given(LINE, READ)).toThrow();
});
