import type { GroupedIncident } from '../clusters/index.ts';
import { AppError } from '../kernel/errors.ts';
import type { Reader } from '../store/index.ts';
import { compareDetail } from './compare-detail.ts';
import { ALIKE } from './config.ts';
import type { Anomaly, Incident, IncidentDetail } from './contract/anomalies.ts';
import { severityOf } from './detect/severity-of.ts';
import * as queries from './queries.ts';
import type { ReadLogs } from './read-logs.ts';
import type { AnomalyRow, TemplateFact } from './types.ts';
import { shortTemplate } from './word-anomaly.ts';
import { wordLine } from './word-incident.ts';

export type Parts = {
  readonly read: Reader;
  readonly logs: Pick<ReadLogs, 'lines' | 'counts'>;
  readonly fact: (id: number) => TemplateFact;
  readonly similarity: (a: readonly number[], b: readonly number[]) => number;
};
/** Past incidents held against one, newest first. */
const COMPARED = 500;
const SIMILAR = 10;
/** Templates whose lines the timeline shows. */
const TOLD_TEMPLATES = 12;

export const toAnomaly = ({ topic: _t, source: _s, lastAt: _l, ...row }: AnomalyRow): Anomaly => row;

/** Incidents with their anomalies and lines; `counted: false` saves the counting of lines. */
export function withAnomalies(
  o: Parts,
  kept: readonly queries.KeptIncident[],
  { counted = true }: { counted?: boolean } = {},
): Incident[] {
  const members = Map.groupBy(
    kept.length
      ? queries.anomaliesOf(
          o.read,
          kept.map((k) => k.id),
        )
      : [],
    (row) => row.incidentId,
  );
  return kept.map((k) => {
    const rows = members.get(k.id) ?? [];
    const templates = [...new Set(rows.flatMap((r) => r.templateId ?? []))];
    return {
      id: k.id,
      state: k.state,
      severity: k.severity,
      title: k.title,
      from: k.from,
      to: k.to,
      services: [...new Set(rows.flatMap((r) => r.service ?? []))],
      templates,
      anomalies: rows.map(toAnomaly),
      lines: counted ? linesOf(o.logs, { from: k.from, to: k.to, templates }) : 0,
      note: k.note,
      remedyId: k.remedyId,
      acknowledgedBy: k.acknowledgedBy,
      knowledgeId: k.knowledgeId,
    };
  });
}
/** lines of its templates in its time; of one that goes on, up to now */
function linesOf(logs: Parts['logs'], o: Pick<Incident, 'from' | 'to' | 'templates'>): number {
  if (o.templates.length === 0) return 0;
  const filter = {
    from: o.from,
    templates: o.templates,
    noise: true,
    ...(o.to === null ? {} : { to: o.to }),
  };
  return logs.counts({ filter, by: 'level', buckets: 1 }).total;
}

/** What makes an incident recognisable: its grave templates (all, when none is grave), services, kinds. */
export function looksOf(incident: Incident, fact: Parts['fact']): queries.Looks {
  const grave = incident.templates.filter((id) => severityOf(fact(id)) !== 'info');
  return {
    templates: grave.length ? grave : incident.templates,
    services: incident.services,
    kinds: [...new Set(incident.anomalies.map((a) => a.kind))],
  };
}

/** @throws AppError `not-found` */
export function keptIncident(read: Reader, id: string): queries.KeptIncident {
  const kept = queries.incident(read, id);
  if (!kept) throw new AppError('not-found', { what: `incident ${id}` });
  return kept;
}
/** @throws AppError `not-found` */
export function incidentOf(o: Parts, id: string): Incident {
  const [incident] = withAnomalies(o, [keptIncident(o.read, id)]);
  if (!incident) throw new RangeError(id);
  return incident;
}

export async function detailOf(o: Parts, id: string): Promise<IncidentDetail> {
  const incident = incidentOf(o, id);
  const past = withAnomalies(
    o,
    queries
      .incidents(o.read, { to: incident.from, limit: COMPARED })
      .filter((k) => k.id !== id && k.state !== 'dismissed'),
    { counted: false },
  );
  const compared = compareDetail({
    incident,
    past,
    looks: (i) => looksOf(i, o.fact),
    remedies: queries.remedies(o.read),
    uses: queries.remedyUses(o.read),
    similarity: o.similarity,
  });
  const similar = compared.similar.filter((s) => s.similarity >= ALIKE).slice(0, SIMILAR);
  return {
    incident,
    timeline: await timelineOf(o, incident),
    similar: similar.map((s) => ({ ...s, incident: { ...s.incident, lines: linesOf(o.logs, s.incident) } })),
    recommendations: compared.recommendations,
  };
}

/** Anomalies as they began, the first and last line of each template, and what people did. */
async function timelineOf(o: Parts, incident: Incident): Promise<IncidentDetail['timeline']> {
  const to =
    incident.to ?? Math.max(...incident.anomalies.map((a) => a.until ?? a.at + a.windowMs), incident.from);
  const entries: IncidentDetail['timeline'] = incident.anomalies.map((a) => ({
    at: a.at,
    kind: 'anomaly',
    words: a.words,
    templateId: a.templateId,
    lineId: null,
  }));
  for (const templateId of incident.templates.slice(0, TOLD_TEMPLATES)) {
    const filter = { from: incident.from, to: to + 1, templates: [templateId], noise: true };
    const [first] = (await o.logs.lines({ filter, order: 'oldest', limit: 1 })).lines;
    const [last] = (await o.logs.lines({ filter, order: 'newest', limit: 1 })).lines;
    const fact = o.fact(templateId);
    if (first)
      entries.push({
        at: first.at,
        kind: 'first-line',
        words: wordLine('first-line', first.service, fact, excerpt(first.text)),
        templateId,
        lineId: first.id,
      });
    if (last && last.id !== first?.id)
      entries.push({
        at: last.at,
        kind: 'line',
        words: wordLine('last-line', last.service, fact, excerpt(last.text)),
        templateId,
        lineId: last.id,
      });
  }
  for (const event of queries.eventsOf(o.read, incident.id))
    entries.push({ ...event, templateId: null, lineId: null });
  return entries.sort((a, b) => a.at - b.at);
}
const excerpt = (text: string): string => {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};

/** An incident as text: for search, and as know-how. */
export function incidentText(incident: Incident, fact: Parts['fact'], lang: 'ja' | 'en'): string {
  const templates = incident.templates.map((id) => shortTemplate(fact(id).text));
  return [
    incident.title[lang],
    ...incident.anomalies.slice(0, 20).map((a) => a.words[lang]),
    ...templates,
    incident.note ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Their lines are counted at one go: some ten milliseconds. */
const COUNTED_AT_ONCE = 50;
/** Incidents to be grouped: about what they are recognised by, with what was tried in them. The engine goes on meanwhile. */
export async function groupedIncidents(
  o: Parts,
  kept: readonly queries.KeptIncident[],
): Promise<GroupedIncident[]> {
  const titles = new Map(queries.remedies(o.read).map((r) => [r.id, r.title]));
  const uses = Map.groupBy(queries.remedyUses(o.read), (use) => use.incidentId);
  const lastAt = new Map(kept.map((k) => [k.id, k.lastAt]));
  const grouped = (incident: Incident): GroupedIncident => {
    const about = looksOf(incident, o.fact).templates.map((id) => o.fact(id).text);
    return {
      ...incident,
      lastAt: lastAt.get(incident.id) ?? incident.from,
      about: about.length > 0 ? about : [incident.title.ja],
      remedies: (uses.get(incident.id) ?? []).flatMap(({ remedyId, worked }) => {
        const title = titles.get(remedyId);
        return title === undefined ? [] : [{ id: remedyId, title, worked }];
      }),
    };
  };
  const all: GroupedIncident[] = [];
  for (let from = 0; from < kept.length; from += COUNTED_AT_ONCE) {
    all.push(...withAnomalies(o, kept.slice(from, from + COUNTED_AT_ONCE)).map(grouped));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return all;
}
