import { formatDateTime, formatNumber, formatTime } from '../api/contract/format.ts';
import { dateIn } from '../kernel/clock.ts';
import { fill, type Lang, type Params } from '../kernel/words.ts';
import type { IncidentDetail } from './contract/anomalies.ts';
import words from './words.json' with { type: 'json' };

/** A delay that an incident precedes, as the timeline judged it. */
export type Preceded = { readonly cell: string; readonly deadline: number | null };
/** A finished sentence, what in it is data, and whether it stands by itself, so that a model may put it before others that do. */
export type Explained = {
  readonly text: string;
  readonly data: readonly string[];
  readonly weighs?: true | undefined;
};

const KINDS_TOLD = 2;
const REMEDIES_TOLD = 2;
const DELAYS_TOLD = 2;

/** What an incident is, since when, what it precedes and what helped in it or ones like it, in a few sentences of one language. */
export function explainIncident(
  { incident, similar, recommendations }: IncidentDetail,
  preceded: readonly Preceded[],
  { lang, zone }: { readonly lang: Lang; readonly zone: string },
): Explained[] {
  const out: Explained[] = [];
  const say = (key: keyof typeof words.explained, params: Params = {}): string =>
    fill(words.explained[key], params, lang);
  const n = (value: number): string => formatNumber(value, lang);
  const at = (instant: number, near: number): string =>
    dateIn(instant, zone) === dateIn(near, zone)
      ? formatTime(instant, zone, lang)
      : formatDateTime(instant, zone, lang);
  const title = incident.title[lang];
  const from = formatDateTime(incident.from, zone, lang);
  out.push({
    text:
      incident.to === null
        ? say('going-on', { title, from })
        : say('over', { title, from, to: at(incident.to, incident.from) }),
    data: [title],
  });

  const services = incident.services.slice(0, 3);
  const shown = n(incident.lines);
  if (services.length > 0 && incident.lines > 0)
    out.push({
      text: say('logged', {
        services: services.join(lang === 'ja' ? '、' : ', '),
        shown,
        n: incident.lines,
      }),
      data: services,
      weighs: true,
    });
  const kinds = [...Map.groupBy(incident.anomalies, (a) => a.kind)]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, KINDS_TOLD)
    .map(([kind, list]) => say('kind', { kind: words.kinds[kind], n: n(list.length) }));
  if (kinds.length > 0)
    out.push({
      text: say('detected', { kinds: kinds.join(lang === 'ja' ? 'と' : ' and ') }),
      data: [],
      weighs: true,
    });

  for (const { cell, deadline } of preceded.slice(0, DELAYS_TOLD))
    out.push({
      text:
        deadline === null
          ? say('precedes', { cell })
          : say('precedes-due', { cell, due: at(deadline, incident.from) }),
      data: [cell],
      weighs: true,
    });
  if (preceded.length === 0) out.push({ text: say('precedes-none'), data: [], weighs: true });

  const past = similar[0]?.incident;
  if (past) out.push({ text: say('similar', { when: formatDateTime(past.from, zone, lang) }), data: [] });
  const tried = recommendations.filter((r) => r.tried > 0).slice(0, REMEDIES_TOLD);
  for (const { title, tried: times, worked } of tried)
    out.push({
      text: say('remedy', { title, shown: n(times), tried: times, worked: n(worked) }),
      data: [title],
    });
  if (tried.length === 0) out.push({ text: say('no-remedy'), data: [] });
  return out;
}
