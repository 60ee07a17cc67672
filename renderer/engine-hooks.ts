/** What screens use to read from and write to the engine. */
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import {
  type MutationKey,
  type QueryClient,
  type QueryKey,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EngineEvent, Settings, TOPICS } from '../main/api/contract/system.ts';
import { type Engine, engine } from './engine-client.ts';
import { reportFailure } from './failures.ts';
import { createReadAgain } from './read-again.ts';
import { engineNow, forgetEngineTime, onClockJump, setEngineTime } from './stores/clock.ts';
import { useConnection } from './stores/connection.ts';

/** The typed client, for calls that are not queries (streams, one-off commands). */
export const useEngine = (): Engine => engine;
/** Query and mutation options of every procedure: `useQuery(orpc.situation.list.queryOptions({ input: {} }))`. */
export const orpc = createTanstackQueryUtils(engine);

/** Which items an administrator's policy fixes, and in which words a page says so; undefined: free. */
export function usePolicy() {
  return useQuery(orpc.policy.view.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data;
}

type Topic = (typeof TOPICS)[number];
/** Figures of any measure; which of them changed is not told. */
const MEASURED: readonly QueryKey[] = [orpc.measures.query.key(), orpc.measures.rows.key()];
/** What a page has to read again when the engine says that something changed. */
const READ_AGAIN: Record<Topic, readonly QueryKey[]> = {
  situation: [
    orpc.situation.key(),
    orpc.whatIf.compare.key(),
    orpc.forecast.key(),
    orpc.company.freshness.key(),
    orpc.timeline.key(),
    ...MEASURED,
  ],
  alerts: [orpc.alerts.key(), ...MEASURED],
  proposals: [
    orpc.placement.get.key(),
    orpc.placement.list.key(),
    orpc.placement.simulate.key(),
    orpc.placement.board.key(),
    orpc.placement.candidates.key(),
    orpc.placement.outcomes.key(),
    orpc.placement.ledger.key(),
    orpc.approvals.key(),
    ...MEASURED,
  ],
  scenarios: [orpc.whatIf.list.key()],
  views: [orpc.views.key()],
  chat: [orpc.chat.key()],
  knowledge: [orpc.knowledge.key()],
  sync: [
    orpc.company.status.key(),
    orpc.company.connection.key(),
    orpc.company.mapping.key(),
    orpc.company.deadLetters.key(),
    orpc.company.freshness.key(),
    orpc.system.lookup.key(),
  ],
  tasks: [orpc.tasks.key()],
  notifications: [orpc.notifications.key()],
  settings: [orpc.settings.key(), orpc.alerts.settings.key()],
  rules: [
    orpc.placement.rules.key(),
    orpc.placement.rulesHistory.key(),
    orpc.placement.drafts.key(),
    orpc.placement.ledger.key(),
  ],
  demo: [orpc.demo.key(), orpc.company.freshness.key(), orpc.system.lookup.key()],
  logs: [
    orpc.logs.sources.key(),
    orpc.logs.accounting.key(),
    orpc.logs.formats.key(),
    orpc.logs.deadLetters.key(),
    orpc.logs.counts.key(),
    orpc.logs.countFound.key(),
    orpc.timeline.key(),
    ...MEASURED,
  ],
  templates: [orpc.logs.templates.key(), orpc.logs.template.key(), orpc.clusters.texts.key()],
  clusters: [orpc.clusters.key(), orpc.logs.indexes.key(), orpc.logs.search.key()],
  anomalies: [orpc.anomalies.key()],
  incidents: [orpc.incidents.key(), orpc.timeline.key(), orpc.clusters.key(), ...MEASURED],
  reports: [orpc.reports.key()],
  models: [orpc.models.overview.key(), orpc.models.benchmarks.key()],
  backup: [orpc.backup.overview.key()],
};

/** What a page may have changed by calling a room: read again without waiting for the engine to say so. */
const CHANGED_BY: { readonly [Room in keyof Engine]?: readonly QueryKey[] } = {
  alerts: READ_AGAIN.alerts,
  anomalies: [...READ_AGAIN.anomalies, ...READ_AGAIN.incidents],
  approvals: [orpc.placement.key(), orpc.approvals.key()],
  clusters: READ_AGAIN.clusters,
  company: READ_AGAIN.sync,
  incidents: [...READ_AGAIN.incidents, ...READ_AGAIN.anomalies, ...READ_AGAIN.knowledge],
  knowledge: READ_AGAIN.knowledge,
  logs: [...READ_AGAIN.logs, ...READ_AGAIN.templates, ...READ_AGAIN.clusters, orpc.logs.saved.key()],
  models: READ_AGAIN.models,
  notifications: READ_AGAIN.notifications,
  placement: READ_AGAIN.rules,
  reports: READ_AGAIN.reports,
  views: READ_AGAIN.views,
  whatIf: READ_AGAIN.scenarios,
};
/** For the cache of mutations. A mutation of several calls says by `mutationKey: orpc.logs.key()` whose they are. */
export function readAgainAfter(client: QueryClient, key: MutationKey | undefined): void {
  const [room] = (key?.[0] ?? []) as readonly (keyof Engine)[];
  for (const queryKey of (room && CHANGED_BY[room]) ?? []) void client.invalidateQueries({ queryKey });
}

/** Mounted once by the app: keeps every query on screen in step with the engine. */
export function useEngineEvents(): void {
  const generation = useConnection((s) => s.generation);
  const client = useQueryClient();
  useEffect(() => {
    if (generation === 0) return;
    const stop = new AbortController();
    const again = createReadAgain<QueryKey>({
      read: (queryKey) => client.invalidateQueries({ queryKey }),
      isReading: (queryKey) => client.isFetching({ queryKey }) > 0,
    });
    const take = (event: EngineEvent): void => {
      if (event.kind === 'tick') setEngineTime(event.at);
      else if (event.kind === 'listening')
        // what is on its way still was asked a moment ago, unless the line broke under it
        void client.invalidateQueries({
          predicate: (query) => generation > 1 || query.state.dataUpdatedAt > 0,
        });
      else if (event.kind === 'task') void client.invalidateQueries({ queryKey: orpc.tasks.key() });
      else for (const topic of event.topics) again.add(READ_AGAIN[topic]);
    };
    const listen = async (): Promise<void> => {
      for await (const event of await engine.system.events({}, { signal: stop.signal })) take(event);
    };
    forgetEngineTime();
    // a broken line ends the stream; the next generation starts a new one
    listen().catch(reportFailure);
    return () => {
      stop.abort();
      again.stop();
    };
  }, [generation, client]);
}

/** The engine's time, read again every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(engineNow);
  useEffect(() => {
    const read = (): void => setNow(engineNow());
    read();
    const timer = setInterval(read, everyMs);
    const off = onClockJump(read);
    return () => {
      clearInterval(timer);
      off();
    };
  }, [everyMs]);
  return now;
}
/** This computer's own time: how long a job has run is no matter of the demo's clock. */
export function useWallNow(everyMs = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
export { engineNow };

/** undefined until the engine has answered */
export const useSettings = (): Settings | undefined => useQuery(orpc.settings.get.queryOptions()).data;
