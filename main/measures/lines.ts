// Log lines: from the roll-ups, which count exactly whatever the number of lines; those that hold a text by reading them.
import { names, type Piece, type Scope, wanted } from './measure.ts';
import { joined, passed, timed } from './window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Whole hours by the hour, what is left at both ends by the minute. */
function* counted(scope: Scope, from: number, until: number) {
  const first = Math.ceil(from / HOUR) * HOUR;
  const last = Math.floor(until / HOUR) * HOUR;
  const { logs } = scope.means;
  if (names(scope, 'half-hour') || last <= first) {
    yield* logs.minutes({ from, to: until, unit: 'minute' });
    return;
  }
  if (first > from) yield* logs.minutes({ from, to: first, unit: 'minute' });
  yield* logs.minutes({ from: first, to: last, unit: 'hour' });
  if (until > last) yield* logs.minutes({ from: last, to: until, unit: 'minute' });
}

const filed = (
  scope: Scope,
  line: { at: number; service: string | null; level: string | null; template: number },
): Omit<Piece, 'n'> => ({
  service: line.service ?? '',
  level: (line.level ?? '').toUpperCase(),
  template: String(line.template),
  ...timed(line.at, scope.zone),
});

/** `levels`: only those, where the question names none. */
export async function linePieces(scope: Scope, levels: readonly string[] | null = null): Promise<Piece[]> {
  const isCounted = (level: string | null): boolean =>
    levels === null || levels.includes((level ?? '').toUpperCase());
  const words = scope.where.filter((f) => f.dimension === 'word');
  const intervals = joined(passed(scope.span, scope.now));
  const pieces: Piece[] = [];
  if (words.length) {
    for (const [from, until] of intervals)
      for (const line of await found(scope, words, from, until))
        if (isCounted(line.level))
          pieces.push({ ...filed(scope, { ...line, template: line.templateId }), n: 1 });
    return pieces;
  }
  const sums = new Map<string, { piece: Omit<Piece, 'n'>; n: number }>();
  const isTimed = names(scope, 'half-hour', 'hour', 'day', 'weekday');
  const noise = scope.means.logs.noise();
  const isByTemplate = names(scope, 'template');
  for (const [from, until] of intervals)
    for (const count of counted(scope, from, until)) {
      if (!isCounted(count.level) || noise.has(count.template)) continue;
      const at = isTimed ? count.at - (count.at % (30 * MINUTE)) : 0;
      const key = `${count.service} ${count.level} ${isByTemplate ? count.template : ''} ${at}`;
      const sum = sums.get(key);
      if (sum) sum.n += count.lines;
      else sums.set(key, { piece: filed(scope, count), n: count.lines });
    }
  return [...sums.values()].map(({ piece, n }) => ({ ...piece, n }));
}

type Found = { id: number; at: number; service: string | null; level: string | null; templateId: number };
/** Lines that hold one of the words of each filter, and none of the excluded ones. */
async function found(
  scope: Scope,
  words: readonly { readonly values: readonly string[]; readonly not: boolean }[],
  from: number,
  until: number,
): Promise<Found[]> {
  const held = async (text: string): Promise<Map<number, Found>> => {
    const lines = new Map<number, Found>();
    for await (const page of scope.means.logs.scan({ from, to: until, text }))
      for (const line of page) lines.set(line.id, line);
    return lines;
  };
  const quoted = (word: string): string => `"${word.replaceAll('"', ' ').trim()}"`;
  let kept: Map<number, Found> | null = null;
  for (const { values } of words.filter((f) => !f.not)) {
    const any = new Map<number, Found>();
    for (const word of values) for (const [id, line] of await held(quoted(word))) any.set(id, line);
    kept = kept === null ? any : both(kept, any);
  }
  kept ??= await held('');
  for (const { values } of words.filter((f) => f.not))
    for (const word of values) for (const id of (await held(quoted(word))).keys()) kept.delete(id);
  return [...kept.values()];
}

const both = (a: ReadonlyMap<number, Found>, b: ReadonlyMap<number, Found>): Map<number, Found> =>
  new Map([...a].filter(([id]) => b.has(id)));

/** When each service last wrote anything. */
export function newestPieces(scope: Scope): Piece[] {
  const asked = wanted(scope, 'service');
  return [...scope.means.logs.newest()]
    .filter(([service]) => !asked || asked.has(service))
    .map(([service, at]) => ({ service, n: at }));
}
