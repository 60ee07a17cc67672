// How long things took, as log lines tell it: values with a unit of time, read from the lines themselves.
import type { LineFilter, LogLine } from '../logs/contract/logs.ts';
import { readQuantity } from '../logs/index.ts';
import { type Piece, type Scope, wanted } from './measure.ts';
import { joined, passed, timed } from './window.ts';

/** Lines read of one window, about a second's; of more an even sample in time. */
export const MOST_READ = 15_000;
const STRETCHES = 40;

/** A template's place of a length of time: which of its parameters, and whether the whole of it is one (`00:02`). */
export type TimedParameter = { readonly parameter: number; readonly isDuration: boolean };

/** A piece for every length of time, in ms; `times`: the lines it stands for. */
export async function durationPieces(scope: Scope): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const [from, to] of joined(passed(scope.span, scope.now)))
    for await (const { lines, times, parameters } of sampled(scope, { from, to }))
      for (const line of lines)
        for (const ms of durationsIn(line, parameters.get(line.templateId) ?? []))
          pieces.push({
            service: line.service ?? '',
            template: String(line.templateId),
            ...timed(line.at, scope.zone),
            n: ms,
            times,
          });
  return pieces;
}

/** What a line's places of time say, in ms. */
export function durationsIn(line: LogLine, parameters: readonly TimedParameter[]): number[] {
  return parameters.flatMap(({ parameter, isDuration }) => {
    const [start, end] = line.parameters[parameter] ?? [0, 0];
    const quantity = end > start ? readQuantity(line.text.slice(start, end), isDuration) : null;
    return quantity?.unit === 'ms' && quantity.value >= 0 ? quantity.value : [];
  });
}

type Read = {
  readonly lines: readonly LogLine[];
  readonly times: number;
  readonly parameters: ReadonlyMap<number, readonly TimedParameter[]>;
};
async function* sampled(scope: Scope, span: { from: number; to: number }): AsyncGenerator<Read> {
  const { logs } = scope.means;
  const services = wanted(scope, 'service');
  const asked: LineFilter = { ...span, ...(services && { services: [...services] }) };
  const lines = new Map(
    logs.counts({ filter: asked, by: 'template', top: 1000 }).series.map((s) => [Number(s.key), s.total]),
  );
  const parameters = await logs.timedParameters([...lines.keys()]);
  if (parameters.size === 0) return;
  const filter: LineFilter = { ...asked, templates: [...parameters.keys()] };
  const total = [...parameters.keys()].reduce((sum, id) => sum + (lines.get(id) ?? 0), 0);
  if (total <= MOST_READ) {
    for await (const page of logs.scan(filter)) yield { lines: page, times: 1, parameters };
    return;
  }
  const counts = logs.counts({ filter, by: 'level', buckets: STRETCHES });
  const stretches = Array.from({ length: counts.series[0]?.counts.length ?? 0 }, (_, i) => ({
    from: Math.max(span.from, counts.from + i * counts.bucketMs),
    to: Math.min(span.to, counts.from + (i + 1) * counts.bucketMs),
    lines: counts.series.reduce((sum, series) => sum + (series.counts[i] ?? 0), 0),
  }));
  for (const { from, to, lines: n } of stretches) {
    // of each stretch its share of what is read, so that every line is as likely to be read
    const limit = Math.ceil((n / total) * MOST_READ);
    if (limit === 0) continue;
    const page = await logs.lines({ filter: { ...filter, from, to }, limit });
    if (page.lines.length > 0) yield { lines: page.lines, times: n / page.lines.length, parameters };
  }
}

/** How much of the lines was read; null: all of them. */
export function sampleOf(pieces: readonly Piece[]): { n: number; of: number } | null {
  const of = pieces.reduce((sum, { times = 1 }) => sum + times, 0);
  return of > pieces.length + 0.5 ? { n: pieces.length, of: Math.round(of) } : null;
}
