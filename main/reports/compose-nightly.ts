// The day in words and tables. Sentences are made of the figures alone; the day before stands beside each of them.
import { ANOMALY_KINDS, type AnomalyKind } from '../anomalies/contract/anomalies.ts';
import type { Bilingual, Table } from '../api/contract/common.ts';
import {
  formatCell,
  formatDate,
  formatDateTime,
  formatMinutes,
  formatNumber,
  formatTemplate,
  formatTime,
} from '../api/contract/format.ts';
import type { Lang } from '../kernel/errors.ts';
import type { VerdictSide } from '../timeline/contract/timeline.ts';
import { wordPrecedes, wordSides } from '../timeline/contract/words.ts';
import { KEPT } from './config.ts';
import type { Report, ReportSection } from './contract/reports.ts';
import type { DayFigures } from './figures.ts';
import { type OpenItems, openWords, say, titleOf } from './open-items.ts';

type Column = Table['columns'][number];
type Row = Table['rows'][number];
const both = (ja: string, en: string): Bilingual => ({ ja, en });
const words = (of: (lang: Lang) => string): Bilingual => ({ ja: of('ja'), en: of('en') });
const text = (key: string, ja: string, en: string): Column => ({ key, label: both(ja, en), kind: 'text' });
const number = (key: string, ja: string, en: string): Column => ({
  key,
  label: both(ja, en),
  kind: 'number',
});
const instant = (key: string, ja: string, en: string): Column => ({
  key,
  label: both(ja, en),
  kind: 'instant',
});

export const KIND_WORDS: Readonly<Record<AnomalyKind, Bilingual>> = {
  'new-template': both('はじめて見るログ', 'Log never seen before'),
  rate: both('いつもと違う件数', 'Unusual rate'),
  spike: both('急な増え方', 'Spike'),
  missing: both('出るはずのログが止まった', 'Log that stopped'),
  'new-component': both('急に目立つサービス', 'Service suddenly prominent'),
  value: both('値が範囲の外', 'Value out of range'),
  sequence: both('順番がいつもと違う', 'Unusual order'),
};
const sidesText = (sides: readonly VerdictSide[], lang: Lang): string =>
  wordSides(sides, lang) || (lang === 'ja' ? '不明' : 'unknown');
const STATE_WORDS: Readonly<Record<string, Bilingual>> = {
  open: both('未対応', 'open'),
  acknowledged: both('対応中', 'acknowledged'),
  resolved: both('解決', 'resolved'),
  dismissed: both('対象外', 'dismissed'),
};

const tableOf = (
  day: DayFigures,
  o: { name: string; title: Bilingual; columns: readonly Column[]; rows: readonly Row[]; total?: number },
): Table => ({
  title: o.title,
  query: o.name,
  slots: { date: day.date },
  columns: [...o.columns],
  rows: [...o.rows],
  total: o.total ?? o.rows.length,
  // the day's last instant: a file of the table is named after the day it is of
  asOf: day.to - 1,
});
const section = (
  key: string,
  title: Bilingual,
  sentences: readonly Bilingual[],
  tables: readonly Table[] = [],
  charts: ReportSection['charts'] = [],
): ReportSection => ({ key, title, words: [...sentences], tables: [...tables], charts });

const count = (n: number, lang: Lang, ja: string, one: string, many: string): string =>
  lang === 'ja' ? `${formatNumber(n, lang)}${ja}` : `${formatNumber(n, lang)} ${n === 1 ? one : many}`;

export const headlineOf = (day: DayFigures): Bilingual =>
  both(
    `${deadlineHeadline(day).ja}。${incidentHeadline(day).ja}。`,
    `${deadlineHeadline(day).en}; ${incidentHeadline(day).en}.`,
  );
function deadlineHeadline(day: DayFigures): Bilingual {
  if (!day.progress) return both('進捗の記録がありません', 'No progress recorded');
  if (day.lots.length === 0) return both('この日の納期はありません', 'No deadlines');
  if (day.missed > 0)
    return both(
      `納期遅れ ${count(day.missed, 'ja', '件', '', '')}`,
      `${count(day.missed, 'en', '', 'deadline', 'deadlines')} missed`,
    );
  return day.toCome > 0
    ? both('ここまでの納期はすべて間に合いました', 'Every deadline so far was met')
    : both('納期はすべて間に合いました', 'Every deadline was met');
}
function incidentHeadline(day: DayFigures): Bilingual {
  const n = day.incidents.length;
  if (n > 0) return both(`障害 ${count(n, 'ja', '件', '', '')}`, count(n, 'en', '', 'incident', 'incidents'));
  // where nothing was logged nothing can be said of incidents
  return day.lines === 0
    ? both('ログの記録がありません', 'no logs recorded')
    : both('障害はありません', 'no incidents');
}

/** Measures of both days, in the order a manager asks for them. */
const MEASURES: readonly {
  key: string;
  label: Bilingual;
  of: (day: DayFigures) => number;
  /** more of it is worse */
  bad?: 'high';
}[] = [
  { key: 'met', label: both('間に合った納期', 'Deadlines met'), of: (d) => d.met },
  { key: 'missed', label: both('遅れた納期', 'Deadlines missed'), of: (d) => d.missed, bad: 'high' },
  {
    key: 'late',
    label: both('納期に間に合わなかった件数', 'Items late'),
    of: (d) => d.lateItems,
    bad: 'high',
  },
  { key: 'danger', label: both('危険アラート', 'Danger alerts'), of: (d) => d.alerts.danger, bad: 'high' },
  { key: 'watch', label: both('警戒アラート', 'Watch alerts'), of: (d) => d.alerts.watch, bad: 'high' },
  { key: 'approved', label: both('承認した提案', 'Proposals approved'), of: (d) => d.decisions.approved },
  { key: 'people', label: both('動いた人数', 'People moved'), of: (d) => d.decisions.people },
  { key: 'incidents', label: both('障害', 'Incidents'), of: (d) => d.incidents.length, bad: 'high' },
  { key: 'anomalies', label: both('異常', 'Anomalies'), of: (d) => d.anomalies.length, bad: 'high' },
  { key: 'new', label: both('新しいログの型', 'New log templates'), of: (d) => d.newTemplates.length },
  { key: 'lines', label: both('ログの行数', 'Log lines'), of: (d) => d.lines },
  { key: 'errors', label: both('エラーの行数', 'Error lines'), of: (d) => d.errors, bad: 'high' },
];
type Trend = 'same' | 'worse' | 'better' | 'more' | 'fewer';
/** Which way it went since the day before, and whether that is good. */
function trendOf(change: number, bad: 'high' | undefined): Trend {
  if (change === 0) return 'same';
  if (bad) return change > 0 ? 'worse' : 'better';
  return change > 0 ? 'more' : 'fewer';
}
function comparison(day: DayFigures, before: DayFigures | null): ReportSection {
  // half a day against a whole one goes nowhere
  const isOver = day.now >= day.to;
  const compared = MEASURES.map(({ label, of, bad }) => {
    const change = before ? of(day) - of(before) : null;
    const trend = isOver && change !== null ? trendOf(change, bad) : null;
    return { label, now: of(day), before: before ? of(before) : null, change, trend };
  });
  const rows = compared.map(({ label, trend, ...figures }) => {
    const way = trend && say(trend, { arrow: (figures.change ?? 0) > 0 ? '↑' : '↓' });
    return {
      measureJa: label.ja,
      measureEn: label.en,
      ...figures,
      ...(way && { trendJa: way.ja, trendEn: way.en }),
    };
  });
  const columns = [
    text('measureJa', '項目', 'Measure'),
    text('measureEn', '項目', 'Measure'),
    number('now', 'この日', 'This day'),
    ...(before ? [number('before', '前日', 'Day before'), number('change', '差', 'Change')] : []),
    ...(before && isOver ? [text('trendJa', '動き', 'Direction'), text('trendEn', '動き', 'Direction')] : []),
  ];
  const worse = compared.filter(({ trend }) => trend === 'worse').map(({ label }) => label);
  const names = {
    ja: worse.map(({ ja }) => ja).join('、'),
    en: worse.map(({ en }) => en.toLowerCase()).join(', '),
  };
  const sentence = !before
    ? say('not-compared')
    : !isOver
      ? say('compared-so-far')
      : worse.length > 0
        ? say('worse-ones', { names })
        : say('none-worse');
  return section(
    'comparison',
    both('前日との比較', 'Against the day before'),
    [sentence],
    [
      tableOf(day, {
        name: 'reports.comparison',
        title: before
          ? both('この日と前日', 'This day and the day before')
          : both('この日の数字', 'The figures of this day'),
        columns,
        rows,
      }),
    ],
  );
}

function deadlines(day: DayFigures, zone: string): ReportSection {
  const late = day.lots.filter((lot) => (lot.left ?? 0) > 0);
  const unknown = day.lots.filter((lot) => lot.left === null).length - day.toCome;
  const sentences: Bilingual[] = [];
  if (!day.progress)
    sentences.push(
      both(
        'この日の進捗の記録がないため、納期の結果は分かりません。',
        'No progress of this day was recorded, so what became of its deadlines is not known.',
      ),
    );
  else if (day.lots.length === 0)
    sentences.push(both('この日に納期はありません。', 'No deadline fell on this day.'));
  else
    sentences.push(
      words((lang) =>
        lang === 'ja'
          ? `納期 ${formatNumber(day.met + day.missed, lang)}件のうち、${formatNumber(day.met, lang)}件が間に合い、${formatNumber(day.missed, lang)}件が遅れました。`
          : `Of ${count(day.met + day.missed, lang, '', 'deadline', 'deadlines')}, ${formatNumber(day.met, lang)} ${day.met === 1 ? 'was' : 'were'} met and ${formatNumber(day.missed, lang)} missed.`,
      ),
    );
  for (const lot of late.slice(0, 3))
    sentences.push(
      words((lang) => {
        const cell = formatCell({
          location: lot.location,
          businessName: lot.business,
          process: lot.process,
        });
        const first = lot.verdict && wordPrecedes(lot.verdict, lang);
        return lang === 'ja'
          ? `${cell} は ${formatTime(lot.deadline, zone, lang)} の納期のあとに、最大 ${formatNumber(lot.left ?? 0, lang)}件残っていました${first ? `。${first}` : ''}。`
          : `${cell} had up to ${count(lot.left ?? 0, lang, '', 'item', 'items')} left after its ${formatTime(lot.deadline, zone, lang)} deadline${first ? ` (${first})` : ''}.`;
      }),
    );
  if (day.toCome > 0)
    sentences.push(
      words((lang) =>
        lang === 'ja'
          ? `${formatNumber(day.toCome, lang)}件の納期は、これからです。`
          : `${count(day.toCome, lang, '', 'deadline is', 'deadlines are')} still to come.`,
      ),
    );
  if (unknown > 0)
    sentences.push(
      words((lang) =>
        lang === 'ja'
          ? `${formatNumber(unknown, lang)}件は納期の時刻のデータがなく、結果が分かりません。`
          : `For ${formatNumber(unknown, lang)} there are no data of the time, so their result is not known.`,
      ),
    );
  const rows = [...late, ...day.lots.filter((lot) => (lot.left ?? 0) === 0)].slice(0, KEPT).map((lot) => ({
    location: lot.location,
    business: lot.business,
    process: lot.process,
    deadline: lot.deadline,
    items: lot.items,
    left: lot.left,
    sideJa: lot.verdict ? sidesText(lot.verdict.sides, 'ja') : '',
    sideEn: lot.verdict ? sidesText(lot.verdict.sides, 'en') : '',
  }));
  return section(
    'deadlines',
    both('納期', 'Deadlines'),
    sentences,
    rows.length === 0
      ? []
      : [
          tableOf(day, {
            name: 'reports.deadlines',
            title: both('納期ごとの結果 (遅れたものが先)', 'Results by deadline, missed ones first'),
            columns: [
              text('location', '拠点', 'Site'),
              text('business', '業務', 'Business'),
              text('process', '工程', 'Process'),
              instant('deadline', '納期', 'Deadline'),
              number('items', '最大の残件', 'Most waiting'),
              number('left', '納期後の残り (最大)', 'Most left after it'),
              ...(day.lots.some((lot) => lot.verdict !== null)
                ? [text('sideJa', '見立て', 'Lies with'), text('sideEn', '見立て', 'Lies with')]
                : []),
            ],
            rows,
            total: day.lots.length,
          }),
        ],
  );
}

function decisions(day: DayFigures): ReportSection {
  const { approved, rejected, undone, people } = day.decisions;
  const { watch, danger, verdicts } = day.alerts;
  return section('decisions', both('アラートと配置', 'Alerts and placement'), [
    words((lang) =>
      lang === 'ja'
        ? `アラートは危険 ${formatNumber(danger, lang)}件、警戒 ${formatNumber(watch, lang)}件です。`
        : `There ${danger + watch === 1 ? 'was' : 'were'} ${count(danger, lang, '', 'danger alert', 'danger alerts')} and ${count(watch, lang, '', 'watch alert', 'watch alerts')}.`,
    ),
    ...(verdicts.length === 0
      ? []
      : [
          words((lang) => {
            const parts = verdicts.map(
              ({ sides, n }) =>
                `${sidesText(sides, lang)} ${formatNumber(n, lang)}${lang === 'ja' ? '件' : ''}`,
            );
            return lang === 'ja'
              ? `遅れの見立ては、${parts.join('、')}です。`
              : `Judged to lie with: ${parts.join(', ')}.`;
          }),
        ]),
    words((lang) =>
      lang === 'ja'
        ? `提案の承認は ${formatNumber(approved, lang)}件 (${formatNumber(people, lang)}人が移動)、却下は ${formatNumber(rejected, lang)}件、取り消しは ${formatNumber(undone, lang)}件です。`
        : `${count(approved, lang, '', 'proposal was', 'proposals were')} approved (${count(people, lang, '', 'person', 'people')} moved), ${formatNumber(rejected, lang)} rejected, ${formatNumber(undone, lang)} undone.`,
    ),
  ]);
}

function incidents(day: DayFigures, zone: string): ReportSection {
  // what still lasts asks for something: it comes first
  const lasting = (i: DayFigures['incidents'][number]): boolean => i.to === null || i.to >= day.to;
  const listed = day.incidents.toSorted((a, b) => Number(lasting(b)) - Number(lasting(a)));
  const rows = listed.slice(0, KEPT).map((i) => ({
    from: i.from,
    to: i.to,
    titleJa: i.title.ja,
    titleEn: i.title.en,
    services: i.services.join(', '),
    stateJa: STATE_WORDS[i.state]?.ja ?? i.state,
    stateEn: STATE_WORDS[i.state]?.en ?? i.state,
  }));
  const byKind = ANOMALY_KINDS.map((kind) => ({
    kind,
    n: day.anomalies.filter((a) => a.kind === kind).length,
  })).filter((k) => k.n > 0);
  const whenOf = (i: DayFigures['incidents'][number], lang: Lang): string => {
    // of one that began on an earlier day the date is told too
    const at = i.from < day.from ? formatDateTime : formatTime;
    const from = at(i.from, zone, lang);
    if (!lasting(i)) return `${from}–${formatTime(i.to ?? day.to, zone, lang)} `;
    const length = formatMinutes((Math.min(day.to, day.now) - i.from) / 60_000, lang);
    return lang === 'ja'
      ? `${from}から、まだ続いています (${length})：`
      : `Since ${from}, still going on (${length}): `;
  };
  const sentences: Bilingual[] = listed.length
    ? listed.slice(0, 5).map((i) => words((lang) => `${whenOf(i, lang)}${i.title[lang]}`))
    : day.lines === 0
      ? [
          both(
            'この日のログの記録がないため、障害があったかどうかは分かりません。',
            'No log lines of this day were recorded, so whether there were incidents is not known.',
          ),
        ]
      : [both('障害はありませんでした。', 'There were no incidents.')];
  const tables: Table[] = [];
  if (rows.length)
    tables.push(
      tableOf(day, {
        name: 'reports.incidents',
        title: both('障害', 'Incidents'),
        columns: [
          instant('from', '始まり', 'From'),
          instant('to', '終わり', 'To'),
          text('titleJa', '内容', 'What'),
          text('titleEn', '内容', 'What'),
          text('services', 'サービス', 'Services'),
          text('stateJa', '状態', 'State'),
          text('stateEn', '状態', 'State'),
        ],
        rows,
        total: day.incidents.length,
      }),
    );
  if (byKind.length)
    tables.push(
      tableOf(day, {
        name: 'reports.anomalies',
        title: both('異常の種類', 'Anomalies by kind'),
        columns: [
          text('kindJa', '種類', 'Kind'),
          text('kindEn', '種類', 'Kind'),
          number('n', '件数', 'Count'),
        ],
        rows: byKind.map(({ kind, n }) => ({ kindJa: KIND_WORDS[kind].ja, kindEn: KIND_WORDS[kind].en, n })),
      }),
    );
  return section('incidents', both('障害と異常', 'Incidents and anomalies'), sentences, tables);
}

function logs(day: DayFigures): ReportSection {
  const services = day.services.slice(0, KEPT);
  const sentences =
    day.lines === 0
      ? [both('この日のログはありません。', 'There are no log lines of this day.')]
      : [
          words((lang) =>
            lang === 'ja'
              ? `ログ ${formatNumber(day.lines, lang)}行のうち、エラーは ${formatNumber(day.errors, lang)}行です。新しいログの型は ${formatNumber(day.newTemplates.length, lang)}種類です。`
              : `${count(day.lines, lang, '', 'log line', 'log lines')}, ${formatNumber(day.errors, lang)} of them errors; ${count(day.newTemplates.length, lang, '', 'new template', 'new templates')}.`,
          ),
        ];
  const tables: Table[] = [];
  if (services.length)
    tables.push(
      tableOf(day, {
        name: 'reports.services',
        title: both('サービスごとの行数', 'Lines by service'),
        columns: [
          text('service', 'サービス', 'Service'),
          number('lines', '行数', 'Lines'),
          number('errors', 'エラー', 'Errors'),
        ],
        rows: services.map((s) => ({ service: s.service || '—', lines: s.lines, errors: s.errors })),
        total: day.services.length,
      }),
    );
  if (day.newTemplates.length)
    tables.push(
      tableOf(day, {
        name: 'reports.new-templates',
        title: both('新しいログの型', 'New log templates'),
        columns: [
          number('id', '番号', 'Id'),
          text('level', 'レベル', 'Level'),
          text('text', '型', 'Template'),
          number('lines', '行数', 'Lines'),
          instant('firstAt', '最初', 'First seen'),
        ],
        rows: day.newTemplates.slice(0, KEPT).map((t) => ({
          id: t.id,
          level: t.level,
          text: t.name ?? formatTemplate(t.text),
          lines: t.lines,
          firstAt: t.firstAt,
        })),
        total: day.newTemplates.length,
      }),
    );
  const charts: ReportSection['charts'] =
    day.lines === 0
      ? []
      : [
          {
            key: 'hours',
            title: both('時間ごとのログ', 'Log lines by hour'),
            kind: 'bars',
            x: 'instant',
            unit: both('行', 'lines'),
            series: [
              {
                name: both('エラー以外', 'Others'),
                points: day.hours.map((h) => [h.at, h.lines - h.errors]),
              },
              { name: both('エラー', 'Errors'), points: day.hours.map((h) => [h.at, h.errors]) },
            ],
          },
        ];
  return section('logs', both('システムログ', 'System logs'), sentences, tables, charts);
}

/** What waits for somebody now, with what helps; the missed deadlines themselves follow in their own part. */
function openPart(day: DayFigures, open: OpenItems): ReportSection {
  const incidents = open.incidents.map(({ incident, help: [best] }) => ({
    from: incident.from,
    titleJa: incident.title.ja,
    titleEn: incident.title.en,
    services: incident.services.join(', '),
    stateJa: STATE_WORDS[incident.state]?.ja ?? incident.state,
    stateEn: STATE_WORDS[incident.state]?.en ?? incident.state,
    remedy: best ? `${best.title} (${best.worked}/${best.tried})` : null,
  }));
  const alerts = open.alerts.map((alert) => ({
    openedAt: alert.openedAt,
    severityJa: alert.severity === 'danger' ? '危険' : '警戒',
    severityEn: alert.severity,
    titleJa: titleOf(alert).ja,
    titleEn: titleOf(alert).en,
  }));
  const tables: Table[] = [];
  if (incidents.length)
    tables.push(
      tableOf(day, {
        name: 'reports.open-incidents',
        title: say('open-incidents'),
        columns: [
          instant('from', '始まり', 'From'),
          text('titleJa', '内容', 'What'),
          text('titleEn', '内容', 'What'),
          text('services', 'サービス', 'Services'),
          text('stateJa', '状態', 'State'),
          text('stateEn', '状態', 'State'),
          text('remedy', '効いた対処 (回/回中)', 'What worked (of times)'),
        ],
        rows: incidents,
      }),
    );
  if (alerts.length)
    tables.push(
      tableOf(day, {
        name: 'reports.open-alerts',
        title: say('open-alerts'),
        columns: [
          instant('openedAt', '始まり', 'From'),
          text('severityJa', '重さ', 'Severity'),
          text('severityEn', '重さ', 'Severity'),
          text('titleJa', '内容', 'What'),
          text('titleEn', '内容', 'What'),
        ],
        rows: alerts,
      }),
    );
  return section('open', say('open'), openWords(open, day.missed), tables);
}

/** `id` is the same for every making of a day, so that a report made again takes the place of the earlier one. */
export function composeNightly(
  day: DayFigures,
  before: DayFigures | null,
  o: {
    readonly zone: string;
    readonly madeAt: number;
    readonly trigger: Report['trigger'];
    /** null: of a day long gone, whose open items are told elsewhere */
    readonly open: OpenItems | null;
  },
): Report {
  return {
    id: `nightly-${day.date}`,
    kind: 'nightly',
    date: day.date,
    madeAt: o.madeAt,
    trigger: o.trigger,
    headline: words(
      (lang) => `${formatDate(day.from, o.zone, lang)}${lang === 'ja' ? '：' : ': '}${headlineOf(day)[lang]}`,
    ),
    sections: [
      ...(o.open ? [openPart(day, o.open)] : []),
      comparison(day, before),
      deadlines(day, o.zone),
      decisions(day),
      incidents(day, o.zone),
      logs(day),
    ],
  };
}
