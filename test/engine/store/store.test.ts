import { fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, join, list, name, openStore, run, type Store, sql, upsert } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const withStore = async <T>(dir: string, work: (store: Store) => T | Promise<T>): Promise<T> => {
  const store = await openStore(dir);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
const put = (key: string, value = '{}') =>
  run(sql`INSERT INTO settings (key, value, changed_at) VALUES (${key}, ${value}, 1)`);
const keys = (store: Store): string[] =>
  store.read.all<{ key: string }>(sql`SELECT key FROM settings ORDER BY key`).map((r) => r.key);

describe('a transaction', () => {
  it('is seen by reads that come after it', () =>
    withStore(tempDir(), async (store) => {
      await store.write([put('a'), put('b')]);
      expect(keys(store)).toEqual(['a', 'b']);
    }));
  it('is all or nothing', () =>
    withStore(tempDir(), async (store) => {
      await store.write([put('a')]);
      await expect(store.write([put('b'), put('a')])).rejects.toMatchObject({ code: 'internal' });
      await expect(
        store.write([
          put('c'),
          run(sql`DELETE FROM settings WHERE key = 'zz'`, { changes: 1, why: 'zz was there' }),
        ]),
      ).rejects.toMatchObject({
        code: 'store.refused',
        params: { detail: 'zz was there' },
      });
      expect(keys(store)).toEqual(['a']);
    }));
  it('keeps the order of the calls', () =>
    withStore(tempDir(), async (store) => {
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          store.write([put(`k${String(i).padStart(3, '0')}`, String(i))]),
        ),
      );
      const rows = store.read.all<{ rowid: number; value: string }>(
        sql`SELECT rowid, value FROM settings ORDER BY rowid`,
      );
      expect(rows.map((r) => Number(r.value))).toEqual([...Array(200).keys()]);
    }));
  it('a reader cannot write', () =>
    withStore(tempDir(), (store) => {
      expect(() => store.read.all(sql`DELETE FROM settings RETURNING key`)).toThrow(/readonly/);
    }));
});

describe('sql', () => {
  it('binds every value; only plain identifiers become names', () => {
    const evil = "'; DROP TABLE settings; --";
    expect(
      sql`SELECT * FROM t WHERE a = ${evil} AND ${all([sql`b = ${1}`, null, false])} AND c IN ${list(['x', 'y'])}`,
    ).toEqual({
      text: 'SELECT * FROM t WHERE a = ? AND b = ? AND c IN (?, ?)',
      values: [evil, 1, 'x', 'y'],
    });
    expect(() => name(evil)).toThrow(TypeError);
    expect(join([sql`a`, sql`b = ${2}`], ' OR ').values).toEqual([2]);
  });
  it('any text goes in and comes out unchanged', async () => {
    await withStore(tempDir(), async (store) => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }).filter((s) => !s.includes('\0')),
          async (text) => {
            await store.write([
              upsert('settings', ['key', 'value', 'changed_at'], 'key', [
                { key: 'k', value: text, changed_at: 1 },
              ]),
            ]);
            return (
              store.read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = 'k'`)?.value ===
              text.toWellFormed()
            );
          },
        ),
        { numRuns: 50 },
      );
    });
  });
});

describe('durability', () => {
  it('kill −9 between and during transactions: every acknowledged one is there, none is half there', async () => {
    const dir = tempDir();
    const child = path.join(dir, 'writer.ts');
    const door = path.resolve(import.meta.dirname, '../../../main/store/index.ts');
    writeFileSync(
      child,
      `import { openStore, run, sql } from ${JSON.stringify(door)};
       const store = await openStore(process.argv[2]);
       const put = (k: string) => run(sql\`INSERT INTO settings (key, value, changed_at) VALUES (\${k}, '{}', 1)\`);
       for (let i = Number(process.argv[3]); ; i++) { await store.write([put(i + 'a'), put(i + 'b')]); process.send!(i); }`,
    );
    const data = path.join(dir, 'data');
    let next = 0;
    for (let round = 0; round < 8; round++) {
      let acknowledged = next - 1;
      const writer = fork(child, [data, String(next)], { execArgv: [] });
      writer.on('message', (i: number) => {
        acknowledged = i;
        if (i >= next + 3 + round * 5) writer.kill('SIGKILL');
      });
      await new Promise((resolve) => writer.once('exit', resolve));
      const found = await withStore(data, keys);
      const pairs = new Set(found.map((k) => Number.parseInt(k, 10)));
      expect(found.length).toBe(pairs.size * 2);
      expect(pairs.has(acknowledged)).toBe(true);
      next = Math.max(...pairs) + 1;
      expect(pairs.size).toBe(next);
    }
  });
});

describe('opening', () => {
  it('refuses data of a newer version and leaves it as it is', async () => {
    const dir = tempDir();
    await withStore(dir, () => {});
    const db = new Database(path.join(dir, 'toride.db'));
    db.exec("INSERT INTO migrations VALUES (99990, 'from-the-future', 1)");
    db.close();
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'store.newer', params: { found: 99990 } });
  });
  it('says that a damaged file is damaged', async () => {
    const dir = tempDir();
    writeFileSync(
      path.join(dir, 'toride.db'),
      'this is not a database, and it is long enough to be looked at as one by SQLite itself, page or no page.'.repeat(
        50,
      ),
    );
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'store.corrupt' });
  });
  it('says that a folder cannot be written', async () => {
    const dir = path.join(tempDir(), 'file');
    writeFileSync(dir, '');
    await expect(openStore(dir)).rejects.toMatchObject({ code: 'data.locked' });
  });
  it('is closed to the end although something is still being written, by a process that has nothing else to do', () => {
    const dir = tempDir();
    const script = path.join(dir, 'close.mjs');
    writeFileSync(
      script,
      `import { openStore, run, sql } from ${JSON.stringify(path.resolve('main/store/index.ts'))};
      const store = await openStore(${JSON.stringify(path.join(dir, 'data'))});
      void store.write([run(sql\`INSERT INTO settings (key, value, changed_at) VALUES ('late', '{}', 1)\`)]);
      await store.close();
      console.log('closed');`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'closed\n', stderr: '' });
    return withStore(path.join(dir, 'data'), (store) => expect(keys(store)).toEqual(['late']));
  });
  it('can be opened by a second process at the same time', async () => {
    const dir = tempDir();
    await withStore(dir, (one) =>
      withStore(dir, async (two) => {
        await Promise.all([one.write([put('one')]), two.write([put('two')])]);
        expect([keys(one), keys(two)]).toEqual([
          ['one', 'two'],
          ['one', 'two'],
        ]);
      }),
    );
  });
});

const legacy = path.resolve(import.meta.dirname, '../../legacy');
describe('migrations', () => {
  it.each(existsSync(legacy) ? readdirSync(legacy).filter((f) => f.endsWith('.sql')) : [])(
    'a database of %s opens, backed up first, with its data',
    async (file) => {
      const dir = tempDir();
      mkdirSync(dir, { recursive: true });
      const db = new Database(path.join(dir, 'toride.db'));
      db.exec(readFileSync(path.join(legacy, file), 'utf8'));
      const before = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM settings').get()!.n;
      const ids = db.prepare<[], { id: number }>('SELECT id FROM migrations').all().length;
      db.close();
      await withStore(dir, (store) => {
        expect(store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM settings`)?.n).toBe(before);
        const templates = store.read.all<{ text: string; parts: string }>(
          sql`SELECT text, parts FROM log_templates`,
        );
        for (const { text, parts } of templates)
          expect(parts.split('{"kind":"parameter"')).toHaveLength(text.split('<*>').length);
        const now = store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM migrations`)?.n ?? 0;
        if (now > ids) expect(readdirSync(path.join(dir, 'backups'))).toHaveLength(1);
      });
    },
  );
  it('every table is STRICT and every index belongs to one', () =>
    withStore(tempDir(), (store) => {
      const loose = store.read.all(
        sql`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      );
      expect(loose).toEqual([]);
    }));
});
it('nobody else may look into a data folder that Toride made', async () => {
  const dir = path.join(tempDir(), 'new');
  await withStore(dir, () => {});
  expect(statSync(dir).mode & 0o077).toBe(0);
});
