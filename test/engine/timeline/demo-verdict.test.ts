import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import { EVIDENCE } from '../../../main/timeline/contract/timeline.ts';
import { wordVolume } from '../../../main/timeline/contract/words.ts';
import { tempDir } from '../../helpers/temp.ts';

const MINUTE = 60_000;
const ZONE = 'Asia/Tokyo';
const DATE = '2026-11-20';
const at = (minute: number): number => instantOf(DATE, minute, ZONE);
const TARGET = '札幌\u001f523201\u001fエントリ1';

/** The demo's day at a minute of it, with its logs read and looked at as the app does it. */
async function demoAt(scenario: string, minute: number, dataDir: string): Promise<Engine> {
  const clock = new ManualClock(at(600));
  const engine = await startEngine({
    dataDir,
    wall: { now: () => clock.now(), every: (ms, work) => clock.every(ms, work) },
    schedule: false,
  });
  const { demo, logs, anomalies, alerts } = engine.services;
  await demo.start({ seed: 1, scenario });
  clock.advance((minute - 870) * MINUTE);
  await demo.tick();
  await logs.settle();
  await anomalies.look();
  await alerts.check();
  return engine;
}
const targetAlert = (engine: Engine) =>
  engine.services.alerts
    .list({ states: ['open'] })
    .alerts.find((a) => a.kind === 'delay' && a.cell?.cellId === TARGET);

describe('on the day of the outage', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-verdict-'));
  let engine: Engine;
  beforeAll(async () => {
    engine = await demoAt('outage', 944, dir);
  });
  afterAll(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('the alert says that the system came first: which errors, how many, how long before', () => {
    const alert = targetAlert(engine);
    expect(alert?.verdict?.sides).toEqual(['system']);
    expect(alert?.verdict?.confidence).toBeGreaterThan(0.7);
    const words = alert?.verdict?.evidence.map((e) => e.words.ja) ?? [];
    expect(words[0]).toMatch(
      /^札幌 SS エントリ1 の処理速度は 15:(18|20) に [\d,]+件\/時 から \d+件\/時 に落ちました。$/,
    );
    expect(words[1]).toMatch(
      /^その\d分前（15:1\d）から、.*『connection pool timeout after .*』が \d+行出ています。$/,
    );
    expect(
      engine.services.notifications
        .list()
        .items.map((n) => n.text.ja)
        .join(),
    ).toContain('システムの異常が先に起きています');
  });

  it('the one clock shows work, people, logs and incidents side by side', () => {
    const view = engine.services.timeline.view({ location: '札幌', process: 'エントリ1' });
    expect(view.lanes.map((lane) => lane.cell.cellId)).toEqual([TARGET]);
    const [lane] = view.lanes;
    expect(view.to - view.from).toBe(4 * 60 * MINUTE);
    expect(lane?.points.length).toBeGreaterThan(100);
    const throughput = (minute: number): number =>
      lane?.points.find((p) => p.at === at(minute))?.throughput ?? Number.NaN;
    expect(throughput(940)).toBeLessThan(0.3 * throughput(890));
    expect(lane?.deadlines).toContain(at(960));
    expect(lane?.points.at(-1)?.people).toBeGreaterThan(5);
    const db = view.logs.services.find((s) => s.service === 'db-main');
    const bucket = (minute: number): number => Math.floor((at(minute) - view.from) / view.logs.bucketMs);
    const errors = (from: number, to: number): number =>
      (db?.errors ?? []).slice(bucket(from), bucket(to)).reduce((a, b) => a + b, 0);
    expect(errors(917, 944)).toBeGreaterThan(50);
    expect(errors(720, 910)).toBe(0);
    expect(view.incidents.some((i) => i.services.includes('db-main') && i.from <= at(920))).toBe(true);
  });

  it('log_investigation tells of the incident, the delay it precedes and the like of two days ago', async () => {
    const answers = new Map<string, string>();
    // an answer speaks the language of its question, whatever the screen's is
    for (const [text, lang] of [
      ['タイムアウトのログを調べて', 'ja'],
      ['Look into the logs for timeouts', 'en'],
    ] as const)
      for await (const event of engine.services.chat.send({ text, lang: lang === 'ja' ? 'en' : 'ja' }))
        if (event.kind === 'answered') {
          answers.set(lang, event.message.text);
          expect(event.message.body.lang).toBe(lang);
          expect(event.message.body.steps.map((s) => s.state)).not.toContain('failed');
          expect(event.message.body.proposalId).toBeNull();
        }
    const ja = answers.get('ja') ?? '';
    expect(ja).toContain('いま続いている障害が');
    expect(ja).toContain('システムの異常が先に起きています');
    expect(ja).toContain('似た障害『');
    expect(ja).toMatch(/を含む今日のログは\d+行です/);
    expect(ja).toContain('connection pool timeout');
    expect(answers.get('en')).toContain('is preceded by trouble in the system');
  });

  it('asked which side it is, chat begins with the fall and with the error that came before it', async () => {
    for (const [lang, text, words] of [
      [
        'ja',
        '今日の遅れは人の問題ですか、システムの問題ですか',
        /落ちました。その\d分前（15:1\d）から、.*『connection pool timeout.*』が \d+行出ています。/,
      ],
      [
        'en',
        'Is the delay a people problem or a system problem?',
        /fell from .* From \d min before \(15:1\d\), “connection pool timeout.*appears in \d+ lines/,
      ],
    ] as const)
      for await (const event of engine.services.chat.send({ text, lang }))
        if (event.kind === 'answered') {
          const [first] = event.message.text.split('\n');
          expect(first).toContain(lang === 'ja' ? 'システムの異常が先に' : 'is trouble in the system');
          expect(first).toMatch(words);
          expect(event.message.text).not.toContain('に近いログ');
        }
  });

  it('what to do about the delay is answered with more than moves', async () => {
    for await (const event of engine.services.chat.send({
      text: '札幌のエントリ1工程が遅延しています。間に合わせて',
      lang: 'ja',
    }))
      if (event.kind === 'answered') {
        const { text, body } = event.message;
        expect(text).toContain('人を足しても追いつかない見込みです。まずシステム担当に復旧の見込みを確認し');
        expect(text).toMatch(
          /札幌 SS エントリ1は15:(18|20)頃からほぼ止まっているため、動き出すまでは人を動かしても速くなりません。/,
        );
        // at a pace that the system has broken, no number of people says anything
        expect(text).toMatch(/納期の時点で\d+件が残/);
        expect(text).not.toMatch(/今のペースで\d+名分/);
        expect(body.steps.map((s) => s.state)).not.toContain('failed');
      }
  });
});

it('on the day of the shortage it is people, though errors are logged as on any day', async () => {
  const engine = await demoAt('shortage', 924, tempDir());
  onTestFinished(() => engine.close());
  expect(engine.services.logs.accounting()).toMatchObject({ addsUp: true });
  expect(engine.services.logs.accounting().lines).toBeGreaterThan(30_000);
  const verdict = targetAlert(engine)?.verdict;
  expect(verdict?.sides).toEqual(['people']);
  expect(EVIDENCE[verdict?.evidence[0]?.kind ?? 'no-logs']).toEqual(['people', 'for']);
  expect(verdict?.words.ja).toBe('札幌 SS エントリ1 の遅れは、人員の不足が先に起きています。');
});

it('on the day of both it is both', async () => {
  const engine = await demoAt('both', 940, tempDir());
  onTestFinished(() => engine.close());
  expect(targetAlert(engine)?.verdict?.sides).toEqual(['people', 'system']);
});

it('on the volume day it is the volume, with what came in and what was forecast', async () => {
  const engine = await demoAt('volume', 924, tempDir());
  onTestFinished(() => engine.close());
  const alert = targetAlert(engine);
  const { verdict } = alert ?? {};
  expect(verdict?.sides).toEqual(['volume']);
  const { arrived = 0, expected = 0 } = verdict?.volume ?? {};
  expect(arrived / expected).toBeGreaterThan(1.1);
  const figures = wordVolume({ arrived, expected, basis: 'forecast' }, 'ja');
  expect(figures).toMatch(/^予測より\d+%多くなっています（[\d,]+件の予測に対し[\d,]+件）$/);
  expect(verdict?.evidence.map((e) => e.words.ja)).toContain(
    `札幌 SS エントリ1 に入った件数は、${figures}。`,
  );
  // the alert and its notification say it with the same figures
  expect(alert?.said?.text.ja).toContain(`件数の増加が先に起きていて、件数は${figures}`);
  expect(alert?.said?.text.en).toContain(wordVolume({ arrived, expected, basis: 'forecast' }, 'en'));
});
