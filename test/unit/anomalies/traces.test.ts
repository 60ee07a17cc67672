import { expect, test } from 'vitest';
import { RecentMinutes } from '../../../main/anomalies/detect/series.ts';
import { Traces } from '../../../main/anomalies/detect/share-traces.ts';
import { Incidents } from '../../../main/anomalies/group-incidents.ts';
import type { ReadLogs } from '../../../main/anomalies/read-logs.ts';
import type { AnomalyRow } from '../../../main/anomalies/types.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import { MINUTE, START } from './stage.ts';

/** Lines of templates whose attributes name a host, the same for all, and a trace. */
function logsWith(
  traces: Readonly<Record<number, readonly string[]>>,
): Pick<ReadLogs, 'lines' | 'templates'> {
  return {
    lines: async ({ filter }) => {
      const ids = traces[filter.templates?.[0] ?? 0] ?? [];
      const lines = ids.map(
        (id) =>
          ({
            text: '',
            parameters: [],
            attributes: JSON.stringify({ host: 'server-01', trace_id: id }),
          }) as unknown as LogLine,
      );
      return { lines, next: null, searched: { segments: 1, of: 1 }, leftOut: [], tookMs: 0 };
    },
    templates: { get: () => null, list: () => ({ templates: [], total: 0 }) },
  };
}
const row = (
  templateId: number,
  service: string,
  at: number,
  severity: AnomalyRow['severity'],
): AnomalyRow => ({
  id: `a${templateId}`,
  topic: `spike template ${templateId}`,
  kind: 'spike',
  severity,
  at,
  lastAt: at + MINUTE,
  until: null,
  templateId,
  service,
  level: 'error',
  source: 's',
  observed: 10,
  expected: 1,
  sd: 1,
  score: 9,
  windowMs: 5 * MINUTE,
  baselineDays: 3,
  learning: false,
  words: { ja: '', en: '' },
  examples: [],
  incidentId: null,
  state: 'open',
});
const ids = (from: number, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `trace-${from + i}-7f3a`);

test('anomalies of the same requests are one incident; of other requests, or of the same host alone, they are not', async () => {
  const first = row(1, 'gateway', START, 'high');
  const same = row(2, 'payment', START + 14 * MINUTE, 'medium');
  const other = row(3, 'mail', START + 27 * MINUTE, 'medium');
  const traces = new Traces(logsWith({ 1: ids(0, 20), 2: ids(12, 10), 3: ids(500, 10) }));
  await traces.read(
    [first, same, other].map(({ templateId, at }) => ({ templateId: templateId ?? 0, at })),
    START + 40 * MINUTE,
  );
  const grouping = new Incidents({
    incidents: [],
    anomalies: [],
    fact: (id) => ({ id, text: `template ${id}`, level: 'error', mark: 'none', firstAt: null }),
    traces,
  });
  const [incident] = grouping.step(START + MINUTE, [first], new RecentMinutes()).incidents;
  expect(grouping.beginnings()).toEqual([{ templateId: 1, at: START }]);
  const later = [
    ...grouping.step(START + 15 * MINUTE, [same], new RecentMinutes()).anomalies,
    ...grouping.step(START + 28 * MINUTE, [other], new RecentMinutes()).anomalies,
  ];
  const homes = new Map(later.map((a) => [a.templateId, a.incidentId]));
  expect(homes.get(2)).toBe(incident?.id);
  expect(homes.get(3)).not.toBe(incident?.id);
});
