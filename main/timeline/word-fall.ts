import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import { RISE } from './config.ts';
import type { VerdictEvidence } from './contract/timeline.ts';
import { Figures, piece, quoted, say } from './figures.ts';
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
    words: end
      ? say('fell-and-rose', { name, time, before, after, end })
      : say('fell', { name, time, before, after }),
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
        words: say('silent', { service: quoted(s.service), at }),
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
  if (minutes === null) return say('same-time', { time });
  return apart > 0 ? say('earlier', { minutes, time }) : say('later', { minutes, time });
}

/** An incident that none of the named errors belongs to, e.g. of a value out of range. */
function wordIncident(incident: Fall['incidents'][number], fellAt: number, zone: string): VerdictEvidence {
  const f = new Figures(zone);
  const when = whenOf(f, incident.from, fellAt);
  return piece('errors-rose', {
    at: incident.from,
    figures: f,
    incidentId: incident.id,
    words: say('incident', { when, title: { ja: quoted(incident.title.ja), en: quoted(incident.title.en) } }),
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
      words: say(rise.isNew ? 'new-error' : 'sudden-error', { when, text, lines }),
    });
  const factor = f.times(rise.factor);
  return piece('errors-rose', {
    at: rise.from,
    figures: f,
    incidentId: rise.incidentId,
    templateId: rise.templateId,
    words: say('risen', { when, text, factor, lines }),
  });
}

const wordNoSigns = ({ logs }: Evidence, zone: string): VerdictEvidence =>
  logs === null
    ? piece('no-logs', {
        figures: new Figures(zone),
        words: say('no-logs'),
      })
    : piece('no-errors', {
        figures: new Figures(zone),
        words: say('no-errors'),
      });

function wordTogether(fall: Fall, zone: string): VerdictEvidence {
  const f = new Figures(zone);
  const n = fall.together.length;
  f.list.push({ value: n, text: say('other-queues', { n }) });
  return piece('other-cells-too', {
    at: fall.stretch.from,
    figures: f,
    words: say('others-too', { n }),
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
    words: say('steady-pace', { name, share }),
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
      words: say('unfelt', { time, text: quoted(rise.text), lines }),
    }),
  ];
}
