// Whatever is done with logs, in any order: what is counted is what is there.
import { appendFileSync, copyFileSync, mkdirSync, renameSync, truncateSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { Ingest } from '../../../main/logs/ingest/ingest.ts';
import { createSources } from '../../../main/logs/manage/create-sources.ts';
import { createTemplates } from '../../../main/logs/manage/templates.ts';
import { createExplore } from '../../../main/logs/search/explore.ts';
import { foldWords } from '../../../main/logs/store/fold-words.ts';
import { openStore } from '../../../main/store/index.ts';
import { byTemplate, rollUps, storedLines } from '../../helpers/logs/recounted-logs.ts';
import { tempDir } from '../../helpers/temp.ts';
import { drawFrom } from '../../unit/logs/styles.ts';

const DAY = 86_400_000;
const KEPT_DAYS = 20;

/** All parts of the logs, with the door to dropping that the app goes through by the clock. */
async function openParts(dataDir: string, clock: ManualClock, zone: string) {
  const store = await openStore(dataDir);
  const tasks = new Tasks(clock, silentLog);
  const shared = { store, dataDir, clock, zone: () => zone, tasks, log: silentLog };
  const ingest = new Ingest({ ...shared, tuning: { pollMs: 20, batchRecords: 25, chunkBytes: 1500 } });
  const sources = createSources({ ...shared, ingest, keepDays: KEPT_DAYS });
  const templates = createTemplates({
    ...shared,
    changed: sources.changed,
    fold: foldWords,
    rules: (rules) => ingest.rules(rules),
    split: ingest.split,
  });
  const explore = createExplore({ ...shared, templates, damaged: () => {} });
  const close = async (): Promise<void> => {
    await sources.close();
    await explore.close();
    await store.close();
  };
  return { store, ingest, sources, templates, explore, close };
}
type Followed = { readonly id: string; readonly file: string; lines: number };

/** A site's logs to which things happen, each as the seed has it. */
async function stage(seed: number) {
  const draw = drawFrom(seed);
  const dir = tempDir();
  const dataDir = path.join(dir, 'data');
  mkdirSync(dataDir);
  const zone = draw.pick(['Asia/Tokyo', 'UTC', 'Asia/Kolkata', 'America/New_York']);
  const clock = new ManualClock(Date.UTC(2026, 9, 20) + draw.int(0, 20 * DAY));
  let parts = await openParts(dataDir, clock, zone);
  const files: Followed[] = [];
  let written = 0;

  const line = (): Buffer => {
    const before = draw.int(0, 3) === 0 ? draw.int(0, 45 * DAY) : draw.int(0, 3 * DAY);
    const at = new Date(clock.now() - before).toISOString();
    const name = draw.pick(['alice', 'bob', 'carol', 'dave', 'erin', '佐藤']);
    const texts = [
      `${at} ERROR timeout after ${draw.int(1, 50)} ms on node${draw.int(1, 4)}\n`,
      `${at} INFO user ${name} logged in\n`,
      `${at} INFO 注文 ${draw.int(1, 99)} を ${draw.pick(['保存', '削除', '更新'])} しました\r\n`,
      `${at} WARN status=${draw.pick(['ok', 'ng'])} code=${draw.int(1, 5)}\n`,
      `no time here ${draw.int(0, 3)}\n`,
      `\tat com.example.Job(Job.java:${draw.int(1, 5)})\n`,
      '\n',
      'undecodable',
      `${at} ${draw.pick(['INFO', 'DEBUG'])} job ${written} took ${draw.int(1, 500)} ms\n`,
    ];
    written++;
    const text = draw.pick(texts);
    return text === 'undecodable' ? Buffer.from([0x80 + draw.int(0, 60), 0xff, 0xfe, 10]) : Buffer.from(text);
  };
  const grow = (file: Followed, lines: number): void => {
    appendFileSync(file.file, Buffer.concat(Array.from({ length: lines }, line)));
    file.lines += lines;
  };
  const add = async (): Promise<void> => {
    // a name of its own, also after others were removed
    const file = path.join(dir, `app-${written}-${files.length}.log`);
    appendFileSync(file, '');
    const { id } = await parts.sources.addSource({ kind: 'file', path: file });
    files.push({ id, file, lines: 0 });
    grow(files.at(-1) as Followed, draw.int(20, 60));
  };
  const any = <T>(items: readonly T[]): T => items[draw.int(0, items.length - 1)] as T;
  const template = () => any(parts.templates.list({ noise: true, limit: 500 }).templates);

  const happenings: Record<string, () => Promise<unknown> | undefined> = {
    async grows() {
      grow(any(files), draw.int(1, 80));
    },
    another: () => (files.length < 4 ? add() : undefined),
    async rotates() {
      const file = any(files);
      const away = `${file.file}.${written}`;
      if (draw.int(0, 1)) renameSync(file.file, away);
      else {
        copyFileSync(file.file, away);
        truncateSync(file.file, 0);
      }
      grow(file, draw.int(1, 30));
    },
    merge: () => parts.templates.merge(template().id, [template().id, template().id], 'sato'),
    unmerge: () => {
      const merged = parts.templates.list({ noise: true, limit: 500 }).templates.flatMap((t) => t.merged);
      return merged.length ? parts.templates.unmerge(any(merged), 'sato') : undefined;
    },
    async split() {
      const { id, parts: words } = template();
      const parameters = words.filter((part) => part.kind === 'parameter').length;
      if (!parameters) return;
      const parameter = draw.int(0, parameters - 1);
      const stats = (await parts.explore.parameters(id)).find((one) => one.parameter === parameter);
      grow(any(files), draw.int(0, 20));
      const split = parts.templates.split(id, parameter, [any(stats?.top ?? [])?.value ?? 'none'], 'sato');
      // lines come while it is carried out
      return Promise.all([split, parts.sources.settle()]);
    },
    mark: () => parts.templates.mark(template().id, any(['noise', 'known', 'none'] as const), 'sato'),
    lock: () => parts.templates.lock(template().id, draw.int(0, 1) === 0, 'sato'),
    rename: () => parts.templates.rename(template().id, '名前', 'sato'),
    drop: () => {
      clock.advance(draw.int(1, 9) * DAY);
      grow(any(files), draw.int(0, 20));
      return Promise.all([parts.sources.expire(), parts.sources.settle()]);
    },
    tidy: () => {
      clock.advance(DAY / 12);
      return parts.sources.expire();
    },
    async replay() {
      const { id } = any(files);
      await parts.sources.updateSource(id, { encoding: any(['windows-1252', 'utf-8', null] as const) });
      await parts.sources.replay();
    },
    async remove() {
      if (files.length < 2) return;
      const [gone] = files.splice(draw.int(0, files.length - 1), 1);
      await parts.sources.removeSource(gone?.id ?? '');
    },
    async restart() {
      await parts.close();
      parts = await openParts(dataDir, clock, zone);
    },
  };
  return {
    add,
    files,
    dataDir,
    parts: () => parts,
    async happen(): Promise<string> {
      const name = draw.pick(Object.keys(happenings));
      await happenings[name]?.();
      await parts.sources.settle();
      return name;
    },
    steps: draw.int(8, 14),
  };
}

test('lines come, templates are merged, split and marked, days are dropped, dead letters read again: every count is that of the stored lines', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
      const site = await stage(seed);
      const done: string[] = [];
      await site.add();
      try {
        await site.parts().sources.settle();
        for (let step = 0; step < site.steps; step++) {
          done.push(await site.happen());
          const { store, sources, templates, explore } = site.parts();
          const lines = storedLines(store, site.dataDir);
          const { kept, counted } = rollUps(store, lines);
          expect(kept, done.join(', ')).toEqual(counted);
          const seen = await byTemplate({ ...explore, templates }, lines);
          expect([seen.listed, seen.charted, seen.scanned], done.join(', ')).toEqual([
            seen.counted,
            seen.counted,
            seen.counted,
          ]);
          const sum = sources.accounting();
          expect(sum.addsUp, done.join(', ')).toBe(true);
          for (const { id, lines } of site.files)
            expect(sum.sources.find((source) => source.id === id)?.lines, done.join(', ')).toBe(lines);
        }
      } finally {
        await site.parts().close();
      }
    }),
    { numRuns: 4 },
  );
});
