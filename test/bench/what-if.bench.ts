// What comparing scenarios costs for a company of 120 processes and 600 people, and how long it keeps others waiting.
import { setImmediate as turn } from 'node:timers/promises';
import type { Change } from '../../main/placement/contract/what-if.ts';
import { assess } from '../../main/placement/index.ts';
import type { Instance } from '../../main/placement/types.ts';
import { compareScenarios } from '../../main/placement/what-if/compare-scenarios.ts';
import { makeLine } from '../helpers/placement/make-line.ts';

const LINES = 24;
const STEPS = 5;
const PEOPLE = 5;
const ROUNDS = 5;

/** One line, repeated as sites 拠点1 … 拠点24. */
function company(): Instance {
  const line = makeLine(
    Array.from({ length: STEPS }, (_, s) => ({
      lots: [{ deadline: 90 + 30 * s, items: 220 + 40 * s }],
      people: PEOPLE,
      pace: { shape: 40 },
    })),
    {
      lots: [
        Array.from({ length: STEPS }, (_, s) => 90 + 30 * s),
        Array.from({ length: STEPS }, (_, s) => 270 + 30 * s),
      ],
      arrivals: Array.from({ length: 8 }, (_, i) => ({ minute: 30 * i, items: 60 })),
      notice: [120, 120],
    },
  );
  const copies = Array.from({ length: LINES }, (_, l) => l);
  return {
    ...line,
    minuteOfDay: 14 * 60,
    sites: copies.map((l) => `拠点${l + 1}`),
    distance: copies.map((a) => copies.map((b) => (a === b ? 0 : 1))),
    cells: copies.flatMap((l) =>
      line.cells.map((cell) => {
        const location = `拠点${l + 1}`;
        const cellId = cell.cell.cellId.replace(cell.cell.location, location);
        return { ...cell, site: l, cell: { ...cell.cell, location, cellId } };
      }),
    ),
    operators: copies.flatMap((l) =>
      line.operators.map((person) => ({
        ...person,
        id: `${l}-${person.id}`,
        site: l,
        cell: l * STEPS + person.cell,
      })),
    ),
    lines: copies.flatMap((l) =>
      line.lines.map((one) => ({ ...one, cells: one.cells.map((c) => l * STEPS + c) })),
    ),
  };
}

const SCENARIOS: Readonly<Record<string, Change[]>> = {
  'half of one site away': [
    { kind: 'absence', where: { location: '拠点4' }, who: { kind: 'share', share: 0.5 } },
  ],
  'four leave at 15:00': [{ kind: 'absence', where: {}, who: { kind: 'number', count: 4 }, from: 15 * 60 }],
  'a fifth more work everywhere': [{ kind: 'volume', where: {}, factor: 1.2 }],
};

export async function run(print: (line: string) => void): Promise<void> {
  const cpu = async (work: () => unknown): Promise<number> => {
    const began = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
  const rounds = async (scenarios: Change[][]): Promise<{ cpuMs: number; longestMs: number }> => {
    const cost: number[] = [];
    const longest: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const instance = company();
      // CPU between two turns of the event loop, so that other work on the machine does not count
      let isOver = false;
      let most = 0;
      const watch = (async (): Promise<void> => {
        while (!isOver) most = Math.max(most, await cpu(() => turn()));
      })();
      cost.push(await cpu(() => compareScenarios(instance, scenarios)));
      isOver = true;
      await watch;
      longest.push(most);
    }
    return { cpuMs: median(cost), longestMs: median(longest) };
  };
  await rounds([]);
  const once: number[] = [];
  for (let i = 0; i < ROUNDS; i++) once.push(await cpu(() => assess(company())));
  const whole = median(once);
  const tell = (name: string, { cpuMs, longestMs }: { cpuMs: number; longestMs: number }): void =>
    print(
      `what-if, ${name}: ${cpuMs.toFixed(0)} ms CPU (${(cpuMs / whole).toFixed(1)}x assessing the company once), others wait ${longestMs.toFixed(0)} ms at most`,
    );
  tell('nothing changed', await rounds([[]]));
  for (const [name, changes] of Object.entries(SCENARIOS)) tell(name, await rounds([changes]));
  tell('all three side by side', await rounds(Object.values(SCENARIOS)));
}
