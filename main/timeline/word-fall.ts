import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import type { VerdictEvidence } from '../api/contract/timeline.ts';
import { RISE } from './config.ts';
import { Figures, piece, quoted } from './figures.ts';
import type { Evidence, Fall } from './judge.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The fall, what the logs say around it, and who slowed down with it. */
export function wordFall(fall: Fall, evidence: Evidence, zone: string): VerdictEvidence[] {
  const { stretch, cell } = fall;
  const name = formatCell(cell.day.cell);
  const f = new Figures(zone);
  const hours = Math.max(1 / 60, workedHours(fall, evidence));
  const time = f.time(stretch.from);
  const before = f.rate(stretch.usual / hours);
  const after = f.rate(stretch.items / hours);
  const end = stretch.until === null ? null : f.time(stretch.until);
  const fell = piece(fall.side === 'system' ? 'throughput-fell' : 'people-slow', {
    at: stretch.from,
    cell: cell.day.cell,
    figures: f,
    words: {
      ja: `${name} の処理速度は ${time.ja} に ${before.ja} から ${after.ja} に落ちました${end ? `（${end.ja} に回復）` : ''}。`,
      en: `The throughput of ${name} fell from ${before.en} to ${after.en} at ${time.en}${end ? ` (back at ${end.en})` : ''}.`,
    },
  });
  const named = fall.rises.slice(0, RISE.named);
  const rest = fall.incidents.filter((i) => !named.some((rise) => rise.incidentId === i.id));
  const signs = [
    ...named.map((rise) => wordRise(rise, stretch.from, zone)),
    ...rest.slice(0, 1).map((incident) => wordIncident(incident, stretch.from, zone)),
    ...fall.silent.slice(0, 1).map((s) => {
      const g = new Figures(zone);
      const at = g.time(s.since);
      return piece('silent', {
        at: s.since,
        figures: g,
        words: {
          ja: `『${quoted(s.service)}』のログは ${at.ja} から止まっています。`,
          en: `“${quoted(s.service)}” has logged nothing since ${at.en}.`,
        },
      });
    }),
  ];
  return [
    fell,
    ...signs,
    ...(signs.length === 0 ? [wordNoSigns(evidence, zone)] : []),
    ...(fall.together.length > 0 ? [wordTogether(fall, zone)] : []),
  ];
}

/** Working hours of the stretch, as its usual amount is reckoned: breaks count for nothing. */
function workedHours({ cell, stretch }: Fall, { line, asOf }: Evidence): number {
  const until = stretch.until ?? asOf;
  let ms = 0;
  line?.grid.slice(1).forEach((at, i) => {
    const from = line.grid[i] ?? at;
    if (from >= stretch.from && at <= until && (cell.planned[i] ?? 0) > 0) ms += at - from;
  });
  return (ms > 0 ? ms : until - stretch.from) / HOUR;
}

/** How long before or after the fall, and when. */
function whenOf(f: Figures, at: number, fellAt: number): Bilingual {
  const apart = Math.round((fellAt - at) / MINUTE);
  const minutes = apart === 0 ? null : f.minutes(Math.abs(apart));
  const time = f.time(at);
  if (minutes === null)
    return { ja: `同じころ（${time.ja}）から`, en: `At about the same time (${time.en})` };
  return apart > 0
    ? { ja: `その${minutes.ja}前（${time.ja}）から`, en: `From ${minutes.en} before (${time.en})` }
    : { ja: `その${minutes.ja}後（${time.ja}）から`, en: `From ${minutes.en} later (${time.en})` };
}

/** An incident that none of the named errors belongs to, e.g. of a value out of range. */
function wordIncident(incident: Fall['incidents'][number], fellAt: number, zone: string): VerdictEvidence {
  const f = new Figures(zone);
  const when = whenOf(f, incident.from, fellAt);
  return piece('errors-rose', {
    at: incident.from,
    figures: f,
    incidentId: incident.id,
    words: {
      ja: `${when.ja}、障害『${quoted(incident.title.ja)}』が起きています。`,
      en: `${when.en}, the incident “${quoted(incident.title.en)}” is under way.`,
    },
  });
}

function wordRise(rise: Fall['rises'][number], fellAt: number, zone: string): VerdictEvidence {
  const f = new Figures(zone);
  const when = whenOf(f, rise.from, fellAt);
  const text = quoted(rise.text);
  const lines = f.lines(rise.lines);
  if (rise.factor === null)
    return piece(rise.isNew ? 'new-error' : 'errors-rose', {
      at: rise.from,
      figures: f,
      incidentId: rise.incidentId,
      templateId: rise.templateId,
      words: {
        ja: `${when.ja}、${rise.isNew ? 'これまでにない' : '直前まで出ていなかった'}『${text}』が ${lines.ja}出ています。`,
        en: `${when.en}, “${text}”, not seen ${rise.isNew ? 'before' : 'in the hours before'}, appears in ${lines.en}.`,
      },
    });
  const factor = f.times(rise.factor);
  return piece('errors-rose', {
    at: rise.from,
    figures: f,
    incidentId: rise.incidentId,
    templateId: rise.templateId,
    words: {
      ja: `${when.ja}、『${text}』が普段の ${factor.ja}（${lines.ja}）に増えています。`,
      en: `${when.en}, “${text}” is at ${factor.en} its usual rate (${lines.en}).`,
    },
  });
}

const wordNoSigns = ({ logs }: Evidence, zone: string): VerdictEvidence =>
  logs === null
    ? piece('no-logs', {
        figures: new Figures(zone),
        words: {
          ja: 'この時間のシステムログは届いていません。',
          en: 'There are no system logs of this time.',
        },
      })
    : piece('no-errors', {
        figures: new Figures(zone),
        words: {
          ja: 'この時間のシステムログに、エラーの増加はありません。',
          en: 'The system logs of this time show no rise in errors.',
        },
      });

function wordTogether(fall: Fall, zone: string): VerdictEvidence {
  const f = new Figures(zone);
  const n = fall.together.length;
  f.list.push({ value: n, text: { ja: `${n}工程`, en: `${n} other ${n === 1 ? 'queue' : 'queues'}` } });
  return piece('other-cells-too', {
    at: fall.stretch.from,
    figures: f,
    words: {
      ja: `同じころ、ほかの ${n}工程も遅くなっています。`,
      en: `About then, ${n} other ${n === 1 ? 'queue' : 'queues'} slowed down too.`,
    },
  });
}

/** No slow time: what those there get done is as usual, whatever the logs say. */
export function wordCalm(evidence: Evidence, zone: string): VerdictEvidence[] {
  const { line, logs } = evidence;
  const own = line?.cells.at(-1);
  if (!line || !own) return logs === null ? [wordNoSigns(evidence, zone)] : [];
  const f = new Figures(zone);
  const name = formatCell(own.day.cell);
  const share = f.share(own.pace.pace / own.day.usual);
  const steady = piece('steady-throughput', {
    cell: own.day.cell,
    figures: f,
    words: {
      ja: `${name} の一人あたりの処理速度は普段の ${share.ja} で、落ちていません。`,
      en: `What each person of ${name} gets done is at ${share.en} of the usual: it has not fallen.`,
    },
  });
  const rise = logs?.rises[0];
  if (!rise) return [steady, wordNoSigns(evidence, zone)];
  const g = new Figures(zone);
  const time = g.time(rise.from);
  const lines = g.lines(rise.lines);
  return [
    steady,
    piece('errors-unfelt', {
      at: rise.from,
      figures: g,
      incidentId: rise.incidentId,
      templateId: rise.templateId,
      words: {
        ja: `${time.ja} から『${quoted(rise.text)}』が ${lines.ja}出ていますが、処理速度には表れていません。`,
        en: `“${quoted(rise.text)}” appears in ${lines.en} from ${time.en}, but throughput does not show it.`,
      },
    }),
  ];
}
