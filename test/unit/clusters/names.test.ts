import { describe, expect, it } from 'vitest';
import { matchClusters } from '../../../main/clusters/match-clusters.ts';
import { nameClusters, nameWords, shareOfWords } from '../../../main/clusters/name-clusters.ts';

const noTurns = async (): Promise<void> => {};
const groups = async (...texts: readonly (readonly string[])[]) => {
  const words = texts.map((group) => group.map(nameWords));
  const share = await shareOfWords(words.flat(), noTurns);
  return nameClusters(
    words.map((members, i) => ({ id: i + 1, members, services: [`service-${i + 1}`], keep: null })),
    share,
    noTurns,
  );
};

describe('names of clusters', () => {
  it('are the words the members share and others have not, in the order of the lines', async () => {
    const names = await groups(
      [
        'connection pool timeout after waiting',
        'connection pool recovered, idle',
        'connection pool exhausted',
      ],
      ['Failed password for root from port', 'Failed password for invalid user from port'],
      ['served image in', 'image not found, retry'],
    );
    expect(names.get(1)?.en).toBe('connection pool');
    expect(names.get(2)?.en).toMatch(/^Failed password/);
    expect(names.get(3)?.en).toBe('image');
  });

  it('give what systems do in the other language too', async () => {
    const names = await groups(
      ['データベース接続がタイムアウトしました', 'データベース接続を再試行します'],
      ['authentication failure for user', 'authentication failure'],
    );
    expect(names.get(1)?.ja).toBe('データベース 接続');
    expect(names.get(1)?.en).toBe('データベース 接続 (database, connection)');
    expect(names.get(2)?.ja).toMatch(/^authentication failure .*\(.*認証/);
  });

  it('are what it is about where no word is shared, else a word of each', async () => {
    const names = await groups(
      ['checkpoint complete', 'query finished', '取込が完了しました'],
      ['quorum lost', 'shard orphaned'],
    );
    expect(names.get(1)).toEqual({ ja: '完了', en: 'finish' });
    expect(names.get(2)?.ja.split('・')).toHaveLength(2);
  });

  it('are never the same twice, whatever the groups are', async () => {
    const same = ['disk is full on node', 'disk is full on host'];
    const names = await groups(same, same, same, ['<*> <*>', '123'], ['<*>']);
    expect(names.size).toBe(5);
    expect(new Set([...names.values()].map((n) => n.ja)).size).toBe(5);
    expect([...names.values()].every((n) => n.ja.length > 0 && n.en.length > 0)).toBe(true);
  });

  it('do not hang on the order of members or groups', async () => {
    const a = ['session opened for user by', 'session closed for user', 'session of user expired'];
    const b = ['hash table entries order', 'cache hash table entries'];
    const share = await shareOfWords([...a, ...b].map(nameWords), noTurns);
    const name = (order: readonly number[], members: readonly string[]) =>
      nameClusters(
        order.map((id) => ({
          id,
          members: (id === 1 ? members : b).map(nameWords),
          services: [],
          keep: null,
        })),
        share,
        noTurns,
      );
    const straight = await name([1, 2], a);
    expect((await name([2, 1], a)).get(1)).toEqual(straight.get(1));
    expect((await name([1, 2], [a[2]!, a[0]!, a[1]!])).get(1)?.en.split(' ').sort()).toEqual(
      straight.get(1)?.en.split(' ').sort(),
    );
  });

  it('that are kept are kept, and no other takes them', async () => {
    const keep = { ja: '接続', en: 'connection pool' };
    const members = [nameWords('connection pool timeout'), nameWords('connection pool empty')];
    const names = await nameClusters(
      [
        { id: 1, members, services: [], keep: null },
        { id: 2, members, services: [], keep },
      ],
      await shareOfWords(members, noTurns),
      noTurns,
    );
    expect(names.get(2)).toEqual(keep);
    expect(names.get(1)?.en).not.toBe(keep.en);
  });
});

describe('clusters from run to run', () => {
  const all = (n: number): Set<number> => new Set(Array.from({ length: n }, (_, i) => i));
  const kept = (id: number, members: readonly number[], pinned = false) => ({ id, members, pinned });

  it('keep their ids while most of their members stay', () => {
    const matched = matchClusters(
      [
        [10, 11, 12, 13],
        [0, 1, 2, 20],
        [30, 31],
      ],
      [kept(1, [0, 1, 2, 3]), kept(2, [10, 11, 12])],
      all(20),
      all(40),
    );
    expect(matched.find((m) => m.id === 1)?.members).toEqual([0, 1, 2, 20]);
    expect(matched.find((m) => m.id === 2)?.members).toEqual([10, 11, 12, 13]);
    expect(matched.filter((m) => m.id === null).map((m) => m.members)).toEqual([[30, 31]]);
  });

  it('are not put off by many new templates, nor by those that are gone', () => {
    const many = Array.from({ length: 30 }, (_, i) => 100 + i);
    const living = new Set([0, 1, ...many]);
    expect(matchClusters([[0, 1, ...many]], [kept(7, [0, 1, 2, 3, 4, 5])], all(10), living)[0]?.id).toBe(7);
  });

  it('that split: the larger part is the old one; that join: the larger old one goes on', () => {
    const split = matchClusters(
      [
        [0, 1, 2, 3],
        [4, 5],
      ],
      [kept(1, [0, 1, 2, 3, 4, 5])],
      all(6),
      all(6),
    );
    expect(split.map((m) => [m.id, m.members])).toEqual([
      [1, [0, 1, 2, 3]],
      [null, [4, 5]],
    ]);
    const joined = matchClusters(
      [[0, 1, 2, 3, 4, 5]],
      [kept(1, [4, 5]), kept(2, [0, 1, 2, 3])],
      all(6),
      all(6),
    );
    expect(joined.map((m) => m.id)).toEqual([2]);
  });

  it('that are pinned keep all that lives of them, and take in what is found with them', () => {
    const matched = matchClusters(
      [
        [0, 1, 6],
        [2, 7, 8],
        [9, 3],
      ],
      [kept(5, [0, 1, 2, 3, 4], true)],
      all(6),
      new Set([0, 1, 2, 3, 6, 7, 8, 9]),
    );
    expect(matched.find((m) => m.id === 5)?.members).toEqual([0, 1, 2, 3, 6]);
    expect(matched.filter((m) => m.id === null).map((m) => m.members)).toEqual([[7, 8]]);
    const alone = matchClusters([], [kept(5, [0, 1], true)], all(6), all(6));
    expect(alone).toEqual([{ id: 5, members: [0, 1], overlap: 1 }]);
  });

  it('never put a template into two', () => {
    const matched = matchClusters(
      [
        [0, 1, 2],
        [3, 4],
      ],
      [kept(1, [0, 3], true), kept(2, [1, 4], true), kept(3, [2, 3, 4])],
      all(5),
      all(5),
    );
    const members = matched.flatMap((m) => m.members);
    expect(new Set(members).size).toBe(members.length);
  });
});
