import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../main/clock.ts';
import { createKnowledge, KNOWLEDGE_LIMITS, type Knowledge } from '../../../main/knowledge/index.ts';
import { silentLog } from '../../../main/log.ts';
import { openStore, run, type Store, sql, upsert } from '../../../main/store/index.ts';
import { builtInEmbedder, embedCached } from '../../../main/vectors/index.ts';

let dir = '';
let store: Store;
let clock: ManualClock;
let knowledge: Knowledge;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'toride-knowledge-'));
  store = await openStore(dir);
  clock = new ManualClock(Date.UTC(2026, 10, 21));
  knowledge = createKnowledge({ store, clock, log: silentLog });
});
afterEach(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const add = (title: string, text: string) => knowledge.add({ title, text, tags: [], source: 'typed' });
const context = (id: string, key: string, value: string, uses: number | null = null) =>
  upsert(
    'rag_context',
    ['context_id', 'context_type', 'context_key', 'context_value', 'relevance_score', 'use_count'],
    'context_id',
    [
      {
        context_id: id,
        context_type: 'rule',
        context_key: key,
        context_value: value,
        relevance_score: 0.9,
        use_count: uses,
      },
    ],
  );
const titles = (text: string): string[] => knowledge.search(text, 5).map((h) => h.title);

describe('registered know-how', () => {
  it('is found by its words and by its meaning, in either language', async () => {
    await add('認証障害の対処', '認証サービスが止まったら、まず再起動する。直らなければ情シスへ連絡する。');
    await add('Printer', 'When paper jams, open the rear door.');
    await add('休憩の決まり', '昼の休憩は交代で取る。');
    expect(titles('認証')[0]).toBe('認証障害の対処');
    expect(titles('login failure')[0]).toBe('認証障害の対処');
    expect(titles('紙詰まり')[0]).toBe('Printer');
    expect(titles('宇宙旅行の値段')).toEqual([]);
    expect(titles('')).toEqual([]);
  });

  it('lives: added, listed, changed, removed', async () => {
    const made = await knowledge.add({
      title: ' 手順 ',
      text: '古い方法。',
      tags: ['運用', '運用', ' '],
      source: 'file',
    });
    expect(made).toMatchObject({
      title: '手順',
      tags: ['運用'],
      source: 'file',
      state: 'indexed',
      chunks: 1,
      useCount: 0,
    });
    expect(knowledge.get(made.id)).toMatchObject({ text: '古い方法。', chunks: [{ text: '古い方法。' }] });
    expect(titles('古い方法')).toEqual(['手順']);
    await knowledge.update(made.id, { title: '手順', text: '新しいやり方で回線を復旧する。', tags: [] });
    expect(titles('回線の復旧')).toEqual(['手順']);
    expect(knowledge.search('回線', 5)[0]?.text).toContain('新しい');
    await knowledge.remove(made.id);
    expect([knowledge.list(), titles('回線の復旧')]).toEqual([[], []]);
  });

  it('is still there, and still found, after a restart', async () => {
    await add('回線障害', '業者に電話する。');
    const again = createKnowledge({ store, clock, log: silentLog });
    expect(again.search('network outage', 3).map((h) => h.title)).toEqual(['回線障害']);
    expect(await again.reindex()).toEqual({ documents: 1, failed: 0 });
  });

  it('counts a document once for each answer that cited it', async () => {
    const made = await add('回線障害', '業者に電話する。');
    const [hit] = knowledge.search('回線', 3);
    await knowledge.used([hit?.chunkId ?? '', hit?.chunkId ?? '', 'nowhere#0']);
    expect(knowledge.get(made.id).document.useCount).toBe(1);
  });

  it('gives at most two chunks of one document', async () => {
    await add(
      '長い資料',
      Array.from(
        { length: 40 },
        (_, i) => `認証の注意その${i}。担当は認証サービスを毎朝確認し、異常があれば記録して報告すること。`,
      ).join('\n\n'),
    );
    await add('別の資料', '認証の連絡先は内線100。');
    const hits = knowledge.search('認証', 10);
    expect(hits.filter((h) => h.title === '長い資料')).toHaveLength(2);
    expect(hits.map((h) => h.title)).toContain('別の資料');
  });

  it('keeps a document that cannot be indexed, and says so', async () => {
    const broken = createKnowledge({
      store,
      clock,
      log: silentLog,
      embedder: {
        id: 'broken',
        dimensions: 384,
        embed: () => {
          throw new Error('no model');
        },
      },
    });
    const made = await broken.add({ title: '資料', text: '本文。', tags: [], source: 'typed' });
    expect(made).toMatchObject({ state: 'failed', problem: 'no model', chunks: 0 });
    expect(await knowledge.reindex()).toEqual({ documents: 1, failed: 0 });
    expect(knowledge.list()).toMatchObject([{ state: 'indexed', problem: null, chunks: 1 }]);
  });

  it('refuses what it cannot hold', async () => {
    await expect(add('空', ' \n ')).rejects.toMatchObject({ code: 'knowledge.empty' });
    await expect(add('大', 'あ'.repeat(KNOWLEDGE_LIMITS.characters + 1))).rejects.toMatchObject({
      code: 'knowledge.too-large',
    });
    await expect(knowledge.remove('nobody')).rejects.toMatchObject({ code: 'not-found' });
    expect(() => knowledge.get('nobody')).toThrow('not-found');
  });
});

describe("the company's own context", () => {
  it('appears as documents, follows each sync and cannot be changed here', async () => {
    await store.write([context('7', '品川の移動ルール', '品川から横浜へは片道30分かかる。', 4)]);
    expect(knowledge.list()).toMatchObject([
      {
        id: 'company:7',
        title: '品川の移動ルール',
        source: 'company',
        tags: ['rule'],
        chunks: 1,
        useCount: 4,
      },
    ]);
    expect(knowledge.search('横浜まで何分', 3)).toMatchObject([
      { source: 'company', chunkId: 'company:7#0' },
    ]);
    await store.write([context('7', '品川の移動ルール', '品川から横浜へは電車で45分。', 4)]);
    expect(knowledge.search('横浜まで何分', 3)[0]?.text).toContain('45分');
    await expect(knowledge.remove('company:7')).rejects.toMatchObject({ code: 'knowledge.company' });
    await store.write([run(sql`DELETE FROM rag_context`)]);
    expect([knowledge.list(), knowledge.search('横浜まで何分', 3)]).toEqual([[], []]);
  });

  it('keeps our own count of uses through the next sync', async () => {
    await store.write([context('7', 'ルール', '応援は2時間まで。', 4)]);
    await knowledge.used(['company:7#0']);
    await store.write([context('7', 'ルール', '応援は2時間まで。', 5)]);
    expect(knowledge.list()[0]?.useCount).toBe(6);
  });
});

describe('the cache of vectors', () => {
  it('computes a text once, and again when what was kept is damaged', async () => {
    let computed = 0;
    const counting = {
      ...builtInEmbedder,
      embed: (texts: readonly string[]) => {
        computed += texts.length;
        return builtInEmbedder.embed(texts);
      },
    };
    const first = embedCached(store.read, counting, ['認証', '回線', '認証']);
    await store.write(first.store);
    const second = embedCached(store.read, counting, ['回線', '認証']);
    expect([second.store, second.vectors[1]]).toEqual([[], first.vectors[0]]);
    const before = computed;
    await store.write([run(sql`UPDATE embeddings SET vector = ${new Uint8Array(3)}`)]);
    expect(embedCached(store.read, counting, ['認証']).vectors[0]).toEqual(first.vectors[0]);
    expect(computed).toBe(before + 1);
  });
});
