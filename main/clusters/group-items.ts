// What is grouped and drawn, of either kind: templates by their messages, incidents by the messages that made them.

import { yieldToEventLoop } from '../kernel/task.ts';
import type { Logs } from '../logs/index.ts';
import type { Store } from '../store/index.ts';
import type { Embedder, PrepareWork, VectorCache } from '../vectors/index.ts';
import { nameWords } from './name-clusters.ts';
import { numberIncidents, selectNumbers } from './queries.ts';
import { rowsOf, type TemplateVectors } from './template-vectors.ts';
import { embeddedMessage, messageOf, messageOfText } from './template-words.ts';
import type { GroupedIncident, Item, Items } from './types.ts';

/** counting the lines of an incident takes 0.1 ms: what was listed is not listed again before so many ms, or as many times as long as it took */
const FRESH_MS = 3_000;
const FRESH_TIMES = 10;

export function templateItems(vectors: TemplateVectors, logs: Pick<Logs, 'templates'>): Items {
  return {
    embedder: vectors.embedder.id,
    refresh: () => vectors.refresh(),
    look: async () => {},
    all: () => vectors.templates(),
    resolve: (id) => logs.templates.resolve(id),
    grouped: () =>
      [...vectors.templates().values()]
        .filter((t) => t.mark !== 'noise' && vectors.index.has(t.id))
        .map((t) => t.id)
        .sort((a, b) => a - b),
    wordsOf(id) {
      const template = vectors.templates().get(id);
      return template ? nameWords(messageOf(template)) : [];
    },
    vectorOf: vectors.index.get,
    rowsOf: vectors.rowsOf,
  };
}

/** Incidents under numbers that are theirs for life, with the vectors of what they are about. */
export function openIncidentItems(o: {
  readonly store: Store;
  readonly cache: VectorCache;
  readonly embedder: Embedder;
  readonly incidents: () => Promise<readonly GroupedIncident[]>;
}): Items {
  const { store, embedder } = o;
  const vectors = new Map<number, Float32Array>();
  /** what each is about, as its vector was made of it */
  const messages = new Map<number, string>();
  let version = 0;
  /** those that have a number */
  let listed: ReadonlyMap<number, GroupedIncident> = new Map();
  let freshUntil = Number.NEGATIVE_INFINITY;
  let listing: Promise<readonly GroupedIncident[]> | null = null;
  const take = (incidents: readonly GroupedIncident[]): void => {
    const numbers = selectNumbers(store.read);
    listed = new Map(
      incidents.flatMap((incident) => {
        const number = numbers.get(incident.id);
        return number === undefined ? [] : [[number, incident] as const];
      }),
    );
  };
  const listNow = async (): Promise<readonly GroupedIncident[]> => {
    const began = performance.now();
    const incidents = await o.incidents();
    take(incidents);
    const now = performance.now();
    freshUntil = now + Math.max(FRESH_MS, FRESH_TIMES * (now - began));
    return incidents;
  };
  /** Whoever asks while they are listed waits for the same list. */
  const list = (): Promise<readonly GroupedIncident[]> => {
    listing ??= listNow().finally(() => {
      listing = null;
    });
    return listing;
  };
  const refreshNow = async ({ signal, progress }: Partial<PrepareWork>): Promise<void> => {
    const turn = yieldToEventLoop();
    const incidents = await list();
    const known = selectNumbers(store.read);
    const fresh = incidents.filter(({ id }) => !known.has(id));
    // the oldest first, so that the same past gives the same numbers
    fresh.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
    if (fresh.length > 0) {
      await store.write([numberIncidents(fresh.map(({ id }) => id))]);
      take(incidents);
    }
    const living = listed;
    for (const number of [...messages.keys()])
      if (!living.has(number)) {
        vectors.delete(number);
        messages.delete(number);
        version++;
      }
    const changed: { number: number; message: string; text: string }[] = [];
    for (const [number, { about }] of living) {
      const message = about.map(messageOfText).join('\n');
      if (messages.get(number) !== message) changed.push({ number, message, text: embeddedMessage(message) });
      await turn();
    }
    if (changed.length === 0) return;
    const embedded = await o.cache.embed(
      embedder,
      changed.map(({ text }) => text),
      { signal, progress: (done) => progress?.(done, changed.length) },
    );
    changed.forEach(({ number, message }, i) => {
      const vector = embedded[i];
      messages.set(number, message);
      if (vector?.some((x) => x !== 0)) vectors.set(number, vector);
      else vectors.delete(number);
    });
    version++;
  };
  let refreshing: Promise<void> = Promise.resolve();
  return {
    embedder: embedder.id,
    refresh(work = {}) {
      refreshing = refreshing.catch(() => {}).then(() => refreshNow(work));
      return refreshing;
    },
    async look() {
      if (performance.now() >= freshUntil) await list();
    },
    all: () =>
      new Map(
        [...listed].map(([number, incident]): [number, Item] => [
          number,
          {
            id: number,
            services: incident.services,
            level: null,
            lines: incident.lines,
            firstAt: incident.from,
            lastAt: incident.to ?? incident.lastAt,
            incident,
          },
        ]),
      ),
    resolve: (number) => number,
    grouped: () => [...vectors.keys()].sort((a, b) => a - b),
    wordsOf: (number) => nameWords(messages.get(number) ?? ''),
    vectorOf: (number) => vectors.get(number) ?? null,
    rowsOf: (numbers) =>
      rowsOf(`incidents ${version}`, numbers, embedder.dimensions, (number) => vectors.get(number)),
  };
}
