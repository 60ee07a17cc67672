// The third door, as an administrator's script uses it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IntentResult } from '../../../main/chat/contract/chat.ts';
import { ERRORS } from '../../../main/kernel/errors.ts';
import { CLI, toride as run } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const toride = (data: string, ...args: string[]) => run(['--data', data, ...args]);

let demo: string;
beforeAll(() => {
  demo = mkdtempSync(path.join(os.tmpdir(), 'toride-cli-'));
  expect(toride(demo, 'demo', 'start', '--seed', '1').status).toBe(0);
});
afterAll(() => rmSync(demo, { recursive: true, force: true }));

it('what-if: supposed changes in words and numbers, in JSON too; a place that is not there is refused', () => {
  const half = toride(
    demo,
    'what-if',
    '--absent',
    '札幌=50%',
    '--arrivals',
    '横浜/エントリ1=+20%',
    '--lang',
    'ja',
  );
  expect(half.status).toBe(0);
  expect(half.stdout).toContain('札幌で半分が不在');
  expect(half.stdout).toContain('横浜 エントリ1にこれから入る件数が20%増');
  expect(half.stdout).toMatch(/札幌 SS エントリ1 \d\d:\d\d: .+ → /);
  const { changes, comparison } = toride(demo, 'what-if', '--deadline', '札幌=-60', '--json').json<{
    changes: unknown[];
    comparison: { scenarios: { missed: number }[]; base: { missed: number } };
  }>();
  expect(changes).toEqual([
    { kind: 'deadline', where: { location: '札幌' }, shift: { kind: 'by', minutes: -60 } },
  ]);
  expect(comparison.scenarios[0]!.missed).toBeGreaterThanOrEqual(comparison.base.missed);
  expect(toride(demo, 'what-if', '--absent', '名古屋=1').stderr).toContain('not-found');
  expect(toride(demo, 'what-if').stderr).toContain('input.invalid');
});

it('--help lists every command', () => {
  const { stdout, status } = toride(demo, '--help');
  expect(status).toBe(0);
  for (const command of [
    'connect',
    'sync',
    'status',
    'mapping',
    'situation',
    'ask',
    'intent',
    'propose',
    'what-if',
    'proposals',
    'approve',
    'reject',
    'undo',
    'audit',
    'outcomes',
    'alerts',
    'know',
    'learn',
    'demo',
  ])
    expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

describe('one manager’s afternoon', () => {
  it('situation → propose → approve → undo, in JSON', () => {
    const situation = toride(demo, 'situation', '--location', '札幌', '--json').json<{
      rows: { process: string; risk: string; backlog: number }[];
    }>();
    expect(situation.rows.find((r) => r.process === 'エントリ1')).toMatchObject({ risk: 'danger' });

    const proposal = toride(demo, 'propose', '--location', '札幌', '--json').json<{
      id: string;
      moves: unknown[];
      badge: { kind: string };
      impact: { missedBefore: number; missedAfter: number };
    }>();
    expect(proposal.id).toMatch(/^SGT\d{8}-[0-9a-f]{8}$/);
    expect(proposal.badge.kind).toBe('optimal');
    expect(proposal.moves.length).toBeGreaterThan(0);
    expect(proposal.impact.missedAfter).toBeLessThan(proposal.impact.missedBefore);

    const decision = toride(demo, 'approve', proposal.id, '--actor', '佐藤', '--json').json<{
      id: string;
      action: string;
      actor: string;
    }>();
    expect(decision).toMatchObject({ action: 'approved', actor: '佐藤' });
    const again = toride(demo, 'approve', proposal.id, '--actor', '佐藤');
    expect([again.status, again.stderr]).toEqual([
      ERRORS['proposal.decided'].exit,
      expect.stringContaining('(proposal.decided)'),
    ]);

    const verified = toride(demo, 'decision', 'verify', decision.id, '--json');
    expect(verified.json()).toMatchObject({ id: proposal.id, result: 'match', differences: [], people: [] });
    expect(verified.status).toBe(0);
    expect(toride(demo, 'decision', 'verify', proposal.id).stdout).toMatch(/一致しました[\s\S]*HiGHS 1\./);

    expect(toride(demo, 'undo', decision.id, '--actor', '佐藤', '--json').json()).toMatchObject({
      action: 'undone',
      undoes: decision.id,
    });
    expect(toride(demo, 'outcomes', '--json').json()).toMatchObject({
      outcomes: [{ proposalId: proposal.id, undone: true }],
      rates: { deadlines: { hits: 0, of: 0 } },
    });
    expect(toride(demo, 'audit', '--json').json()).toMatchObject({
      intact: true,
      entries: [{ action: 'proposal.undone' }, { action: 'proposal.approved', actor: '佐藤' }],
    });
  });
  it('ask answers in words with the proposal, in either language', () => {
    const ja = toride(demo, 'ask', '札幌のエントリ1工程が遅延しています');
    expect([ja.status, ja.stderr]).toEqual([0, '']);
    expect(ja.stdout).toMatch(/札幌 SS エントリ1.*16:00.*[\s\S]*SGT\d{8}-/);
    const en = toride(demo, '--lang', 'en', 'ask', 'Which processes are going to be late?', '--json').json<{
      message: { text: string; body: { steps: { step: string; ms: number | null }[] } };
    }>();
    expect(en.message.text).toMatch(/^Expected to be late.*99%/);
    expect(en.message.body.steps.map((s) => s.step)).toEqual([
      'intent',
      'evidence',
      'proposal',
      'wording',
      'check',
    ]);
  });
  it('a question that cannot be answered says why, and its status says so too', () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'toride-cli-'));
    const { status, stdout, stderr } = toride(empty, 'ask', '札幌のエントリ1の残件は？');
    expect([status, stdout.trim()]).toEqual([ERRORS['placement.no-data'].exit, '']);
    expect(stderr).toContain(ERRORS['placement.no-data'].say.ja);
    rmSync(empty, { recursive: true, force: true });
  });
  it('a reader that stops reading is no error', () => {
    const command = `"${process.execPath}" "${CLI}" --data "${demo}" situation | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });
  it('what was typed wrongly is told in the user’s language, with the status of a usage error', () => {
    const said = (...args: string[]) => {
      const { status, stderr, stdout } = toride(demo, ...args);
      return [status, stdout, stderr.split('\n')[0]];
    };
    const ja = 'コマンドの書き方が正しくありません: ';
    const en = 'The command is not written like that: ';
    expect(said('alerts', '--bogus')).toEqual([64, '', `${ja}--bogus という指定はありません。`]);
    expect(said('alrts')).toEqual([64, '', `${ja}alrts というコマンドはありません（alerts のことですか）。`]);
    expect(said('proposals', '--limit', 'q')).toEqual([
      64,
      '',
      `${ja}--limit <n> に「q」は使えません（整数）。`,
    ]);
    for (const day of ['yesterday', '2026-02-30'])
      expect(said('report', '--date', day)).toEqual([
        64,
        '',
        `${ja}--date <yyyy-mm-dd> に「${day}」は使えません（2026-11-21 のような日付）。`,
      ]);
    expect(said('alerts', 'extra')).toEqual([64, '', `${ja}余分な引数があります: extra。`]);
    expect(said('--lang', 'en', 'know')).toEqual([64, '', `${en}<text> is missing.`]);
    expect(said('--lang', 'en', 'reject', 'x')).toEqual([64, '', `${en}--reason <code> is required.`]);
    expect(toride(demo, 'demo', 'start', '--scenario', 'x').stderr).toBe(
      `${ja}--scenario <name> に「x」は使えません（使える値: normal, shortage, outage, long-outage, volume, both, random）。\n「toride demo start --help」で書き方を確認してください。\n(input.usage)\n`,
    );
    expect(toride(demo, '--version')).toMatchObject({ status: 0, stderr: '' });
  });
  it('alerts', () => {
    expect(toride(demo, 'alerts').stdout).toMatch(
      /^危険 {2}未対応 {2}札幌 SS エントリ1 {2}\d\d:\d\d {2}\d+%.*\n {4}このあとの エントリ2/m,
    );
    expect(toride(tempDir(), 'alerts').stdout).toBe('アラートはありません。\n');
    expect(toride(tempDir(), '--lang', 'en', 'alerts').stdout).toBe('There are no alerts.\n');
    const { alerts } = toride(demo, 'alerts', '--json').json<{
      alerts: { severity: string; cell: { location: string } | null }[];
    }>();
    expect(alerts.find((alert) => alert.cell?.location === '札幌')).toMatchObject({ severity: 'danger' });
  });
});

describe('intent', () => {
  it('one question', () => {
    const result = IntentResult.parse(
      toride(demo, 'intent', '札幌のエントリ1工程が遅延しています', '--json').json(),
    );
    expect(result).toMatchObject({
      intent: 'deadline_optimization',
      location: '札幌',
      process: 'エントリ1',
      business: null,
      requires_action: true,
    });
  });
  it('a file of questions: a JSON line each, in order, also without any data', () => {
    const data = tempDir();
    const file = path.join(data, 'q.jsonl');
    writeFileSync(
      file,
      '{"text":"エラーログを見せて"}\n\nWhat is the weather like?\r\n"今の残件は？"\n{"id":7,"question":"明日の配置を決めて"}\n',
    );
    const { stdout, status } = toride(data, 'intent', '--file', file);
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => IntentResult.parse(JSON.parse(line)).intent),
    ).toEqual(['log_investigation', 'out_of_scope', 'simple_query', 'optimize_assignment']);
  });
});

describe('failures say what is wrong, what to do, and a code, on stderr', () => {
  it.each([
    ['nothing set up', ['sync'], 'sync.not-configured'],
    ['no data', ['propose'], 'placement.no-data'],
    ['an address that is none', ['sync', '--url', 'postgres://x'], 'sync.bad-url'],
    ['a server that is not there', ['sync', '--url', 'mysql://u:p@127.0.0.1:1/d'], 'sync.refused'],
    ['an unknown proposal', ['approve', 'SGT20261121-00000000', '--actor', '佐藤'], 'not-found'],
    ['a decision by nobody', ['approve', 'SGT20261121-00000000'], 'approvals.name'],
    ['no question', ['intent'], 'input.invalid'],
  ] as const)('%s', (_what, args, code) => {
    const { status, stdout, stderr } = toride(tempDir(), ...args);
    expect([status, stdout]).toEqual([ERRORS[code].exit, '']);
    expect(stderr).toContain(`(${code})`);
    expect(stderr).toMatch(/[ぁ-ん]/);
  });
  it('in JSON when asked for', () => {
    const { stderr } = toride(tempDir(), '--json', '--lang', 'en', 'propose');
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'placement.no-data',
      say: expect.stringContaining('progress data'),
    });
  });
  it('a wrong config file is named, and nothing starts', () => {
    const data = tempDir();
    writeFileSync(path.join(data, 'config.json'), '{ "settings": { "staleMinutes": "soon" } }');
    const { status, stderr } = toride(data, 'situation');
    expect(status).toBe(ERRORS['config.invalid'].exit);
    expect(stderr).toContain(path.join(data, 'config.json'));
    expect(stderr).toContain('staleMinutes');
  });
});
