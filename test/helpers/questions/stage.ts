// The company that the questions are asked about: the simulator's, at 14:30 of a Thursday on which entry 1 in Sapporo lacks people.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { openDatabase } from '../../../main/store/connection.ts';
import { demoFolder } from '../demo-folder.ts';

export const TODAY = '2026-11-19';
export const ZONE = 'Asia/Tokyo';
/** The instant of a minute of a day there. */
export const at = (minute: number, date = TODAY): number => instantOf(date, minute, ZONE);
export const NOW = at(14 * 60 + 30);

export type Stage = {
  readonly engine: Engine;
  /** rows of the store, read beside the engine */
  rows<Row>(text: string, ...values: (string | number)[]): Row[];
  close(): Promise<void>;
};

/** `decided`: Yokohama's plan of today was approved and Sapporo's rejected. */
export async function openStage(o: { decided?: boolean } = {}): Promise<Stage> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'toride-questions-'));
  const wall = new ManualClock(at(600));
  const start = { seed: 1, scenario: 'shortage', speed: 0 };
  await demoFolder(dataDir, { name: 'questions', wall, start });
  const engine = await startEngine({ dataDir, wall, schedule: false });
  const { approvals, placement } = engine.services;
  const propose = async (location: string): Promise<string> => {
    for await (const event of placement.propose({ location, process: 'エントリ1' }))
      if (event.kind === 'proposal') return event.proposal.id;
    throw new RangeError(`no proposal for ${location}`);
  };
  if (o.decided) {
    await approvals.reject({
      id: await propose('札幌'),
      actor: '佐藤 所長',
      reason: 'other',
      text: '午後の便を待つ',
    });
    await approvals.approve({ id: await propose('横浜'), actor: '佐藤 所長' });
  }
  const db = openDatabase(path.join(dataDir, 'toride.db'), { readonly: true });
  return {
    engine,
    rows: <Row>(text: string, ...values: (string | number)[]) => db.prepare(text).all(...values) as Row[],
    async close() {
      db.close();
      await engine.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
