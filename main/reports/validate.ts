import { Conditions, MinuteWatch } from '../anomalies/index.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatNumber, formatPercent, formatTemplate } from '../api/contract/format.ts';
import { dbscan } from '../clusters/index.ts';
import { dateIn } from '../kernel/clock.ts';
import { throwIfAborted } from '../kernel/task.ts';
import { type Miner, type MinuteCount, templateText } from '../logs/index.ts';
import { builtInEmbedder, exactNeighbours } from '../vectors/index.ts';
import type { Report, ReportSection } from './contract/reports.ts';
import { type LabelledDay, type LabelledLine, labelledDays } from './labelled-days.ts';
import { bestOf, pairScore, type Score, type SweepPoint, sweep } from './measure.ts';
import { inBoth, say, sectionOf, tableOf, WORDS } from './report-parts.ts';

const MINUTE = 60_000;
/** messages of each kind that are grouped */
const PER_KIND = 40;
const MIN_POINTS = 3;
const steps = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
const EPS = steps(0.02, 0.9, 23);
const NOVELTY = [0, ...steps(0.02, 0.9, 23)];
const SIGMAS = steps(0, 20, 21);
/** what is new or has stopped has no distance: it counts at every threshold */
const SURE = 20;
/** an outage's first errors come before work slows, its last after */
const SLACK = 15 * MINUTE;

const share = (x: number): Bilingual => inBoth((lang) => formatPercent(x, lang));
const isOf = (line: LabelledLine, ...truths: LabelledLine['truth'][]): boolean => truths.includes(line.truth);

type Swept = keyof typeof WORDS.thresholds;
/** A sweep as a table and two charts: each measure against the threshold, and precision against recall. */
function sweepSection(
  key: Swept,
  points: readonly SweepPoint[],
  intro: Bilingual,
  at: number,
): ReportSection {
  const { charts, columns, sections, thresholds } = WORDS;
  const title = sections[key];
  const best = bestOf(points);
  const found = best
    ? say('best-at', {
        threshold: thresholds[key],
        at: inBoth((lang) => formatNumber(best.threshold, lang, 2)),
        precision: share(best.precision),
        recall: share(best.recall),
      })
    : say('nothing-measured');
  const table = tableOf({
    ...{ query: key, title, labels: { threshold: thresholds[key] }, asOf: at },
    columns: { threshold: 'number', precision: 'number', recall: 'number', f1: 'number' },
    rows: points.map(({ threshold, precision, recall, f1 }) => ({ threshold, precision, recall, f1 })),
  });
  const series = (['precision', 'recall', 'f1'] as const).map((measure) => ({
    name: columns[measure],
    points: points.map((p): [number, number] => [p.threshold, p[measure]]),
  }));
  const byRecall = points.toSorted((a, b) => a.recall - b.recall || b.precision - a.precision);
  const line = { kind: 'lines', x: 'number' } as const;
  return sectionOf(
    key,
    [intro, found],
    [table],
    [
      { ...line, key: `${key}-sweep`, title: charts.sweep, unit: charts['share-unit'], series },
      {
        ...{ ...line, key: `${key}-pr`, title: charts['precision-recall'], unit: charts['precision-unit'] },
        series: [{ name: title, points: byRecall.map((p): [number, number] => [p.recall, p.precision]) }],
      },
    ],
  );
}

/** Do the lines of one kind of error share a template, and no other kind's? */
function templates(
  days: readonly LabelledDay[],
  miner: Miner,
  at: number,
): { section: ReportSection; score: Score } {
  const lines = days.flatMap((d) => d.lines).filter((l) => isOf(l, 'known', 'incident'));
  const items = lines.map((l) => ({ kind: l.kind, group: miner.resolve(l.template) }));
  const score = pairScore(items);
  const kinds = [...new Set(items.map((i) => i.kind))].sort();
  const rows = kinds.map((kind) => {
    const own = items.filter((i) => i.kind === kind);
    const counts = new Map<number, number>();
    for (const { group } of own) counts.set(group, (counts.get(group) ?? 0) + 1);
    const [main = 0, most = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
    return {
      truth: kind,
      lines: own.length,
      templates: counts.size,
      share: own.length ? most / own.length : 0,
      template: main ? formatTemplate(templateText(miner.template(main))) : '',
    };
  });
  const section = sectionOf(
    'templates',
    [
      say('by-kind', {
        ...{ kinds: String(kinds.length), lines: lines.length },
        precision: share(score.precision),
        recall: share(score.recall),
      }),
    ],
    [
      tableOf({
        query: 'templates',
        columns: { truth: 'text', lines: 'number', templates: 'number', share: 'percent', template: 'text' },
        rows,
        asOf: at,
      }),
    ],
  );
  return { section, score };
}

/** Are messages of one kind one group by meaning alone, without the miner? DBSCAN over their embeddings, eps swept. */
async function groups(days: readonly LabelledDay[], at: number): Promise<ReportSection> {
  const taken = new Map<string, Set<string>>();
  for (const { kind, message, truth } of days.flatMap((d) => d.lines)) {
    if (truth !== 'known' && truth !== 'incident') continue;
    const own = taken.get(kind) ?? new Set<string>();
    if (own.size < PER_KIND) own.add(message);
    taken.set(kind, own);
  }
  const items = [...taken].flatMap(([kind, messages]) => [...messages].map((message) => ({ kind, message })));
  const vectors = builtInEmbedder.embedNow(items.map((i) => i.message));
  const { dimensions } = builtInEmbedder;
  const matrix = new Float32Array(items.length * dimensions);
  vectors.forEach((v, i) => {
    matrix.set(v, i * dimensions);
  });
  const lists = await exactNeighbours(matrix, items.length, dimensions, Math.max(1, items.length - 1), {
    native: false,
  });
  const points: SweepPoint[] = [];
  for (const eps of EPS) {
    const { labels } = await dbscan(lists, items.length, { eps, minPoints: MIN_POINTS }, null);
    const label = (i: number): number | null => ((labels[i] ?? -1) < 0 ? null : (labels[i] ?? null));
    points.push({
      threshold: eps,
      ...pairScore(items.map((item, i) => ({ kind: item.kind, group: label(i) }))),
    });
  }
  return sweepSection('groups', points, say('by-likeness', { n: items.length }), at);
}

/** Errors met for the first time: how far from everything known are those that are truly new? */
function unknown(
  history: readonly LabelledDay[],
  test: readonly LabelledDay[],
  miner: Miner,
  at: number,
): ReportSection {
  const known = new Set(history.flatMap((d) => d.lines.map((l) => miner.resolve(l.template))));
  const textOf = (id: number): string => templateText(miner.template(id));
  const knownVectors = builtInEmbedder.embedNow([...known].map(textOf));
  const distances = new Map<number, number>();
  const distance = (id: number): number => {
    const cached = distances.get(id);
    if (cached !== undefined) return cached;
    const [vector] = builtInEmbedder.embedNow([textOf(id)]);
    let best = 0;
    for (const other of knownVectors) {
      let product = 0;
      for (let i = 0; i < other.length; i++) product += (other[i] ?? 0) * (vector?.[i] ?? 0);
      best = Math.max(best, product);
    }
    distances.set(id, 1 - best);
    return 1 - best;
  };
  const cases = test
    .flatMap((d) => d.lines)
    .filter((l) => isOf(l, 'known', 'unknown'))
    .map((l) => {
      const id = miner.resolve(l.template);
      return { positive: l.truth === 'unknown', score: known.has(id) ? -1 : distance(id) };
    });
  const points = sweep(cases, NOVELTY);
  const news = cases.filter((c) => c.positive).length;
  return sweepSection('unknown', points, say('never-seen', { news, known: cases.length - news }), at);
}

/** The roll-ups of a run of days, as the detectors read them. */
function rollUps(days: readonly LabelledDay[], miner: Miner) {
  const cells = { minute: new Map<string, MinuteCount>(), hour: new Map<string, MinuteCount>() };
  const firstAt = new Map<number, number>();
  const levels = new Map<number, 'error' | 'info'>();
  for (const line of days.flatMap((d) => d.lines)) {
    const template = miner.resolve(line.template);
    const level = line.isError ? ('error' as const) : ('info' as const);
    firstAt.set(template, Math.min(firstAt.get(template) ?? line.at, line.at));
    levels.set(template, level);
    for (const [unit, size] of [
      ['minute', MINUTE],
      ['hour', 60 * MINUTE],
    ] as const) {
      const at = Math.floor(line.at / size) * size;
      const key = [at, line.service, level, template].join();
      const lines = (cells[unit].get(key)?.lines ?? 0) + 1;
      cells[unit].set(key, { at, sourceId: 'days', service: line.service, level, template, lines });
    }
  }
  const sorted = (unit: 'minute' | 'hour'): MinuteCount[] =>
    [...cells[unit].values()].sort((x, y) => x.at - y.at);
  const rows = { minute: sorted('minute'), hour: sorted('hour') };
  return {
    read: ({ from, to, unit }: { from: number; to: number; unit: 'minute' | 'hour' }) =>
      rows[unit].filter((c) => c.at >= from && c.at < to),
    fact: (id: number) => ({
      id,
      text: templateText(miner.template(id)),
      level: levels.get(id) ?? null,
      mark: 'none' as const,
      firstAt: firstAt.get(id) ?? null,
    }),
  };
}

/** The detectors as they run in the app, on days of which the first of each run is there to learn from. */
function outages(test: readonly LabelledDay[], miner: Miner, at: number): ReportSection {
  const cases: { score: number; outage: number | null }[] = [];
  let wanted = 0;
  for (const seed of new Set(test.map((d) => d.seed))) {
    const [learning, ...days] = test.filter((d) => d.seed === seed);
    const [first] = days;
    const last = days.at(-1);
    if (!learning || !first || !last) continue;
    const { read, fact } = rollUps([learning, ...days], miner);
    const lines = days.flatMap((d) => d.lines);
    const news = new Set(lines.filter((l) => l.truth === 'unknown').map((l) => miner.resolve(l.template)));
    const hours = days.flatMap((d) => d.outages);
    const bursts = days.flatMap((d) => d.bursts);
    const watch = new MinuteWatch({ read, fact, novelty: () => null, noise: () => new Set() });
    const conditions = new Conditions([], []);
    const found = new Map<string, { score: number; from: number; to: number; template: number | null }>();
    for (const { at: end, findings, recent } of watch.run(learning.from, last.to))
      for (const row of conditions.step(end, findings, recent))
        found.set(row.id, {
          score: Math.abs(row.score ?? SURE),
          from: row.at,
          to: row.lastAt,
          template: row.templateId,
        });
    for (const anomaly of found.values()) {
      // what is truly new, or a burst of known errors, is no false anomaly, and no outage either
      if (anomaly.from < first.from || (anomaly.template !== null && news.has(anomaly.template))) continue;
      const isIn = (o: { from: number; to: number }): boolean =>
        anomaly.from < o.to + SLACK && anomaly.to > o.from - SLACK;
      const outage = hours.findIndex(isIn);
      if (outage < 0 && bursts.some(isIn)) continue;
      cases.push({ score: anomaly.score, outage: outage < 0 ? null : wanted + outage });
    }
    wanted += hours.length;
  }
  const points = SIGMAS.map((threshold) => {
    const claimed = cases.filter((c) => c.score >= threshold);
    const right = claimed.filter((c) => c.outage !== null);
    const precision = claimed.length ? right.length / claimed.length : 1;
    const recall = wanted ? new Set(right.map((c) => c.outage)).size / wanted : 1;
    const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
    return { threshold, precision, recall, f1 };
  });
  return sweepSection('outages', points, say('outages-met', { wanted, found: cases.length }), at);
}

/** Measures the log analysis on days whose truth is known. The same every time, whatever is stored. */
export async function validate(o: {
  readonly at: number;
  readonly zone: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number | null, stage?: string) => void;
}): Promise<Report> {
  const { history, test, miner } = await labelledDays({
    signal: o.signal,
    progress: (done, total) => o.progress(done, total + 4, 'days'),
  });
  const total = history.length + test.length + 4;
  const next = (i: number, stage: string): Promise<void> => {
    throwIfAborted(o.signal);
    o.progress(total - 4 + i, total, stage);
    return new Promise((resolve) => setImmediate(resolve));
  };
  await next(0, 'templates');
  const patterns = templates([...history, ...test], miner, o.at);
  await next(1, 'groups');
  const grouped = await groups([...history, ...test], o.at);
  await next(2, 'unknown');
  const novel = unknown(history, test, miner, o.at);
  await next(3, 'outages');
  const noticed = outages(test, miner, o.at);
  const date = dateIn(o.at, o.zone);
  return {
    id: `validation-${date}-${o.at}`,
    kind: 'validation',
    date,
    madeAt: o.at,
    trigger: 'demand',
    headline: say('validated', { share: share(patterns.score.f1) }),
    sections: [patterns.section, grouped, novel, noticed],
  };
}
