// `toride what-if`: the situation as it would be under changes, beside the one as it is. Stores nothing.
import { InvalidArgumentError } from 'commander';
import { formatCell, formatPercent, formatTime } from '../api/contract/format.ts';
import { AppError } from '../kernel/errors.ts';
import type { Change, ChangeScope, Comparison } from '../placement/contract/what-if.ts';
import { wordChange } from '../placement/contract/what-if-words.ts';
import type { Command, Run } from './run.ts';
import words from './words.json' with { type: 'json' };

/** `PLACE=VALUE` as typed */
type Typed = { readonly place: string; readonly value: string };
const typed = (text: string, before: readonly Typed[] = []): Typed[] => {
  const [, place = '', value = ''] = /^(.*)=([^=]*)$/.exec(text) ?? [];
  if (!value.trim()) throw new InvalidArgumentError('PLACE=VALUE');
  return [...before, { place: place.trim(), value: value.trim() }];
};
const names = (text: string, before: readonly string[] = []): string[] => [...before, text.trim()];
const invalid = (detail: string): AppError => new AppError('input.invalid', { detail });
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** `札幌/SS/エントリ1`: any of site, business (name or id) and process; empty: everywhere. */
function placeOf(run: Run, text: string): ChangeScope {
  const { rows } = run.engine.services.analytics.situation();
  const scope: { location?: string; businessId?: string; process?: string } = {};
  for (const part of text.split('/').filter((one) => one.trim())) {
    const is = (name: string): boolean => plain(name) === plain(part);
    const site = rows.find((row) => is(row.location));
    const business = rows.find((row) => is(row.businessName) || is(row.businessId));
    const process = rows.find((row) => is(row.process));
    if (site) scope.location = site.location;
    else if (business) scope.businessId = business.businessId;
    else if (process) scope.process = process.process;
    else throw new AppError('not-found', { what: part });
  }
  return scope;
}
function cellOf(run: Run, place: string): string {
  const { location, businessId, process } = placeOf(run, place);
  const found = run.engine.services.analytics
    .situation()
    .rows.filter(
      (row) =>
        (location === undefined || row.location === location) &&
        (businessId === undefined || row.businessId === businessId) &&
        (process === undefined || row.process === process),
    );
  const [only] = found;
  if (!only || found.length > 1) throw invalid(`${place}: SITE/BUSINESS/PROCESS`);
  return only.cellId;
}
const numberOf = ({ place, value }: Typed): { n: number; share: boolean } => {
  const [, n, share] = /^([+-]?\d+(?:\.\d+)?)(%?)$/.exec(value.normalize('NFKC')) ?? [];
  if (n === undefined) throw invalid(`${place}=${value}`);
  return { n: Number(n), share: share === '%' };
};
const minuteOf = (text: string): number | null => {
  const [, h, m] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  return h === undefined ? null : Number(h) * 60 + Number(m);
};

type Options = Partial<
  Record<'absent' | 'extra' | 'arrivals' | 'volume' | 'speed' | 'deadline' | 'overtime', Typed[]>
> & {
  without?: string[];
};
function changesOf(run: Run, o: Options): Change[] {
  const each = (list: Typed[] | undefined, make: (one: Typed, where: ChangeScope) => Change): Change[] =>
    (list ?? []).map((one) => make(one, placeOf(run, one.place)));
  const factor = (one: Typed): number => {
    const { n, share } = numberOf(one);
    if (!share) throw invalid(`${one.place}=${one.value}: %`);
    return Math.max(0, 1 + n / 100);
  };
  const people = o.without?.map((name) => {
    const known = run.engine.services.analytics
      .operatorNames()
      .find((one) => plain(one.name) === plain(name));
    if (!known) throw new AppError('not-found', { what: name });
    return { operatorId: known.id, name: known.name };
  });
  return [
    ...(people?.length ? [{ kind: 'absence', where: {}, who: { kind: 'named', people } } as const] : []),
    ...each(o.absent, (one, where) => {
      const { n, share } = numberOf(one);
      const who = share
        ? ({ kind: 'share', share: n / 100 } as const)
        : ({ kind: 'number', count: n } as const);
      return { kind: 'absence', where, who };
    }),
    ...(o.extra ?? []).map(
      (one): Change => ({ kind: 'extra', cellId: cellOf(run, one.place), count: numberOf(one).n }),
    ),
    ...each(o.arrivals, (one, where) => {
      const { n, share } = numberOf(one);
      return share
        ? { kind: 'volume', where, factor: factor(one), of: 'coming' }
        : { kind: 'volume', where, factor: 1, items: n };
    }),
    ...each(o.volume, (one, where) => ({ kind: 'volume', where, factor: factor(one) })),
    ...each(o.speed, (one, where) => ({ kind: 'speed', where, factor: factor(one) })),
    ...each(o.deadline, (one, where) => {
      const at = minuteOf(one.value);
      return {
        kind: 'deadline',
        where,
        shift: at === null ? { kind: 'by', minutes: numberOf(one).n } : { kind: 'to', at },
      };
    }),
    ...each(o.overtime, (one, where) => {
      const until = minuteOf(one.value);
      if (until === null) throw invalid(`${one.place}=${one.value}: HH:MM`);
      return { kind: 'overtime', where, who: { kind: 'share', share: 1 }, until };
    }),
  ];
}

function printComparison(run: Run, { cells, base, scenarios, left }: Comparison): void {
  const { lang } = run.global;
  const [side] = scenarios;
  if (!side) return;
  cells.forEach((cell, i) => {
    for (const is of side.cells[i]?.deadlines ?? []) {
      const was = base.cells[i]?.deadlines.find((one) => one.original === is.original);
      const times = [...new Set([is.original, is.deadline])].map((at) => formatTime(at, run.zone, lang));
      run.show(
        `  ${formatCell(cell)} ${times.join('→')}: ${was ? formatPercent(was.pOnTime, lang) : '–'} → ${formatPercent(is.pOnTime, lang)}`,
      );
    }
  });
  if (cells.length === 0) run.say(words.said['nothing-changes']);
  if (left > 0) run.say(words.said['more-queues'], { left });
  run.say(words.said['missed-likely'], { before: base.missed, after: side.missed });
}

export function addWhatIfCommand(program: Command): void {
  program
    .command('what-if')
    .description(
      'what would become of the deadlines; PLACE: SITE, SITE/PROCESS, SITE/BUSINESS/PROCESS, empty for all',
    )
    .option(
      '--absent <place=n>',
      'so many people (or n%) are missing; may be repeated, like the others',
      typed,
    )
    .option('--without <name>', 'this person is missing', names)
    .option('--extra <place=n>', 'so many people more from outside, at one queue', typed)
    .option('--arrivals <place=n>', 'so many items more (or ±n%) arrive', typed)
    .option('--volume <place=n%>', 'all work, waiting and to come, ±n%', typed)
    .option('--speed <place=n%>', 'speed ±n%', typed)
    .option('--deadline <place=m>', 'deadlines by ±m minutes, or to HH:MM', typed)
    .option('--overtime <place=t>', 'everybody stays until HH:MM', typed)
    .withEngine(async (run, o: Options) => {
      const changes = changesOf(run, o);
      if (changes.length === 0) throw invalid('--absent, --arrivals, …');
      const comparison = await run.client.whatIf.compare({ scenarios: [{ changes }] });
      const { rows } = run.engine.services.analytics.situation();
      const business = (id: string): string => rows.find((row) => row.businessId === id)?.businessName ?? id;
      for (const change of changes) run.show(wordChange(change, run.lang, { business }));
      printComparison(run, comparison);
      return { changes, comparison };
    });
}
