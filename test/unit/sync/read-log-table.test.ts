// Pages of a log table, against a server that answers from a list.
import { expect, test } from 'vitest';
import type { LogTable } from '../../../main/logs/contract/tables.ts';
import { type LogPlan, planLogTable } from '../../../main/sync/log-tables/log-table-plan.ts';
import { logRowReader } from '../../../main/sync/log-tables/read-log-row.ts';
import { readLogPage } from '../../../main/sync/log-tables/read-log-table.ts';
import type { Cell, Session } from '../../../main/sync/session.ts';
import type { TheirColumn } from '../../../main/sync/tables/read-schema.ts';

const column = (name: string, type: string): TheirColumn => ({
  column: name,
  type,
  comment: '',
  nullable: false,
  counts: false,
});
const CHOSEN: LogTable = {
  table: 'events',
  key: ['id'],
  cursor: 'at',
  time: 'at',
  message: 'text',
  level: null,
  service: null,
  host: null,
  trace: null,
  others: ['flags', 'note'],
  since: null,
};
const planned = (chosen: Partial<LogTable>): LogPlan =>
  planLogTable(
    { ...CHOSEN, ...chosen },
    {
      table: 'events',
      comment: '',
      rows: null,
      created: null,
      nextNumber: null,
      columns: [
        column('id', 'int'),
        column('at', 'datetime'),
        column('text', 'text'),
        column('flags', 'bit'),
        ...['note', 'payload', 'system', ...Array.from({ length: 50 }, (_, i) => `c${i}`)].map((name) =>
          column(name, 'text'),
        ),
      ],
      keys: [['id']],
      indexed: new Set(['at']),
    },
    'UTC',
  );
const PLAN = planned({});
const row = (id: number, at: string, flags = Buffer.from([0])): Cell[] => [id, at, at, `line ${id}`, flags];
/** A server that gives these rows, a question at a time. */
const answering = (answers: Cell[][][]): Session => ({
  server: '8.4.0',
  tls: null,
  use: async () => {},
  run: async () => {},
  rows: async <Row>() => [{ s: Date.parse('2026-11-22T00:00:00Z') / 1000 }] as Row[],
  async *pages(_text, _values, size) {
    const rows = answers.shift() ?? [];
    for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
  },
  close: async () => {},
});

test('a row that comes in between the keys and the rows of a page pushes none out', async () => {
  const old = [1, 2, 3, 4].map((id) => row(id, `2026-11-20 10:00:0${id}`));
  const answers = [
    old.slice(0, 3).map((cells) => cells.slice(0, 2)),
    [old[0], row(9, '2026-11-20 10:00:01'), old[1]] as Cell[][],
    old.slice(2).map((cells) => cells.slice(0, 2)),
    old.slice(2),
  ];
  const session = answering(answers);
  const q = { session, plan: PLAN, at: 'here', limit: 3, encoding: 'utf-8', seen: () => new Set<string>() };
  const begun = {
    at: 'here',
    created: null,
    phase: 'rest',
    done: null,
    from: '2026-11-20 09:00:00',
    begun: 0,
    newest: null,
    marks: [],
    isFirst: false,
    isAnew: false,
    keepFrom: null,
  };
  const first = await readLogPage({ ...q, place: JSON.stringify(begun) });
  // behind the second, though the third was among the keys
  expect(JSON.parse(first.place)).toMatchObject({ done: { key: [2] } });
  const second = await readLogPage({ ...q, place: first.place });
  expect([first, second].map(({ rows, isEnd }) => [rows.map((r) => r.message), isEnd])).toEqual([
    [['line 1', 'line 2'], false],
    [['line 3', 'line 4'], true],
  ]);
});

test.each([
  ['05', 5],
  ['0000000000000007', 7],
  ['ffffffffffffffff', '18446744073709551615'],
])('a BIT column is its number, all 64 bits of it: %s', (bits, flags) => {
  const read = logRowReader(PLAN, 'utf-8');
  const { attributes } = read(row(1, '2026-11-20 10:00:00', Buffer.from(bits, 'hex')));
  expect(JSON.parse(attributes)).toEqual({ flags });
});

test('a page full of text ends before it is full of rows, whichever column holds the text', async () => {
  const wide = Array.from({ length: 500 }, (_, id) => [
    ...row(id, '2026-11-20 10:00:00'),
    'x'.repeat(90_000),
  ]);
  const session = answering([wide]);
  const q = { session, plan: PLAN, at: 'here', limit: 500, encoding: 'utf-8', seen: () => new Set<string>() };
  const { rows, isCut, isEnd } = await readLogPage({ ...q, place: '' });
  expect([rows.length, isCut, isEnd]).toEqual([200, true, false]);
});

test('a message that is too long is not kept beside its refusal', () => {
  const [id, at] = row(1, '2026-11-20 10:00:00');
  const read = logRowReader(PLAN, 'utf-8');
  const { message, refused } = read([id ?? 1, at ?? '', at ?? '', 'x'.repeat(1_000_001)]);
  expect([message, refused?.reason]).toEqual(['', 'too-long']);
  expect(refused?.raw.length).toBeLessThan(20_100);
});

test('a column that is too long for its line keeps its beginning and says how long it was; the others stay whole', () => {
  const plan = planned({ others: ['flags', 'note', 'payload'], service: 'system' });
  const read = logRowReader(plan, 'utf-8');
  const payload = JSON.stringify({ items: Array.from({ length: 30_000 }, (_, i) => `item 🍎 ${i}`) });
  const [id, at] = row(1, '2026-11-20 10:00:00');
  const cells = [id ?? 1, at ?? '', at ?? '', 'taken', 'web', Buffer.from([5]), '{"tray":2}', payload];
  const { attributes, refused, message } = read(cells);
  expect([refused, message]).toEqual([null, 'taken']);
  expect(attributes.length).toBeLessThanOrEqual(100_000);
  const kept = JSON.parse(attributes) as Record<string, unknown>;
  expect(kept).toMatchObject({ flags: 5, tray: 2, _cut: { payload: payload.length } });
  expect(payload.startsWith(String(kept['payload']).slice(0, -1))).toBe(true);
  expect(String(kept['payload']).length).toBeGreaterThan(10_000);
  // fifty columns full of what JSON spells with six characters each
  const many = planned({ others: Array.from({ length: 50 }, (_, i) => `c${i}`) });
  const full = [
    id ?? 1,
    at ?? '',
    at ?? '',
    'taken',
    ...Array.from({ length: 50 }, () => '\u0001'.repeat(90_000)),
  ];
  const all = logRowReader(many, 'utf-8')(full).attributes;
  expect(all.length).toBeLessThanOrEqual(100_000);
  expect(Object.keys((JSON.parse(all) as { _cut: object })._cut)).toHaveLength(50);
});

test('a name longer than names are is a field besides, with all of it', () => {
  const plan = planned({ others: [], service: 'system' });
  const [id, at] = row(1, '2026-11-20 10:00:00');
  const system = `倉庫${'あ'.repeat(300)}`;
  const { service, attributes } = logRowReader(plan, 'utf-8')([id ?? 1, at ?? '', at ?? '', 'taken', system]);
  expect(service).toBe(system.slice(0, 200));
  expect(JSON.parse(attributes)).toEqual({ system });
});
