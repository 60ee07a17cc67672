import type { createAnomalies } from '../../../main/anomalies/index.ts';
import { Emitter } from '../../../main/kernel/events.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import type { LogsChange } from '../../../main/logs/index.ts';
import type { CountedLine, CountedLog } from './log-counts.ts';

type ReadLogs = Parameters<typeof createAnomalies>[0]['logs'];
const toLine = (line: CountedLine, i: number): LogLine => ({
  id: i + 1,
  at: line.at,
  atGuessed: false,
  sourceId: 'company',
  service: line.service,
  level: line.level,
  host: null,
  templateId: line.template,
  text: line.text,
  lines: 1,
  parameters: [],
  attributes: '',
  note: null,
  bookmarked: false,
});

/** The logs as the anomalies read them, over counts in memory. */
export function countedLogs(log: CountedLog): ReadLogs {
  const matching = (filter: Parameters<ReadLogs['lines']>[0]['filter']): LogLine[] =>
    log.lines
      .map(toLine)
      .filter(
        (line) =>
          line.at >= (filter.from ?? 0) &&
          line.at < (filter.to ?? Number.POSITIVE_INFINITY) &&
          (!filter.templates || filter.templates.includes(log.resolve(line.templateId))),
      );
  return {
    changed: new Emitter<LogsChange>(),
    sources: () => [],
    minutes: (o) => log.read(o),
    async lines({ filter, order, limit = 100 }) {
      const found = matching(filter);
      if (order !== 'oldest') found.reverse();
      return {
        lines: found.slice(0, limit),
        next: null,
        searched: { segments: 1, of: 1 },
        leftOut: [],
        tookMs: 0,
      };
    },
    counts: ({ filter }) => ({
      from: filter.from ?? 0,
      bucketMs: 60_000,
      series: [],
      total: matching(filter).length,
      exact: true,
    }),
    async *scan(filter) {
      yield matching(filter);
    },
    templates: {
      get(id) {
        const fact = log.fact(id);
        return fact.firstAt === null
          ? null
          : {
              id: fact.id,
              parts: [],
              text: fact.text,
              name: null,
              locked: false,
              mark: fact.mark,
              level: fact.level,
              services: [],
              lines: 0,
              firstAt: fact.firstAt,
              lastAt: null,
              merged: [],
            };
      },
      list: () => ({ templates: [], total: 0 }),
    },
  };
}
