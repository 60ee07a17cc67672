// What is grouped and drawn, of either kind: templates by their messages, incidents by the messages that made them.
import type { Logs } from '../logs/index.ts';
import type { Store } from '../store/index.ts';
import type { Embedder, PrepareWork, VectorCache } from '../vectors/index.ts';
import type { GroupedIncident, Item, Items } from './door.ts';
import { nameWords } from './name-clusters.ts';
import { numberIncidents, selectNumbers } from './queries.ts';
import { rowsOf, type TemplateVectors } from './template-vectors.ts';
import { embeddedMessage, messageOf, messageOfText } from './template-words.ts';

/** counting the lines of an incident takes 0.1 ms: what was listed is not listed again before so many ms */
const FRESH_MS = 3_000;

export function templateItems(vectors: TemplateVectors, logs: Pick<Logs, 'templates'>): Items {
  return {
    embedder: vectors.embedder.id,
    refresh: () => vectors.refresh(),
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

export interface IncidentItems extends Items {
  refresh(work?: Partial<PrepareWork>): Promise<void>;
}

/** Incidents under numbers that are theirs for life, with the vectors of what they are about. */
export function openIncidentItems(o: {
  readonly store: Store;
  readonly cache: VectorCache;
  readonly embedder: Embedder;
  readonly incidents: () => readonly GroupedIncident[];
}): IncidentItems {
  const { store, embedder } = o;
  const vectors = new Map<number, Float32Array>();
  /** what each is about, as its vector was made of it */
  const messages = new Map<number, string>();
  let version = 0;
  let listed: { readonly at: number; readonly incidents: ReadonlyMap<number, GroupedIncident> } | null = null;
  /** Those that have a number, at most some seconds old. */
  const numbered = (): ReadonlyMap<number, GroupedIncident> => {
    if (listed && performance.now() - listed.at < FRESH_MS) return listed.incidents;
    const numbers = selectNumbers(store.read);
    const incidents = new Map(
      o.incidents().flatMap((incident) => {
        const number = numbers.get(incident.id);
        return number === undefined ? [] : [[number, incident] as const];
      }),
    );
    listed = { at: performance.now(), incidents };
    return incidents;
  };
  const refreshNow = async ({ signal, progress }: Partial<PrepareWork>): Promise<void> => {
    const known = selectNumbers(store.read);
    const fresh = o.incidents().filter(({ id }) => !known.has(id));
    // the oldest first, so that the same past gives the same numbers
    fresh.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
    if (fresh.length > 0) await store.write([numberIncidents(fresh.map(({ id }) => id))]);
    listed = null;
    const living = numbered();
    for (const number of [...messages.keys()])
      if (!living.has(number)) {
        vectors.delete(number);
        messages.delete(number);
        version++;
      }
    const changed = [...living]
      .map(([number, { about }]) => ({ number, message: about.map(messageOfText).join('\n') }))
      .filter(({ number, message }) => messages.get(number) !== message);
    if (changed.length === 0) return;
    const embedded = await o.cache.embed(
      embedder,
      changed.map(({ message }) => embeddedMessage(message)),
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
    all: () =>
      new Map(
        [...numbered()].map(([number, incident]): [number, Item] => [
          number,
          {
            id: number,
            text: incident.title.ja,
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
