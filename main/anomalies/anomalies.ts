import type { Alert, Notify } from '../alerts/contract/alerts.ts';
import { formatCell } from '../api/contract/format.ts';
import type { Clusters } from '../clusters/index.ts';
import { dateIn, instantOf } from '../kernel/clock.ts';
import { defined } from '../kernel/defined.ts';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { Turns } from '../kernel/task.ts';
import type { Base, Statement } from '../store/index.ts';
import type { Incident, IncidentExplanation } from './contract/anomalies.ts';
import { createDecisions, type Decisions } from './decide-incidents.ts';
import { type Explained, explainIncident, type Preceded } from './explain-incident.ts';
import { lookSoon } from './look-soon.ts';
import * as queries from './queries.ts';
import {
  detailOf,
  groupedIncidents,
  incidentOf,
  incidentText,
  toAnomaly,
  withAnomalies,
} from './read-incidents.ts';
import type { ReadLogs } from './read-logs.ts';
import type { Anomalies } from './types.ts';
import { LogWatch } from './watch-logs.ts';
import { wordRaised } from './word-incident.ts';

const LISTED = 500;
const FOUND = 2_000;
const GROUPED = 10_000;
/** An incident that began longer ago is no news. */
const NEWS_MS = 60 * 60_000;

/** What is unusual in the logs, grouped into incidents, with what helped before. */
export function createAnomalies(
  o: Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
    readonly logs: ReadLogs;
    readonly clusters: Pick<Clusters, 'novelty' | 'similarity' | 'search' | 'refresh'>;
    /** weekends and holidays, by date (`2026-11-23`) */
    readonly isDayOff: (date: string) => boolean;
    /** up to when the company's rows are here; without it nobody wonders why its log is silent */
    readonly companyAt?: () => number | null;
    readonly know: Decisions['know'];
    /** alerts of the delays that an incident precedes, as the timeline judged them */
    readonly precedes?: ((incidentId: string) => readonly Alert[]) | undefined;
    readonly notify?: Notify;
    /** finished sentences as a model arranges them, where one plays that role */
    readonly arrange?:
      | ((
          sentences: readonly Explained[],
          lang: 'ja' | 'en',
          signal: AbortSignal,
        ) => Promise<IncidentExplanation>)
      | undefined;
  },
): Anomalies {
  const { store, logs, clusters, clock } = o;
  const { read } = store;
  const log = o.log.area('anomalies');
  const changed = new Emitter<void>();
  const raised = new Emitter<Incident>();
  const watch = new LogWatch({
    store,
    logs,
    clusters,
    clock,
    companyAt: o.companyAt ?? (() => null),
    day: (at) => {
      const date = dateIn(at, o.zone());
      return { startsAt: instantOf(date, 0, o.zone()), isOff: o.isDayOff(date) };
    },
  });
  const parts = {
    read,
    logs,
    fact: watch.fact,
    similarity: (a: readonly number[], b: readonly number[]) => clusters.similarity(a, b),
  };
  /** What people decide and what a look concludes never cross. */
  const turns = new Turns();
  const inTurn = turns.take;
  let closed = false;
  const write = async (batch: readonly Statement[], made?: unknown): Promise<void> => {
    await store.write(batch, made);
    changed.emit();
  };
  const decide = createDecisions({ ...o, parts, inTurn, write });
  watch.raised.on((id) => {
    const incident = incidentOf(parts, id);
    log.info('incident', { id, severity: incident.severity });
    raised.emit(incident);
    // what a first look finds in old lines is for the list, not for the tray
    if (clock.now() - incident.from > NEWS_MS) return;
    void (async () => o.notify?.(wordRaised(incident)))().catch((error: unknown) =>
      log.error('notification of an incident', error),
    );
  });

  const anomalies: Anomalies = {
    ...decide,
    changed,
    raised,
    status: () => watch.status(),
    look: (until) =>
      inTurn(async () => {
        if (closed) throw new Cancelled('closing');
        // how new or how alike a line is shows in its vector: that first, and the look even without it
        await clusters.refresh().catch((error: unknown) => log.error('vectors of new templates', error));
        if (await watch.look(until)) changed.emit();
        return watch.status();
      }),
    list: (filter = {}) => queries.anomalies(read, { limit: LISTED, ...defined(filter) }).map(toAnomaly),
    dismiss: (id) =>
      inTurn(async () => {
        const row = queries.anomaly(read, id);
        if (!row) throw new AppError('not-found', { what: `anomaly ${id}` });
        const dismissed = toAnomaly({ ...row, state: 'dismissed' });
        await write([queries.setAnomalyState(id, 'dismissed')], dismissed);
        return dismissed;
      }),
    expect: (given) =>
      inTurn(async () => {
        const expectation = { ...given, id: newId(), at: clock.now() };
        await write([queries.saveExpectation(expectation), queries.expectNow(expectation)], expectation);
        return expectation;
      }),
    expectations: () => queries.expectations(read),
    unexpect: (id) =>
      inTurn(async () => {
        const known = queries.expectations(read).find((expectation) => expectation.id === id);
        if (known) await write([queries.removeExpectation(id)], known);
      }),
    incidents: (filter = {}) =>
      withAnomalies(parts, queries.incidents(read, { limit: LISTED, ...defined(filter) })),
    incident: (id) => detailOf(parts, id),
    async explain({ id, lang, arrange, signal }) {
      const found = await detailOf(parts, id);
      const told = explainIncident(found, precededBy(o.precedes?.(id) ?? []), { lang, zone: o.zone() });
      if (arrange && o.arrange) return o.arrange(told, lang, signal ?? new AbortController().signal);
      return { sentences: told.map(({ text }) => text), modelId: null };
    },
    texts: () =>
      withAnomalies(
        parts,
        queries.incidents(read, { limit: FOUND }).filter((i) => i.state !== 'dismissed'),
        { counted: false },
      ).map((incident) => ({
        id: incident.id,
        title: incident.title,
        text: `${incidentText(incident, watch.fact, 'ja')}\n${incident.title.en}`,
        service: incident.services[0] ?? null,
        at: incident.from,
      })),
    grouped: () =>
      groupedIncidents(
        parts,
        queries.incidents(read, { limit: GROUPED }).filter((i) => i.state !== 'dismissed'),
      ),
    forget: () => watch.forget(),
    async close() {
      closed = true;
      watch.close();
      await turns.idle();
    },
    start: () => lookSoon({ look: anomalies.look, logs, clock, log }),
  };
  return anomalies;
}

/** A delay that came back is one. */
function precededBy(alerts: readonly Alert[]): Preceded[] {
  const delays = alerts.flatMap(({ cell, evidence }) =>
    cell ? [{ cell: formatCell(cell), deadline: evidence?.deadline ?? null }] : [],
  );
  return [...new Map(delays.map((delay) => [`${delay.cell} ${delay.deadline}`, delay])).values()];
}
