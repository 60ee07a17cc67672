// What the report of a day says of its deadlines, and what it says where there is nothing to say it from.
import { expect, it } from 'vitest';
import type { Incident, Recommendation } from '../../../main/anomalies/contract/anomalies.ts';
import { composeNightly } from '../../../main/reports/compose-nightly.ts';
import type { DayFigures } from '../../../main/reports/figures.ts';
import type { OpenItems } from '../../../main/reports/open-items.ts';

const ZONE = 'Asia/Tokyo';
const HOUR = 3_600_000;
const FROM = Date.parse('2026-11-20T00:00:00+09:00');
const lot = (
  hour: number,
  left: number | null,
  verdict: DayFigures['lots'][number]['verdict'] = null,
): DayFigures['lots'][number] => ({
  location: '札幌',
  businessId: '1',
  business: 'SS',
  process: 'エントリ1',
  deadline: FROM + hour * HOUR,
  items: 500,
  left,
  verdict,
});
const day = (own: Partial<DayFigures> = {}): DayFigures => ({
  date: '2026-11-20',
  from: FROM,
  to: FROM + 24 * HOUR,
  now: FROM + 26 * HOUR,
  progress: true,
  lots: [],
  met: 0,
  missed: 0,
  toCome: 0,
  lateItems: 0,
  alerts: { watch: 0, danger: 0, verdicts: [] },
  decisions: { approved: 0, rejected: 0, undone: 0, people: 0 },
  lines: 0,
  errors: 0,
  services: [],
  hours: [],
  newTemplates: [],
  anomalies: [],
  incidents: [],
  ...own,
});
const compose = (figures: DayFigures, before: DayFigures | null = null, open: OpenItems | null = null) => {
  const report = composeNightly(figures, before, {
    zone: ZONE,
    madeAt: FROM + 26 * HOUR,
    trigger: 'clock',
    open,
  });
  const part = (key: string) => report.sections.find((section) => section.key === key);
  return { report, part };
};

it('says of a missed deadline what preceded it, as its alert judged it', () => {
  const { part } = compose(
    day({
      missed: 2,
      met: 1,
      lots: [lot(16, 127, { sides: ['system'], volume: null }), lot(17, 3), lot(12, 0)],
    }),
  );
  const deadlines = part('deadlines');
  expect(deadlines?.words.map((w) => w.ja)).toEqual([
    '納期 3件のうち、1件が間に合い、2件が遅れました。',
    '札幌 SS エントリ1 は 16:00 の納期のあとに、最大 127件残っていました。システムの異常が先に起きています。',
    '札幌 SS エントリ1 は 17:00 の納期のあとに、最大 3件残っていました。',
  ]);
  expect(deadlines?.words[1]?.en).toContain('(trouble in the system precedes it)');
  expect(deadlines?.tables[0]?.rows[0]).toMatchObject({
    left: 127,
    sideJa: 'システムの異常',
    sideEn: 'trouble in the system',
  });
});

it('does not call a day without any record one without deadlines', () => {
  const { report, part } = compose(day({ progress: false }));
  expect(report.headline.ja).toContain('進捗の記録がありません');
  expect(part('deadlines')?.words[0]?.ja).toBe('この日の進捗の記録がないため、納期の結果は分かりません。');
  expect(compose(day()).report.headline.ja).toContain('この日の納期はありません');
});

it('has no columns for a day before of which nothing is known', () => {
  const columns = (before: DayFigures | null) =>
    compose(day(), before)
      .part('comparison')
      ?.tables[0]?.columns.map(({ key }) => key);
  expect(columns(null)).toEqual(['measureJa', 'measureEn', 'now']);
  expect(columns(day())).toEqual(['measureJa', 'measureEn', 'now', 'before', 'change', 'trendJa', 'trendEn']);
});

it('does not call a day without any log line one without incidents', () => {
  const { report, part } = compose(day({ progress: true, met: 1, lots: [lot(12, 0)] }));
  expect(report.headline.ja).toMatch(/納期はすべて間に合いました。ログの記録がありません。$/);
  expect(report.headline.en).toMatch(/Every deadline was met; no logs recorded\.$/);
  expect(part('incidents')?.words).toEqual([
    {
      ja: 'この日のログの記録がないため、障害があったかどうかは分かりません。',
      en: 'No log lines of this day were recorded, so whether there were incidents is not known.',
    },
  ]);
  const quiet = compose(day({ progress: true, met: 1, lots: [lot(12, 0)], lines: 5 }));
  expect(quiet.report.headline.ja).toMatch(/納期はすべて間に合いました。障害はありません。$/);
  expect(quiet.part('incidents')?.words[0]?.ja).toBe('障害はありませんでした。');
});

it('tells first what still lasts at the end of the day, and for how long', () => {
  const incident = (from: number, to: number | null, ja: string): Incident => ({
    id: ja,
    state: to === null ? 'open' : 'resolved',
    severity: 'high',
    title: { ja, en: ja },
    from: FROM + from * HOUR,
    to: to === null ? null : FROM + to * HOUR,
    services: ['db-main'],
    templates: [],
    anomalies: [],
    lines: 0,
    note: null,
    remedyId: null,
    acknowledgedBy: null,
    knowledgeId: null,
  });
  const { part } = compose(
    day({
      lines: 5,
      incidents: [incident(9, 10, '急増'), incident(-4, null, '途絶'), incident(20, null, '停止')],
    }),
  );
  expect(part('incidents')?.words.map((w) => w.ja)).toEqual([
    '11月19日 20:00から、まだ続いています (28時間)：途絶',
    '20:00から、まだ続いています (4時間)：停止',
    '09:00–10:00 急増',
  ]);
});

it('begins with what still needs somebody, and with what helped before', () => {
  const incident = {
    id: 'i1',
    state: 'open',
    title: { ja: '接続プールの枯渇', en: 'Connection pool ran dry' },
    from: FROM + 14 * HOUR,
    to: null,
    services: ['db-main'],
  } as unknown as Incident;
  const help = [{ title: 'プールを再起動', tried: 3, worked: 2 }] as unknown as Recommendation[];
  const { report, part } = compose(day({ missed: 1, lots: [lot(16, 5)] }), null, {
    incidents: [{ incident, help }],
    alerts: [],
  });
  expect(report.sections[0]?.key).toBe('open');
  expect(part('open')?.words).toEqual([
    {
      ja: '作成時点で、開いている障害 1件、開いているアラート 0件、この日に遅れた納期 1件です。',
      en: 'When this was made: 1 open incident, 0 open alerts, 1 deadline of the day missed.',
    },
    {
      ja: '「接続プールの枯渇」には「プールを再起動」を。これまで3回中2回、効いています。',
      en: 'For “Connection pool ran dry”: “プールを再起動”, which worked 2 of 3 times.',
    },
  ]);
  expect(part('open')?.tables[0]?.rows[0]).toMatchObject({
    services: 'db-main',
    remedy: 'プールを再起動 (2/3)',
  });
  expect(compose(day(), null, { incidents: [], alerts: [] }).part('open')?.words[0]?.en).toMatch(
    /^When this was made no/,
  );
});

it('says of each figure which way it went, whether that is good, and what is worse; not of a day that goes on', () => {
  const before = day({ errors: 9, lines: 80 });
  const section = compose(day({ errors: 5, lines: 90, missed: 2 }), before).part('comparison');
  const trend = (name: string) =>
    section?.tables[0]?.rows.find((row) => row['measureEn'] === name)?.['trendEn'];
  expect([trend('Error lines'), trend('Log lines'), trend('Incidents'), trend('Deadlines missed')]).toEqual([
    '↓ better',
    '↑ more',
    '→ the same',
    '↑ worse',
  ]);
  expect(section?.words[0]?.ja).toBe('前日より悪化したもの: 遅れた納期。');
  const early = compose(day({ now: FROM + 12 * HOUR }), before).part('comparison');
  expect(early?.words[0]?.en).toMatch(/^The day goes on/);
  expect(early?.tables[0]?.columns.map(({ key }) => key)).not.toContain('trendEn');
});
