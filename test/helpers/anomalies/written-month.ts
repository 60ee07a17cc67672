// A scripted month as a site has it: a file per log, read by the real logs before anything is judged.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { createClusters } from '../../../main/clusters/index.ts';
import type { Clock } from '../../../main/kernel/clock.ts';
import type { Log } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createLogs } from '../../../main/logs/index.ts';
import type { Store } from '../../../main/store/index.ts';
import { HOUR, type ScriptedMonth } from './scripted-log.ts';

const LINES_AT_ONCE = 20_000;

/** The logs and clusters of a data folder that follow the month's files, all of which is read. */
export async function readMonth(
  month: ScriptedMonth,
  o: { readonly store: Store; readonly dataDir: string; readonly clock: Clock; readonly log: Log },
) {
  const folder = path.join(o.dataDir, 'written');
  mkdirSync(folder);
  const texts = new Map<string, string[]>();
  const write = (source: string): void => {
    appendFileSync(path.join(folder, source), (texts.get(source) ?? []).join(''));
    texts.set(source, []);
  };
  for (const { at, level, service, text, sourceId } of month.lines) {
    const stamp = new Date(at + 9 * HOUR).toISOString().replace('Z', '+09:00');
    const lines = texts.get(sourceId) ?? [];
    texts.set(sourceId, lines);
    lines.push(`${stamp} ${(level ?? 'info').toUpperCase()} [${service}] ${text}\n`);
    if (lines.length >= LINES_AT_ONCE) write(sourceId);
  }
  for (const source of texts.keys()) write(source);
  const tasks = new Tasks(o.clock, o.log);
  const logs = createLogs({ ...o, tasks, zone: () => 'Asia/Tokyo' });
  const stop = logs.start();
  for (const source of texts.keys()) await logs.addSource({ kind: 'file', path: path.join(folder, source) });
  await logs.settle();
  const clusters = createClusters({ ...o, logs, tasks, findable: () => [] });
  return {
    logs,
    clusters,
    async close() {
      stop();
      await clusters.close();
      await logs.close();
    },
  };
}
