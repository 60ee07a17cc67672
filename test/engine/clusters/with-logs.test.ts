import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pointsOf } from '../../../main/clusters/contract/map-points.ts';
import { startEngine } from '../../../main/engine.ts';
import { tempDir } from '../../helpers/temp.ts';

const JAPANESE = path.resolve(import.meta.dirname, '../../golden/logs/japanese-2k.log');

describe('clusters of templates that were really mined', () => {
  it('are found, drawn, searched, and follow a merge of templates', async () => {
    const engine = await startEngine({ dataDir: tempDir(), schedule: false });
    onTestFinished(() => engine.close());
    const { logs, clusters } = engine.services;
    await logs.ingest({ file: JAPANESE });
    await logs.settle();
    const { templates } = logs.templates.list({ limit: 1_000 });
    expect(templates.length).toBeGreaterThan(20);

    const run = await clusters.run({});
    expect(run.items).toBe(templates.length);
    const pool = run.clusters.find((c) => c.name.en.includes('connection pool'));
    expect(pool?.services).toEqual(['db-main']);
    expect(pool?.lines).toBeGreaterThan(0);
    expect(pointsOf(await clusters.draw())).toHaveLength(templates.length);

    const {
      hits: [hit],
    } = await clusters.search({ text: '保存に失敗' });
    expect(hit).toMatchObject({ lexicalRank: 1, text: expect.stringContaining('失敗') });
    const { hits: saved } = await clusters.search({ text: '保存', services: ['web-entry'] });
    expect(saved.length).toBeGreaterThan(0);
    expect(saved.every((h) => h.service === 'web-entry' && h.lines > 0)).toBe(true);
    expect((await clusters.search({ text: '保存', services: ['nowhere'] })).hits).toEqual([]);
    expect((await clusters.search({ text: '保存', from: 0, to: 1 })).hits).toEqual([]);

    const [into, other] = pool?.members ?? [];
    if (into === undefined || other === undefined) throw new Error('no pair to merge');
    await logs.templates.merge(into, [other], '佐藤 花子');
    const after = (await clusters.current())?.clusters.find((c) => c.id === pool?.id);
    expect(after).toMatchObject({ members: [into], lines: pool?.lines });
    expect(clusters.novelty(other)).toEqual(clusters.novelty(into));
  });
});
