import { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Statement } from '../store/index.ts';
import { record } from './compare-incidents.ts';
import * as queries from './queries.ts';
import { detailOf, incidentOf, incidentText, keptIncident, looksOf, type Parts } from './read-incidents.ts';
import type { Anomalies } from './types.ts';
import { wordFeedback, wordState } from './word-incident.ts';

const SharedRemedy = z.object({ title: z.string(), steps: z.string() });

export type Decisions = {
  readonly clock: Clock;
  readonly parts: Parts;
  /** keeps a text as know-how; gives the document's id */
  readonly know: (document: {
    title: string;
    text: string;
    tags: string[];
    source: 'typed';
  }) => Promise<{ readonly id: string }>;
  /** one after the other, with the looks too */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** see Store.write */
  readonly write: (batch: readonly Statement[], made?: unknown) => Promise<void>;
};

/** What people decide about incidents, and the remedies they keep. */
export function createDecisions({
  clock,
  parts,
  know,
  inTurn,
  write,
}: Decisions): Pick<
  Anomalies,
  'setState' | 'remedies' | 'saveRemedy' | 'removeRemedy' | 'shared' | 'feedback' | 'toKnowledge'
> {
  const { read } = parts;
  const remedy = (id: string): queries.RemedyRow => {
    const found = queries.remedies(read).find((r) => r.id === id);
    if (!found) throw new AppError('not-found', { what: `remedy ${id}` });
    return found;
  };
  /** Notes that a remedy was used in an incident, and how it went. */
  const use = (
    incidentId: string,
    { id: remedyId, title }: Pick<queries.RemedyRow, 'id' | 'title'>,
    worked: boolean,
  ): Statement[] => {
    const at = clock.now();
    const looks = looksOf(incidentOf(parts, incidentId), parts.fact);
    return [
      queries.saveUse({ remedyId, incidentId, worked, at, looks }),
      queries.addEvent(incidentId, { at, kind: 'remedy', words: wordFeedback(title, worked) }),
    ];
  };

  return {
    setState: ({ id, state, note, remedyId, actor }) =>
      inTurn(async () => {
        const before = keptIncident(read, id);
        const over = state === 'resolved' || state === 'dismissed';
        const batch: Statement[] = [
          queries.setIncident(id, {
            state,
            to: over ? (before.to ?? before.lastAt) : before.to,
            note: note === undefined ? before.note : note,
            remedyId: remedyId === undefined ? before.remedyId : remedyId,
            acknowledgedBy: state === 'acknowledged' ? actor : before.acknowledgedBy,
          }),
        ];
        if (state !== before.state) {
          batch.push(
            queries.addEvent(id, { at: clock.now(), kind: 'state', words: wordState(state, actor) }),
            queries.setAnomaliesOf(id, state === 'dismissed'),
          );
        }
        if (state === 'resolved' && remedyId) batch.push(...use(id, remedy(remedyId), true));
        await write(batch, before);
        return detailOf(parts, id);
      }),
    remedies: () => {
      const uses = Map.groupBy(queries.remedyUses(read), (u) => u.remedyId);
      return queries
        .remedies(read)
        .map((row) => ({ ...row, ...record(uses.get(row.id) ?? []) }))
        .sort((a, b) => (b.lastUsedAt ?? b.updatedAt) - (a.lastUsedAt ?? a.updatedAt));
    },
    saveRemedy: ({ id, incidentId, title, steps }) =>
      inTurn(async () => {
        const at = clock.now();
        const createdAt = id === undefined ? at : remedy(id).createdAt;
        const row = { id: id ?? newId(), title: title.trim(), steps, createdAt, updatedAt: at };
        const used =
          incidentId === undefined
            ? []
            : [queries.setIncidentRemedy(incidentId, row.id), ...use(incidentId, row, true)];
        await write([queries.saveRemedy(row), ...used], row);
        const uses = queries.remedyUses(read).filter((u) => u.remedyId === row.id);
        return { ...row, ...record(uses) };
      }),
    removeRemedy: (id) =>
      inTurn(() => {
        const known = remedy(id);
        return write([queries.removeRemedy(known.id, clock.now())], known);
      }),
    shared: {
      kind: 'remedy',
      list: () =>
        queries.remedies(read).map(({ id, title, steps, updatedAt }) => ({
          id,
          stamp: updatedAt,
          body: () => ({ title, steps }),
        })),
      take: (id, body) =>
        inTurn(async () => {
          const known = queries.remedies(read).find((r) => r.id === id);
          const at = clock.now();
          if (body !== null) {
            const row = { id, ...SharedRemedy.parse(body), createdAt: known?.createdAt ?? at, updatedAt: at };
            await write([queries.saveRemedy(row)], row);
          } else if (known) await write([queries.removeRemedy(id, at)], known);
        }),
    },
    feedback: ({ incidentId, remedyId, worked }) =>
      inTurn(async () => {
        const before = keptIncident(read, incidentId);
        const judged = remedy(remedyId);
        const batch = use(incidentId, judged, worked);
        if (worked) batch.push(queries.setIncidentRemedy(incidentId, remedyId));
        else if (before.remedyId === remedyId) batch.push(queries.setIncidentRemedy(incidentId, null));
        await write(batch, judged);
        return detailOf(parts, incidentId);
      }),
    toKnowledge: (id, lang) =>
      inTurn(async () => {
        const incident = incidentOf(parts, id);
        const used = queries.remedies(read).find((r) => r.id === incident.remedyId);
        const text = [incidentText(incident, parts.fact, lang), used ? `${used.title}\n${used.steps}` : '']
          .filter((part) => part !== '')
          .join('\n\n');
        const { id: knowledgeId } = await know({
          source: 'typed',
          title: incident.title[lang],
          text,
          tags: [lang === 'ja' ? '障害' : 'incident', ...incident.services],
        });
        await write([queries.setKnowledge(id, knowledgeId)]);
        return incidentOf(parts, id);
      }),
  };
}
