import { expect, test } from 'vitest';
import { both, FactBook, fillSlots, slotsOf } from '../../../main/chat/facts.ts';
import { at, NOW, SAPPORO, ZONE } from '../../helpers/chat/hand-made-site.ts';

const label = both('値', 'value');
const text = (write: (book: FactBook) => string): { ja: string; en: string } => {
  const book = new FactBook(NOW, ZONE);
  const slot = write(book);
  return book.get(slot.slice(2, -2))?.text ?? { ja: '', en: '' };
};

test.each([
  ['items', (b: FactBook) => b.items(1240.4, label, 0), '1,240件', '1,240 items'],
  ['one item', (b: FactBook) => b.items(1, label, 0), '1件', '1 item'],
  ['no items', (b: FactBook) => b.items(0, label, 0), '0件', '0 items'],
  ['one person', (b: FactBook) => b.people(1, label, 0), '1名', '1 person'],
  ['people', (b: FactBook) => b.people(12, label, 0), '12名', '12 people'],
  ['a share', (b: FactBook) => b.percent(0.874, label, 0), '87%', '87%'],
  ['almost certain', (b: FactBook) => b.percent(0.9999, label, 0), '99%超', '>99%'],
  ['a rate', (b: FactBook) => b.rate(409.6, label, 0), '毎時410件', '410 items/hour'],
  ['minutes', (b: FactBook) => b.minutes(85, label, 0), '1時間25分', '1 h 25 min'],
  ['person-hours', (b: FactBook) => b.personHours(4.54, label, 0), '4.5人時', '4.5 person-hours'],
  ['one person-hour', (b: FactBook) => b.personHours(1, label, 0), '1人時', '1 person-hour'],
  ['today', (b: FactBook) => b.instant(at('16:00'), label, 0), '16:00', '16:00'],
  [
    'after midnight',
    (b: FactBook) => b.instant(at('01:30', 22), label, 0),
    '11月22日 01:30',
    '22 Nov, 01:30',
  ],
  ['a queue', (b: FactBook) => b.cell(SAPPORO), '札幌 SS エントリ1', '札幌 SS エントリ1'],
  ['a name over two lines', (b: FactBook) => b.name('佐藤\n花子', label), '佐藤 花子', '佐藤 花子'],
])('%s is written as people write it', (_, write, ja, en) => {
  expect(text(write)).toEqual({ ja, en });
});

test('the same value with the same meaning is one fact', () => {
  const book = new FactBook(NOW, ZONE);
  expect(book.items(5, label, 0)).toBe(book.items(5, label, 0));
  expect(book.items(5, both('別の値', 'another'), 0)).not.toBe(book.items(5, label, 0));
  expect(book.facts.map((fact) => fact.id)).toEqual(['f1', 'f2']);
});

test('marks say exactly where each fact stands', () => {
  const book = new FactBook(NOW, ZONE);
  const a = book.items(1240, label, 0);
  const b = book.percent(0.87, label, 0);
  const filled = fillSlots(`残件は${a}、確率は${b}、もう一度${a}。`, book.facts, 'ja');
  expect(filled?.text).toBe('残件は1,240件、確率は87%、もう一度1,240件。');
  expect(filled?.marks.map((mark) => filled.text.slice(mark.start, mark.end))).toEqual([
    '1,240件',
    '87%',
    '1,240件',
  ]);
  expect(slotsOf(`${a} ${b}`)).toEqual(['f1', 'f2']);
});

test('a slot that names no fact is refused, and a name that looks like a slot stays a name', () => {
  const book = new FactBook(NOW, ZONE);
  expect(fillSlots('{{f9}}', book.facts, 'ja')).toBeNull();
  const odd = book.name('{{f1}}{{f2}}', label);
  expect(fillSlots(`「${odd}」`, book.facts, 'ja')?.text).toBe('「{{f1}}{{f2}}」');
});
