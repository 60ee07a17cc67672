// Logs from the command line, as an administrator's script uses them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CLI, toride as run } from '../../helpers/command-line.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const data = path.join(dir, 'data');
const file = path.join(dir, 'app.log');
const LINES = [1, 2, 3, 4, 5, 6].map(
  (n) => `2026-11-21 14:03:0${n} ${n === 6 ? 'ERROR' : 'INFO'} 受付 ${n} を保存しました`,
);
writeFileSync(file, `${LINES.join('\n')}\n`);
const toride = (input: string, ...args: string[]) =>
  run(['--data', data, '--lang', 'en', ...args], { input });

it('a file and standard input are read, found, told apart and add up', () => {
  expect(toride('', 'logs', 'ingest', file).stdout).toBe('6 lines = 6 templated + 0 unparsed\n');
  const piped = toride(`${LINES.join('\n')}\n`, 'logs', 'ingest', '-', '--skew', '60', '--json');
  expect(piped.json()).toMatchObject({ kind: 'stdin', lines: 6, skewMs: 60_000 });
  // what is said later of standard input is taken too
  const again = toride('one more\n', 'logs', 'ingest', '-', '--service', 'batch', '--json');
  expect(again.json()).toMatchObject({ kind: 'stdin', lines: 7, service: 'batch', skewMs: 60_000 });

  const errors = toride('', 'logs', 'search', '受付', '--level', 'error', '--json');
  const { lines, leftOut } = errors.json<{ lines: { at: number }[]; leftOut: unknown[] }>();
  expect(lines.map((l) => l.at)).toEqual([
    Date.parse('2026-11-21T14:03:06+09:00'),
    Date.parse('2026-11-21T14:02:06+09:00'),
  ]);
  expect(leftOut).toEqual([]);
  const { stdout, status } = toride('', 'logs', 'accounting');
  expect({ status, last: stdout.trimEnd().split('\n').slice(-2) }).toEqual({
    status: 0,
    last: ['13 lines = 13 templated + 0 unparsed', 'It adds up.'],
  });
});

it('an incident that goes on says for how long', () => {
  const site = path.join(dir, 'site.log');
  const at = (minute: number): string =>
    new Date(Date.parse('2026-11-16T00:00:00Z') + minute * 60_000).toISOString();
  const lines: string[] = [];
  const end = 4 * 1440;
  for (let minute = 0; minute < end; minute++) {
    lines.push(`${at(minute)} INFO [web] request ${minute} served in ${20 + (minute % 50)} ms`);
    if (minute < end - 200) lines.push(`${at(minute)} INFO [labels] label ${minute} printed`);
  }
  writeFileSync(site, `${lines.join('\n')}\n`);
  const asked = (...args: string[]) => toride('', '--data', path.join(dir, 'lasting'), ...args);
  asked('logs', 'ingest', site);
  expect(asked('anomalies').stdout).toMatch(
    /open {2}The log of labels has stopped \(still going on, for \d+ h( \d+ min)?\)\n/,
  );
});

it('beside a process that follows the logs, a pipe and a file are taken as if it were alone', async () => {
  const beside = path.join(dir, 'beside');
  const run = (input: string, ...args: string[]) => toride(input, '--data', beside, ...args);
  const tail = spawn(process.execPath, [CLI, '--data', beside, 'logs', 'tail']);
  let followed = '';
  tail.stdout.on('data', (chunk) => (followed += String(chunk)));
  try {
    await expect.poll(() => existsSync(path.join(beside, 'log-ingest.lock'))).toBe(true);
    const piped = run(`${LINES.join('\n')}\n`, 'logs', 'ingest', '-');
    expect(piped).toMatchObject({ status: 0, stdout: '6 lines = 6 templated + 0 unparsed\n', stderr: '' });
    expect(run('', 'logs', 'ingest', file).stdout).toBe('6 lines = 6 templated + 0 unparsed\n');
    expect(run('', 'logs', 'accounting').stdout).toMatch(/12 lines = 12 templated \+ 0 unparsed\nIt adds up/);
    await expect.poll(() => followed.match(/受付/g)).toHaveLength(12);
  } finally {
    tail.kill('SIGTERM');
    await once(tail, 'exit');
  }
});

it('following ends when nobody reads it any more', async () => {
  const data = path.join(dir, 'unread');
  const tail = spawn(process.execPath, [CLI, '--data', data, 'logs', 'tail']);
  const ended = once(tail, 'exit');
  await expect.poll(() => existsSync(path.join(data, 'log-ingest.lock'))).toBe(true);
  tail.stdout.destroy();
  expect(toride(`${LINES.join('\n')}\n`, '--data', data, 'logs', 'ingest', '-').status).toBe(0);
  expect(await ended).toEqual([0, null]);
});

it('a paused source is said to be paused, with how to go on; nothing of it is taken until then', async () => {
  const data = path.join(dir, 'paused');
  const other = path.join(dir, 'other.log');
  writeFileSync(other, `${LINES.join('\n')}\n`);
  const run = (...args: string[]) => toride('', '--data', data, ...args);
  const { id } = run('logs', 'ingest', other, '--json').json<{ id: string }>();
  const { logs, close } = await openLogs(data);
  await logs.updateSource(id, { paused: true });
  await close();
  appendFileSync(other, `${LINES[0]}\n`);
  expect(run('logs', 'ingest', other)).toMatchObject({
    status: 69,
    stdout: '',
    stderr: expect.stringMatching(/“other.log” is paused[\s\S]*--resume[\s\S]*logs\.paused/),
  });
  expect(run('logs', 'ingest', other, '--resume').stdout).toBe('7 lines = 7 templated + 0 unparsed\n');
});

it('what it is told wrongly is refused, and harms nothing', () => {
  for (const [args, said] of [
    [['logs', 'ingest', file, '--encoding', 'klingon'], /utf-8, .*euc-jp/],
    [['logs', 'ingest', file, '--zone', 'Mars/Olympus'], /timeZone: Mars\/Olympus/],
  ] as const) {
    const { status, stdout, stderr } = toride('', ...args);
    expect(stderr).toMatch(said);
    expect({ args, isRefused: status !== 0 && status !== 70, stdout }).toEqual({
      args,
      isRefused: true,
      stdout: '',
    });
  }
  expect(toride('', 'logs', 'search', '(', '--regex')).toMatchObject({
    status: 64,
    stderr: expect.stringContaining('logs.bad-regex'),
  });
});

it.skipIf(process.platform === 'win32')(
  'on a disk that does not take it, it waits, says so, and goes on once it does',
  async () => {
    const full = path.join(dir, 'full');
    // enough for a block, whose folder cannot be made
    const long = path.join(dir, 'long.log');
    writeFileSync(long, Array.from({ length: 1200 }, (_, i) => `${LINES[i % 6]} ${i}\n`).join(''));
    const blocks = path.join(full, 'log-blocks');
    mkdirSync(full, { recursive: true });
    symlinkSync('/dev/full', blocks);
    const child = spawn(process.execPath, [CLI, ...['--data', full, '--lang', 'en', 'logs', 'ingest', long]]);
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    const status = await new Promise<number | null>((resolve) => {
      child.once('exit', resolve);
      child.stderr.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('(data.locked)')) rmSync(blocks, { force: true });
      });
    });
    expect({ status, out }).toEqual({ status: 0, out: '1,200 lines = 1,200 templated + 0 unparsed\n' });
    expect(said.match(/data\.locked/g)).toHaveLength(1);
  },
);

it('lines that cannot be read are listed, and read again in the encoding that is right', () => {
  const own = path.join(dir, 'letters');
  const wrong = path.join(dir, 'wrong.log');
  const sjis = Buffer.from([0x8e, 0xf3, 0x95, 0x74]); // 受付
  writeFileSync(wrong, Buffer.concat([Buffer.from('2026-11-21 14:03:01 INFO '), sjis, Buffer.from('\n')]));
  const at = (...args: string[]) => toride('', '--data', own, ...args);
  expect(at('logs', 'ingest', wrong, '--encoding', 'utf-8').stdout).toBe(
    '1 lines = 0 templated + 1 unparsed\n',
  );
  const list = at('logs', 'dead-letters', 'list');
  expect(list.stdout).toContain('not valid in this encoding');
  expect(list.stdout).toContain('1 lines could not be read');
  const { id } = at('logs', 'dead-letters', 'list', '--json')
    .json<{ items: { sourceId: string }[] }>()
    .items.map((letter) => ({ id: letter.sourceId }))[0] ?? { id: '' };
  expect(at('logs', 'dead-letters', 'replay', '--source', id, '--encoding', 'shift_jis').stdout).toBe(
    '1 lines read again, 1 of them read now.\n',
  );
  expect(at('logs', 'search', '受付').stdout).toContain('受付');
  expect(at('logs', 'dead-letters', 'replay', '--json').json()).toEqual({ replayed: 0, fixed: 0 });
  expect(at('logs', 'dead-letters', 'replay', '--source', 'nobody').status).not.toBe(0);
});

it('writes the bytes of a source as they came, and says where they are from', () => {
  const own = path.join(dir, 'original');
  const web = path.join(dir, 'original.log');
  const content = '\ufeff2026-11-21 14:03:05 INFO web: a\r\n2026-11-21 14:03:04 INFO web: b\r\n';
  writeFileSync(web, content);
  const at = (...args: string[]) => toride('', '--data', own, ...args);
  at('logs', 'ingest', web);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const written = (name: string): string => readFileSync(path.join(dir, name), 'utf8');
  expect(at('logs', 'original', 'original.log', path.join(dir, 'one')).stdout).toContain(sha256);
  rmSync(web);
  const gone = at('logs', 'original', 'original.log', path.join(dir, 'two'));
  expect(gone.stdout).toContain(sha256);
  expect(gone.stdout).toContain('put together from the stored lines');
  expect([written('one'), written('two')]).toEqual([content, content]);
  expect(at('logs', 'original', 'original.log', path.join(dir, 'two')).status).toBe(74);
});

it('mining stores nothing and writes a row per line', () => {
  const out = path.join(dir, 'mined.csv');
  expect(toride('', 'logs', 'mine', file, '--csv', out, '--json').json()).toMatchObject({
    lines: 6,
    templated: 6,
    templates: [{ id: 1, lines: 6, template: '受付 <*> を保存しました' }],
  });
  const rows = readFileSync(out, 'utf8').trimEnd().split('\n');
  expect(rows.slice(0, 2)).toEqual(['LineId,cluster,template', '1,1,受付 <*> を保存しました']);
  expect(rows).toHaveLength(7);
});
