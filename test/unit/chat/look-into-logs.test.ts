import { expect, it } from 'vitest';
import type { Incident } from '../../../main/anomalies/contract/anomalies.ts';
import { lookIntoLogs } from '../../../main/chat/tools/look-into-logs.ts';

const HOUR = 3_600_000;
const AT = 100 * HOUR;
const incident = (id: string, from: number, to: number | null, severity: Incident['severity']): Incident => ({
  id,
  state: 'open',
  severity,
  title: { ja: id, en: id },
  from,
  to,
  services: [],
  templates: [],
  anomalies: [],
  lines: 1,
  note: null,
  remedyId: null,
  acknowledgedBy: null,
  knowledgeId: null,
});

it('counts the last hour against the one before, and tells incidents going on first, the gravest first, none that was dismissed', async () => {
  const filters: unknown[] = [];
  const all = [
    incident('over', AT - 5 * HOUR, AT - 4 * HOUR, 'high'),
    incident('small', AT - HOUR, null, 'low'),
    incident('grave', AT - 2 * HOUR, null, 'high'),
    { ...incident('gone', AT - HOUR, null, 'high'), state: 'dismissed' as const },
  ];
  const found = await lookIntoLogs(
    {
      logs: {
        counts: ({ filter }) => {
          filters.push(filter);
          const series = filter.levels
            ? [{ key: 'db', total: filter.to === AT ? 7 : 2, counts: [] }]
            : [
                { key: 'web', total: 90, counts: [] },
                { key: 'db', total: 10, counts: [] },
              ];
          return { from: 0, bucketMs: HOUR, series, total: 0, exact: true };
        },
      },
      anomalies: {
        incidents: () => all,
        incident: async (id) => ({
          incident: all.find((i) => i.id === id) ?? incident(id, 0, null, 'low'),
          timeline: [],
          similar: [],
          recommendations: [],
        }),
      },
      clusters: { search: async () => ({ hits: [], widened: [], instead: null, withoutMeaning: null }) },
      at: AT,
    },
    { words: null, span: null },
  );
  expect(found.services).toEqual([
    { service: 'db', now: 7, before: 2, lines: 10 },
    { service: 'web', now: 0, before: 0, lines: 90 },
  ]);
  expect(filters).toContainEqual({ from: AT - 2 * HOUR, to: AT - HOUR, levels: ['error', 'fatal'] });
  expect(found.incidents.map((i) => i.incident.id)).toEqual(['grave', 'small', 'over']);
  expect([found.asked, found.hits]).toEqual([null, []]);
});

it('of a time that the question names, counts that time against as long before, and tells its incidents', async () => {
  const filters: unknown[] = [];
  const asked: unknown[] = [];
  const span = { from: AT - 30 * HOUR, to: AT - 26 * HOUR };
  const found = await lookIntoLogs(
    {
      logs: {
        counts: ({ filter }) => {
          filters.push([filter.from, filter.to]);
          return { from: 0, bucketMs: HOUR, series: [], total: 0, exact: true };
        },
      },
      anomalies: {
        incidents: (o) => {
          asked.push(o);
          return [];
        },
        incident: () => Promise.reject(new Error('none')),
      },
      clusters: { search: async () => ({ hits: [], widened: [], instead: null, withoutMeaning: null }) },
      at: AT,
    },
    { words: null, span },
  );
  expect(new Set(filters.map(String))).toEqual(
    new Set([[span.from, span.to].join(), [span.from - 4 * HOUR, span.from].join()]),
  );
  expect(asked).toEqual([span]);
  expect(found).toMatchObject({ ...span, named: true });
});
