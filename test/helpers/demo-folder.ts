// The demo as somebody has it who opened it a while ago: its past is written, its logs are read and looked at, its alerts raised.
import { type Engine, startEngine } from '../../main/engine.ts';
import type { Clock } from '../../main/kernel/clock.ts';
import { copyMadeOnce } from './made-once.ts';

type DemoStart = Parameters<Engine['services']['demo']['start']>[0];

/** Begins a demo day in the engine, which runs nothing by the clock, and waits until everything is in. */
export async function beginDemo(engine: Engine, start: DemoStart = {}): Promise<void> {
  const { demo, logs, anomalies, alerts } = engine.services;
  await demo.start(start);
  await demo.tick();
  await logs.settle();
  await anomalies.look();
  await alerts.check();
}

/** A data folder with that demo at `dir`. @param o.name of the folder that is copied: one for each `start` and `wall` */
export function demoFolder(
  dir: string,
  o: { readonly name: string; readonly wall?: Clock; readonly start?: DemoStart },
): Promise<void> {
  return copyMadeOnce(o.name, dir, async (dataDir) => {
    const engine = await startEngine({ dataDir, schedule: false, ...(o.wall ? { wall: o.wall } : {}) });
    await beginDemo(engine, o.start);
    await engine.close();
  });
}
