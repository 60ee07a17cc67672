import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, dateTimeIn, instantOf, ManualClock, minuteOfDay } from '../../../main/kernel/clock.ts';
import { readConfig } from '../../../main/kernel/config.ts';
import { AppError, Cancelled, ERRORS, type ErrorCode, wordError } from '../../../main/kernel/errors.ts';
import { Emitter } from '../../../main/kernel/events.ts';
import { proposalId } from '../../../main/kernel/ids.ts';
import { memoryLog, openLog, readAppLog, silentLog } from '../../../main/kernel/log.ts';
import { moveAnything, moveSync } from '../../../main/kernel/move-file.ts';
import { showControls, writeShown } from '../../../main/kernel/show-controls.ts';
import { delay, Tasks } from '../../../main/kernel/task.ts';
import { tempDir } from '../../helpers/temp.ts';

describe('clock', () => {
  it('speaks the site’s wall time whatever zone the computer is in', () => {
    const at = Date.UTC(2026, 10, 21, 15, 30, 5); // 00:30:05 on the 22nd in Tokyo
    expect([dateIn(at, 'Asia/Tokyo'), minuteOfDay(at, 'Asia/Tokyo'), dateTimeIn(at, 'Asia/Tokyo')]).toEqual([
      '2026-11-22',
      30,
      '2026-11-22 00:30:05',
    ]);
  });
  it('25時 is one in the morning of the next day', () => {
    expect(dateTimeIn(instantOf('2026-11-21', 25 * 60, 'Asia/Tokyo'), 'Asia/Tokyo')).toBe(
      '2026-11-22 01:00:00',
    );
  });
  it('local time → instant → local time is the identity', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.constantFrom('Asia/Tokyo', 'UTC', 'America/Sao_Paulo'),
        (day, minute, zone) => {
          const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
          const at = instantOf(date, minute, zone);
          // an hour that daylight saving skips or repeats has no single answer
          fc.pre(instantOf(date, minute + 120, zone) - instantOf(date, minute - 120, zone) === 240 * 60_000);
          return dateIn(at, zone) === date && minuteOfDay(at, zone) === minute;
        },
      ),
    );
  });
  it('a manual clock runs what is due, in order, and not after it was stopped', () => {
    const clock = new ManualClock(0);
    const ran: string[] = [];
    const stop = clock.every(2, () => ran.push(`a${clock.now()}`));
    clock.every(3, () => ran.push(`b${clock.now()}`));
    clock.advance(6);
    stop();
    clock.advance(3);
    expect(ran).toEqual(['a2', 'b3', 'a4', 'a6', 'b6', 'b9']);
  });
});

describe('errors', () => {
  it('every error has a sentence and a next step in both languages, and an exit status', () => {
    for (const [code, { say, next, exit }] of Object.entries(ERRORS)) {
      expect(
        [say.ja, say.en, next.ja, next.en].every((t) => t.length > 3),
        code,
      ).toBe(true);
      expect(exit, code).toBeGreaterThan(0);
      const slots = (text: string): string[] =>
        [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();
      expect(slots(say.ja), code).toEqual(slots(say.en));
      expect(say.ja, code).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(say.en, code).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
    }
  });
  it('fills the numbers in', () => {
    expect(wordError({ code: 'sync.dns' as ErrorCode, params: { host: 'db1' } }, 'en').say).toContain('db1');
  });
});

describe('config.json', () => {
  it('is optional', () => {
    expect(readConfig(tempDir()).log.keep).toBe(5);
  });
  it.each([
    ['not JSON', '{ "log": ', /JSON/],
    ['an unknown field', '{ "lgo": {} }', /lgo/],
    ['a wrong value', '{ "log": { "keep": "many" } }', /log\.keep/],
  ])('%s is refused with the file’s name and the reason', (_what, text, reason) => {
    const dir = tempDir();
    writeFileSync(path.join(dir, 'config.json'), text);
    const refused = (() => {
      try {
        return readConfig(dir);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({
      code: 'config.invalid',
      params: { file: path.join(dir, 'config.json'), detail: expect.stringMatching(reason) },
    });
  });
});

describe('text that a person wrote', () => {
  const text = '{ "settings": { "siteName": "札幌" } }';
  it.each([
    ['Notepad’s UTF-8', Buffer.from(`\ufeff${text}`)],
    ['PowerShell’s UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['Shift_JIS', Buffer.from(text.replace('札幌', '\x8eD\x96y'), 'latin1')],
  ])('is read as %s too', (_what, bytes) => {
    const dir = tempDir();
    writeFileSync(path.join(dir, 'config.json'), bytes);
    expect(readConfig(dir).settings).toEqual({ siteName: '札幌' });
  });
});

describe('moving a file that another program looks into', () => {
  const held = (code: string): Error => Object.assign(new Error(code), { code });
  it.each(['EPERM', 'EACCES', 'EBUSY'])('waits until it lets go: %s', async (code) => {
    const dir = tempDir();
    const [from, to] = [path.join(dir, 'from'), path.join(dir, 'to')];
    const twiceHeld = <R>(move: (from: string, to: string) => R): ((from: string, to: string) => R) => {
      let tries = 0;
      return (a, b) => {
        if (++tries <= 2) throw held(code);
        return move(a, b);
      };
    };
    writeFileSync(from, 'new');
    moveSync(from, to, twiceHeld(renameSync));
    writeFileSync(from, 'newer');
    await moveAnything(from, to, twiceHeld(rename));
    expect([readdirSync(dir), readFileSync(to, 'utf8')]).toEqual([['to'], 'newer']);
  });
  it('says so when nobody lets go, and at once what is no waiting matter', async () => {
    let tries = 0;
    const never = (): never => {
      tries++;
      throw held('EPERM');
    };
    expect(() => moveSync('from', 'to', never)).toThrow('EPERM');
    expect(tries).toBeGreaterThan(3);
    const dir = tempDir();
    expect(() => moveSync(path.join(dir, 'absent'), path.join(dir, 'to'))).toThrow('ENOENT');
    await expect(moveAnything(path.join(dir, 'absent'), path.join(dir, 'to'))).rejects.toThrow('ENOENT');
  });
});

describe('the app log', () => {
  it('rotates, keeps so many files, and reads back newest first', () => {
    const dir = tempDir();
    const clock = new ManualClock(1_000);
    const log = openLog(dir, clock, { maxBytes: 300, keep: 2 }).area('test');
    for (let i = 0; i < 20; i++) log.info(`line ${i}`);
    expect(readdirSync(dir).sort()).toEqual(['app.1.log', 'app.2.log', 'app.log']);
    const lines = readAppLog(dir, { limit: 3 });
    expect(lines.map((l) => l.message)).toEqual(['line 19', 'line 18', 'line 17']);
  });
  it('loses nothing while another program keeps one of its files from being moved', () => {
    const dir = tempDir();
    const log = openLog(dir, new ManualClock(1_000), { maxBytes: 300, keep: 1 });
    const inTheWay = path.join(dir, 'app.1.log');
    mkdirSync(inTheWay);
    for (let i = 0; i < 20; i++) log.info(`line ${i}`);
    rmdirSync(inTheWay);
    expect(readAppLog(dir, { limit: 100 })).toHaveLength(20);
    log.info('line 20');
    expect(readdirSync(dir).sort()).toEqual(['app.1.log', 'app.log']);
    expect(readAppLog(dir, { limit: 100 })).toHaveLength(21);
  });
  it('never holds a password, and keeps an error’s cause', () => {
    const { log, lines } = memoryLog(new ManualClock(0));
    log.error('failed', {
      password: 'hunter2',
      nested: { token: 'x' },
      error: new Error('outer', { cause: new Error('inner') }),
    });
    const text = JSON.stringify(lines);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('inner');
  });
  it('a line cut off by a crash does not hide the others', () => {
    const dir = tempDir();
    openLog(dir, new ManualClock(0)).warn('whole');
    writeFileSync(
      path.join(dir, 'app.log'),
      `${readFileSync(path.join(dir, 'app.log'), 'utf8')}{"at":1,"lev`,
    );
    expect(readAppLog(dir, { limit: 10 }).map((l) => l.message)).toEqual(['whole']);
  });
  it('a folder that cannot be written does not stop the app', () => {
    const dir = tempDir();
    const log = openLog(dir, new ManualClock(0));
    mkdirSync(path.join(dir, 'app.log'));
    expect(() => log.info('lost')).not.toThrow();
  });
});

describe('tasks', () => {
  const make = (): Tasks => new Tasks(new ManualClock(5), silentLog);
  it('shows progress and the end', async () => {
    const tasks = make();
    const seen: string[] = [];
    tasks.changed.on((t) => seen.push(`${t.state} ${t.done}/${t.total} ${t.stage}`));
    await tasks.run('sync', async ({ progress }) => progress(1, 2, 'operators'));
    expect(seen).toEqual(['running 0/null null', 'running 1/2 operators', 'done 1/2 operators']);
  });
  it('a cancelled one ends as cancelled, not failed', async () => {
    const tasks = make();
    const running = tasks.run('sync', ({ signal }) => delay(60_000, signal));
    expect(tasks.cancel(tasks.list()[0]!.id)).toBe(true);
    await expect(running).rejects.toThrow(Cancelled);
    expect(tasks.list()[0]).toMatchObject({ state: 'cancelled', error: null });
  });
  it('a failed one keeps its code; a bug is internal', async () => {
    const tasks = make();
    await expect(
      tasks.run('a', () => Promise.reject(new AppError('sync.dns', { host: 'x' }))),
    ).rejects.toMatchObject({ code: 'sync.dns' });
    await expect(tasks.run('b', () => Promise.reject(new Error('oops')))).rejects.toMatchObject({
      code: 'internal',
    });
    expect(
      tasks
        .list()
        .map((t) => t.error?.code)
        .sort(),
    ).toEqual(['internal', 'sync.dns']);
  });
  it('close stops what runs and waits for it', async () => {
    const tasks = make();
    tasks.run('long', ({ signal }) => delay(60_000, signal)).catch(() => {});
    await tasks.close();
    expect(tasks.list()[0]?.state).toBe('cancelled');
  });
});

describe('events', () => {
  it('a stream yields what is emitted and ends when its reader leaves', async () => {
    const emitter = new Emitter<number>();
    const abort = new AbortController();
    const got: number[] = [];
    const reading = (async () => {
      for await (const n of emitter.stream(abort.signal)) {
        got.push(n);
        if (n === 2) abort.abort();
      }
    })();
    await Promise.resolve();
    emitter.emit(1);
    emitter.emit(2);
    await reading;
    expect(got).toEqual([1, 2]);
  });

  it('a stream tells what happened between its opening and its first reading', async () => {
    const emitter = new Emitter<number>();
    const stream = emitter.stream(undefined);
    emitter.emit(7);
    expect((await stream.next()).value).toBe(7);
    await stream.return(undefined);
  });

  it('a reader that falls behind loses the oldest, and is told that it missed something', async () => {
    const emitter = new Emitter<number | 'missed'>();
    const stream = emitter.stream(undefined, { missed: 'missed', limit: 3 });
    for (const n of [1, 2, 3, 4, 5]) emitter.emit(n);
    const got = [await stream.next(), await stream.next(), await stream.next()].map((next) => next.value);
    expect(got).toEqual(['missed', 4, 5]);
    await stream.return(undefined);
  });
});

it('a proposal id is SGT, the date, eight hex digits', () => {
  expect(proposalId('2026-11-21', () => '0a1b2c3d')).toBe('SGT20261121-0a1b2c3d');
});

it('what a log says does not steer a terminal: controls are shown as pictures, all else stays', () => {
  expect(showControls('受付\t1\n\u001b]0;owned\u0007\u007f\u009b31m\r')).toBe(
    '受付\t1\n␛]0;owned␇␡\ufffd31m␍',
  );
  const given: string[] = [];
  for (const isTTY of [true, false])
    writeShown({ isTTY, write: (text: string) => given.push(text) > 0 }, 'app\u001b[31m.log\n');
  expect(given).toEqual(['app␛[31m.log\n', 'app\u001b[31m.log\n']);
});
