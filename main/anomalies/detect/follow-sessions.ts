import { z } from 'zod';
import type { LogLine } from '../../logs/contract/logs.ts';
import type { Part } from '../../logs/index.ts';
import { DAY, MINUTE, SCAN, SEQUENCE } from '../config.ts';
import { upperTail } from './count-tails.ts';
import { Deviation, SavedSequences, SequenceModel, type SessionEvent } from './learn-sequences.ts';

/** What a line says about the sessions it belongs to: key names and values. */
export type KeyOf = (
  line: LogLine,
  parts: readonly Part[],
) => Iterable<readonly [name: string, value: string]>;

/** `id`: the session's; `origin`: who writes the lines of the template it is about */
const Odd = z.object({ id: z.string(), first: Deviation, origin: z.string() });
/** Sessions that ended from `from` on, and those judged before them and how many of these deviated. */
const Ended = z.object({
  from: z.number(),
  judged: z.number(),
  deviating: z.array(Odd),
  before: z.number(),
  deviatingBefore: z.number(),
});
type Ended = z.infer<typeof Ended>;
const SavedKey = z.object({
  name: z.string(),
  /** its first line, epoch ms; null: kept before this was noted */
  since: z.number().nullable().default(null),
  closed: z.number(),
  lines: z.number(),
  judged: z.number(),
  deviating: z.number(),
  useless: z.boolean(),
  split: z.boolean().default(false),
  idleMs: z.number().default(SEQUENCE.idleMs[0]),
  returned: z.number().default(0),
  oddSince: z.number().nullable().default(null),
  well: z.number().default(0),
  oddShare: z.number().default(0.3),
  lately: z.array(Ended).default([]),
  model: SavedSequences,
  /** open sessions: value, last line's time, events [template, origin] */
  open: z.array(z.tuple([z.string(), z.number(), z.array(z.tuple([z.number(), z.string()]))])),
});
export const SavedSessions = z.object({ version: z.literal(1), keys: z.array(SavedKey) });
export type SavedSessions = z.infer<typeof SavedSessions>;

type Open = { last: number; readonly events: { template: number; origin: string }[] };
type Key = {
  readonly name: string;
  readonly since: number | null;
  closed: number;
  lines: number;
  judged: number;
  deviating: number;
  useless: boolean;
  /** its sessions have no course in common: those that begin with the same template are followed as a key of their own */
  split: boolean;
  /** a session is over after; more when many go on after that */
  idleMs: number;
  /** sessions that went on after they were over */
  returned: number;
  /** since when some of every few sessions are odd, epoch ms; null: they are well */
  oddSince: number | null;
  /** sessions that went their usual way since then */
  well: number;
  /** the share of odd ones where it was least of what was told since then */
  oddShare: number;
  /** windows of the last hours: what few sessions do shows in many */
  lately: readonly Ended[];
  model: SequenceModel;
  readonly open: Map<string, Open>;
  /** when those that were over lately had their last line, and the key they were judged by */
  readonly over: Map<string, { readonly last: number; readonly key: Key }>;
};
/** Sessions of a window that ended, by what went wrong in them. */
export type Closed = Ended & {
  readonly key: string;
  /** share of deviating sessions in all windows before */
  readonly usualShare: number;
  /** first line with such a key, epoch ms; null: not known */
  readonly since: number | null;
};

/**
 * Finds out by which values lines hang together (a trace id, a block's or a lot's number: an id in several templates, or an
 * attribute), keeps the sessions that are open, and judges each once it is over, before it is learned from. A key whose sessions
 * are single lines, or go on for ever, is given up.
 */
export class Sessions {
  private readonly keys = new Map<string, Key>();

  constructor(saved?: SavedSessions) {
    for (const k of saved?.keys ?? [])
      this.keys.set(k.name, {
        ...k,
        model: new SequenceModel(k.model),
        over: new Map(),
        open: new Map(
          k.open.map(([value, last, events]) => [
            value,
            { last, events: events.map(([template, origin]) => ({ template, origin })) },
          ]),
        ),
      });
  }
  save(): SavedSessions {
    return {
      version: 1,
      keys: [...this.keys.values()].map((k) => ({
        name: k.name,
        since: k.since,
        closed: k.closed,
        lines: k.lines,
        judged: k.judged,
        deviating: k.deviating,
        useless: k.useless,
        split: k.split,
        idleMs: k.idleMs,
        returned: k.returned,
        oddSince: k.oddSince,
        well: k.well,
        oddShare: k.oddShare,
        lately: [...k.lately],
        model: k.model.save(),
        open: [...k.open].map(([value, s]) => [
          value,
          s.last,
          s.events.map((e): [number, string] => [e.template, e.origin]),
        ]),
      })),
    };
  }

  /** One line, in order of time. */
  add(line: LogLine, parts: readonly Part[]): void {
    for (const [name, value] of keysOf(line, parts)) {
      let key = this.keys.get(name);
      if (!key) {
        if ([...this.keys.values()].filter((k) => !k.useless && !isPart(k)).length >= SEQUENCE.mostKeys)
          continue;
        key = newKey(name, line.at);
        this.keys.set(name, key);
      }
      if (key.useless) continue;
      const session = key.open.get(value) ?? { last: line.at, events: [] };
      const over = key.over.get(value);
      if (over && key.over.delete(value) && line.at - over.last < SEQUENCE.idleMs[1]) over.key.returned++;
      session.last = Math.max(session.last, line.at);
      if (session.events.length < SEQUENCE.mostEvents)
        session.events.push({ template: line.templateId, origin: line.service ?? '' });
      // the newest last, so that the longest idle are first
      key.open.delete(value);
      key.open.set(value, session);
    }
  }
  /** Ends sessions idle at `at`; one verdict a key. */
  close(at: number, o: Partial<Judging> = {}): Closed[] {
    const judging = { isNew: () => false, isNews: () => false, ...o };
    return [...this.keys.values()]
      .filter((key) => !key.useless && !isPart(key))
      .flatMap((key) => {
        const ended = takeIdle(key, at, (start) => (key.split ? this.partOf(key, start, at) : key));
        if (!key.split) return judgeEnded(key, ended, at, judging);
        key.closed += ended.length;
        const parts = [...this.keys.values()].filter((part) => isPart(part, key) && !part.useless);
        if (
          key.closed >= SEQUENCE.mostStarts * SEQUENCE.triedSessions &&
          !parts.some((p) => p.model.hasCourse())
        )
          giveUp(key);
        return parts.map((part) =>
          judgeEnded(
            part,
            ended.filter((session) => session.key === part),
            at,
            judging,
          ),
        );
      });
  }
  /** The key of those sessions that begin with a template. */
  private partOf(key: Key, start: number, at: number): Key {
    const name = partName(key, start);
    const known = this.keys.get(name);
    if (known) return known;
    const part = newKey(name, key.since ?? at);
    part.useless =
      [...this.keys.values()].filter((k) => isPart(k, key) && !k.useless).length >= SEQUENCE.mostStarts;
    if (!part.useless) this.keys.set(name, part);
    return part;
  }
  /** Enough sessions went their usual way since the last time that some did not. */
  areWell(): boolean {
    return [...this.keys.values()].every((k) => k.useless || k.oddSince === null);
  }
}

/**
 * `isNew`: an everyday line that nobody had before `since`; a session with one goes the way of a program that was changed, which says
 * nothing of its being well. `isNews`: what is told of these sessions; those of them that are odd are not learned from for a day.
 */
type Judging = {
  readonly isNew: (template: number, since: number) => boolean;
  readonly isNews: (closed: Closed) => boolean;
};

const PART = ' from ';
const partName = (key: Key, start: number): string => `${key.name}${PART}${start}`;
const isPart = ({ name }: Key, of?: Key): boolean =>
  of ? name.startsWith(of.name + PART) : name.includes(PART);
function newKey(name: string, since: number): Key {
  return {
    name,
    since,
    closed: 0,
    lines: 0,
    judged: 0,
    deviating: 0,
    useless: false,
    split: false,
    idleMs: SEQUENCE.idleMs[0],
    returned: 0,
    oddSince: null,
    well: 0,
    oddShare: 1,
    lately: [],
    model: new SequenceModel(),
    open: new Map(),
    over: new Map(),
  };
}
function giveUp(key: Key): void {
  key.useless = true;
  key.open.clear();
  key.over.clear();
}
/** Forgets the course of sessions that were cut: they last longer than was thought. */
function waitLonger(key: Key): void {
  Object.assign(key, { closed: 0, lines: 0, judged: 0, deviating: 0, returned: 0, lately: [] });
  key.idleMs = Math.min(SEQUENCE.idleMs[1], 2 * key.idleMs);
  key.model = new SequenceModel();
}

/** `isWhole`: it was idle long enough, and not too long to be kept */
type Over = {
  readonly value: string;
  readonly events: Open['events'];
  readonly isWhole: boolean;
  readonly key: Key;
};
/** Takes the sessions that are over; `keyOf`: by which key one that begins with a template is judged. */
function takeIdle(key: Key, at: number, keyOf: (start: number) => Key): Over[] {
  const ended: Over[] = [];
  for (const [value, { last, events }] of key.open) {
    const by = keyOf(events[0]?.template ?? 0);
    const isIdle = at - last >= by.idleMs;
    // too many at once: the longest idle are let go unjudged
    if (!isIdle && key.open.size <= SEQUENCE.mostOpen) continue;
    key.open.delete(value);
    if (isIdle) key.over.set(value, { last, key: by });
    ended.push({ value, events, isWhole: isIdle && events.length < SEQUENCE.mostEvents, key: by });
  }
  for (const [value, { last }] of key.over) {
    if (at - last < SEQUENCE.idleMs[1] && key.over.size <= SEQUENCE.mostOpen) break;
    key.over.delete(value);
  }
  return ended;
}

function judgeEnded(key: Key, over: readonly Over[], at: number, { isNew, isNews }: Judging): Closed {
  const before = key.judged;
  const deviating: z.infer<typeof Odd>[] = [];
  const ended: { readonly events: readonly SessionEvent[]; readonly isOdd: boolean }[] = [];
  for (const { value, events, isWhole } of over) {
    key.closed++;
    key.lines += events.length;
    if (!isWhole) continue;
    let isOdd = false;
    if (key.model.hasCourse() && !events.some((e) => isNew(e.template, (key.since ?? at) + DAY))) {
      key.judged++;
      const [first] = key.model.judge(events).sort((a, b) => rank(a) - rank(b) || a.share - b.share);
      isOdd = first !== undefined;
      if (first) {
        const here = events.find((e) => e.template === first.template);
        deviating.push({ id: value, first, origin: here?.origin ?? key.model.writerOf(first.template) });
      }
    }
    ended.push({ events, isOdd });
  }
  const mean = key.lines / Math.max(1, key.closed);
  const isCut = key.closed >= SEQUENCE.learn && key.returned > SEQUENCE.returning * key.closed;
  const isUseless = key.closed >= SEQUENCE.triedSessions && (mean < 1.5 || !key.model.hasCourse());
  if (!isPart(key)) key.split = isCut || isUseless;
  else if (isCut && key.idleMs < SEQUENCE.idleMs[1]) waitLonger(key);
  else if (isUseless) giveUp(key);
  const judged = key.judged - before;
  const window = {
    from: at - SCAN.windowMinutes * MINUTE,
    judged,
    deviating,
    before,
    deviatingBefore: key.deviating,
  };
  key.lately = key.lately.filter(({ from }) => from >= at - SEQUENCE.togetherMs);
  const said = (ended: Ended): Closed => ({
    ...ended,
    key: key.name,
    usualShare: (ended.deviatingBefore + 0.5) / (ended.before + 1),
    since: key.since,
  });
  const closed = said(window);
  const told = [closed, ...(deviating.length > 0 ? [said(together([...key.lately, window]))] : [])].find(
    isNews,
  );
  if (told) {
    const share = told.deviating.length / Math.max(1, told.judged);
    key.oddShare = Math.min(key.oddSince === null ? 1 : key.oddShare, share);
    key.oddSince ??= at;
  }
  // what is odd while trouble lasts that was told is not the usual share, and nothing to learn from
  const isKept = key.oddSince !== null && at - key.oddSince < DAY;
  // single ones are part of every day, where they are
  const single = closed.usualShare >= SEQUENCE.singleShare * key.oddShare ? 1 : 0;
  if (told || deviating.length > single) key.well = 0;
  else key.well += judged;
  key.lately = [...key.lately, window];
  if (key.oddSince !== null && key.well >= enoughWell(key.oddShare)) {
    key.oddSince = null;
    key.lately = [];
  }
  if (isKept) key.judged = before;
  else key.deviating += deviating.length;
  for (const { events, isOdd } of ended) if (!isKept || !isOdd) key.model.learn(events);
  return closed;
}
/** The latest windows as one, from the window on since when so many odd ones are least likely. */
function together(windows: readonly Ended[]): Ended {
  const [{ before, deviatingBefore }] = windows as [Ended];
  const usual = (deviatingBefore + 0.5) / (before + 1);
  const ends = windows.map(({ from }, i): Ended => {
    const rest = windows.slice(i);
    const judged = rest.reduce((sum, w) => sum + w.judged, 0);
    return { from, judged, deviating: rest.flatMap((w) => w.deviating), before, deviatingBefore };
  });
  const chance = ({ judged, deviating }: Ended): number =>
    upperTail(deviating.length, usual * judged, 1.5 * usual * judged);
  return ends.reduce((least, end) => (chance(end) <= chance(least) ? end : least));
}
/** Sessions in a row that go their usual way hardly ever by chance while this share of them is odd. */
function enoughWell(oddShare: number): number {
  const [least, most] = SEQUENCE.well;
  const enough = oddShare < 1 ? Math.log(SEQUENCE.wellChance) / Math.log(1 - oddShare) : least;
  return Math.max(least, Math.min(most, Math.ceil(enough)));
}
const RANK = { count: 0, rare: 1, order: 2 } as const;
const rank = (d: Deviation): number => RANK[d.kind];

/** Long enough to be somebody's number, with a digit in it. */
const ID = /^(?=.*\d)[\w./:-]{6,80}$/;
const ID_HOLES: ReadonlySet<string> = new Set(['id', 'uuid', 'hex']);
/**
 * Values a line may share with others of its session: its attributes by name, and the ids in its text, which mean the same
 * wherever they stand.
 */
export function* keysOf(line: LogLine, parts: readonly Part[]): Generator<readonly [string, string]> {
  let parameter = 0;
  const seen = new Set<string>();
  for (const part of parts) {
    if (part.kind !== 'parameter') continue;
    const [start, end] = line.parameters[parameter++] ?? [0, 0];
    if (end <= start || !ID_HOLES.has(part.type)) continue;
    const value = line.text.slice(start, end);
    if (seen.has(value) || !ID.test(value)) continue;
    seen.add(value);
    yield ['#', value];
  }
  if (line.attributes === '') return;
  for (const [name, value] of attributesOf(line.attributes))
    if (typeof value === 'string' && ID.test(value)) yield [`@${name}`, value];
}
function attributesOf(json: string): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  } catch {
    return [];
  }
}
