/**
 * An online template miner. A line's signature (words, marks and kinds of holes) is looked up first, which settles almost every
 * line; only a new signature goes on to the search. There, templates of one length are found through the set of places that
 * are holes (tuple space search: Srinivasan, Suri, Varghese, SIGCOMM 1999) instead of Drain's walk by token count and first
 * words (He et al., ICWS 2017), so a variable may stand anywhere, first included. Where templates differ in one place only, the
 * distinct words seen there are counted, and enough of them make it a hole (after Brain's columns: Yu et al., IEEE TSC 2023,
 * but incrementally). One line after another, no batch and no clock: the same lines give the same templates.
 */
import { MINER_LIMITS, type MinerLimits } from './config.ts';
import { PlaceKeys } from './place-keys.ts';
import { Scanner } from './scan-tokens.ts';
import { hole, otherReading, type Shaped, shapeTokens } from './shape-tokens.ts';
import type { Level, Mined, Part, Template } from './types.ts';
import { type Found, WordPlaces } from './word-places.ts';

export type Entry = {
  readonly id: number;
  /** lines of different gravity stay apart where their words differ */
  readonly gravity: number;
  tokens: readonly Shaped[];
  keys: PlaceKeys;
  /** places made holes by merging */
  holes: readonly number[];
  lines: number;
  /** set once this template has been merged into an older one */
  into: Entry | null;
  readonly matched: Mined;
};

const MAX_MASKS_PER_LENGTH = 64;

const gravityOf = (level: Level | undefined): number =>
  level === 'error' || level === 'fatal' ? 2 : level === 'warn' ? 1 : 0;
/** Salts of keys: a template as its line is written has 0, one made by merging its gravity + 1. */
const AS_WRITTEN = 0;
const merged = (gravity: number): number => gravity + 1;

export class Miner {
  private readonly limits: MinerLimits;
  private readonly scanner = new Scanner();
  private readonly entries: Entry[] = [];
  /** the fast path in two generations: what is not seen for long is forgotten and found again through the search */
  private young = new Map<number, Entry>();
  private old = new Map<number, Entry>();
  private readonly byKey = new Map<number, Entry>();
  private readonly byLength = new Map<number, Set<Entry>>();
  /** the sets of places that are holes in some template of a length, in the order of first use */
  private readonly masks = new Map<number, Map<string, readonly number[]>>();
  private readonly places = new WordPlaces((key) => this.byKey.has(key));
  /** templates under the key they would have if `host:80` in them were one value */
  private readonly readings = new Map<number, Entry[]>();
  private catchAll: Entry | null = null;

  constructor(limits: MinerLimits = MINER_LIMITS) {
    this.limits = limits;
  }

  /** Puts one line's content under a template. The cost is the scan of its characters once its signature is known. */
  add(content: string, level?: Level): Mined {
    const { scanner } = this;
    scanner.scan(content);
    const known = this.recall(scanner.signature);
    if (known) {
      known.lines++;
      return known.matched;
    }
    const result = this.search(shapeTokens(scanner), gravityOf(level));
    const entry = this.entry(result.template);
    entry.lines++;
    this.remember(scanner.signature, entry);
    return result;
  }

  /** The template a number means now: its own, or the older one it was merged into. */
  resolve(id: number): number {
    return this.entry(id).id;
  }
  /** All templates that stand, by number. */
  templates(): Template[] {
    return this.entries.filter((e) => !e.into).map(viewOf);
  }
  template(id: number): Template {
    return viewOf(this.entry(id));
  }

  private entry(id: number): Entry {
    const entry = this.entries[id - 1];
    if (!entry) throw new RangeError(`template ${id}`);
    return current(entry);
  }

  private recall(signature: number): Entry | null {
    let entry = this.young.get(signature);
    if (!entry) {
      entry = this.old.get(signature);
      if (!entry) return null;
      this.remember(signature, entry);
    }
    return entry.into ? current(entry) : entry;
  }
  private remember(signature: number, entry: Entry): void {
    if (this.young.size >= this.limits.maxSignatures) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(signature, entry);
  }

  private search(tokens: readonly Shaped[], gravity: number): Mined {
    const keys = new PlaceKeys(tokens);
    const found = this.find(tokens, keys, gravity);
    if (found) return this.note(found, tokens);
    const other = otherReading(tokens);
    const otherKeys = other && new PlaceKeys(other);
    const otherFound = other && otherKeys && this.find(other, otherKeys, gravity);
    if (otherFound) return this.note(otherFound, other);
    const waiting = this.readings.get(keys.key([], merged(gravity)));
    if (waiting) return this.reread(waiting, tokens, keys);
    if (this.entries.length >= this.limits.maxTemplates) return this.overflow();

    const entry = this.create(tokens, keys, gravity);
    this.byKey.set(keys.key([], AS_WRITTEN), entry);
    if (otherKeys) {
      const key = otherKeys.key([], merged(gravity));
      this.readings.set(key, [...(this.readings.get(key) ?? []), entry]);
    }
    const place =
      this.places.watch(entry, this.masks.get(tokens.length)?.values() ?? []) ?? this.places.joinNames(entry);
    return (place && this.merge(place)) ?? { kind: 'created', template: entry.id };
  }

  private create(tokens: readonly Shaped[], keys: PlaceKeys, gravity: number): Entry {
    const id = this.entries.length + 1;
    const matched: Mined = { kind: 'matched', template: id };
    const entry: Entry = { id, gravity, tokens, keys, holes: [], lines: 0, into: null, matched };
    this.entries.push(entry);
    this.list(entry);
    return entry;
  }
  private list(entry: Entry): void {
    const peers = this.byLength.get(entry.tokens.length);
    if (peers) peers.add(entry);
    else this.byLength.set(entry.tokens.length, new Set([entry]));
  }
  private overflow(): Mined {
    if (!this.catchAll) {
      const tokens = [hole('text', false)];
      this.catchAll = this.create(tokens, new PlaceKeys(tokens), 0);
    }
    return this.catchAll.matched;
  }

  private find(tokens: readonly Shaped[], keys: PlaceKeys, gravity: number): Entry | null {
    const exact = this.byKey.get(keys.key([], AS_WRITTEN));
    if (exact) return current(exact);
    for (const places of this.masks.get(tokens.length)?.values() ?? []) {
      const entry = this.byKey.get(keys.key(places, merged(gravity)));
      if (entry) return current(entry);
    }
    return null;
  }

  /** A line fits `entry`: take in what its holes look like and which digits its words have. */
  private note(entry: Entry, seen: readonly Shaped[]): Mined {
    let isWider = false;
    const tokens = entry.tokens.map((own, i) => {
      const wide = widen(own, seen[i]);
      if (wide !== own) isWider = true;
      return wide;
    });
    if (!isWider) return entry.matched;
    entry.tokens = tokens;
    return { kind: 'widened', template: entry.id, absorbed: [] };
  }

  /** Templates with `host:80` meet a line with a value in that place: they were this template all along. */
  private reread(waiting: readonly Entry[], tokens: readonly Shaped[], keys: PlaceKeys): Mined {
    const entries = [...new Set(waiting.map(current))].filter((e) => e.tokens.length !== tokens.length);
    const [oldest] = entries.sort((a, b) => a.id - b.id);
    if (!oldest) return this.overflow();
    for (const entry of entries) this.leave(entry);
    this.readings.delete(keys.key([], merged(oldest.gravity)));
    oldest.holes = [];
    this.byKey.set(keys.key([], AS_WRITTEN), oldest);
    return this.settle(entries, tokens, keys);
  }

  /** All templates that differ at `found.at` only become the oldest of them, with holes there. */
  private merge({ entries, at }: Found): Mined | null {
    const [oldest] = [...entries].sort((a, b) => a.id - b.id);
    if (!oldest) return null;
    const { length } = oldest.tokens;
    const mask = [...new Set([...entries.flatMap((e) => e.holes), ...at])].sort((a, b) => a - b);
    const masks = this.masks.get(length) ?? new Map<string, readonly number[]>();
    if (!masks.has(mask.join()) && masks.size >= MAX_MASKS_PER_LENGTH) return null;

    const wide = oldest.tokens.map((t, i) =>
      mask.includes(i) && t.kind !== 'hole' ? hole('text', t.gap) : t,
    );
    const keys = new PlaceKeys(wide);
    const key = keys.key([], merged(oldest.gravity));
    const covered = [...(this.byLength.get(length) ?? [])].filter(
      (e) => e.gravity === oldest.gravity && e.keys.key(mask, merged(e.gravity)) === key,
    );
    const written = this.byKey.get(keys.key([], AS_WRITTEN));
    const all = [...new Set([...covered, ...(written ? [current(written)] : [])])];
    if (all.length < 2) return null;
    masks.set(mask.join(), mask);
    this.masks.set(length, masks);
    for (const entry of all) this.leave(entry);
    const survivor = all.sort((a, b) => a.id - b.id)[0] ?? oldest;
    survivor.holes = mask;
    this.byKey.set(key, survivor);
    if (written) this.byKey.set(keys.key([], AS_WRITTEN), survivor);
    return this.settle(all, wide, keys);
  }

  /** Makes `entries` (by age) one template of `tokens` and looks where it may widen further. */
  private settle(entries: readonly Entry[], tokens: readonly Shaped[], keys: PlaceKeys): Mined {
    const [survivor, ...rest] = entries;
    if (!survivor) throw new RangeError('nothing to settle');
    const absorbed = rest.map((entry) => {
      survivor.lines += entry.lines;
      entry.into = survivor;
      return entry.id;
    });
    survivor.tokens = tokens;
    survivor.keys = keys;
    this.list(survivor);
    const place =
      this.places.watch(survivor, []) ?? this.places.gather(survivor, this.byLength.get(tokens.length) ?? []);
    const further = place && this.merge(place);
    if (further?.kind !== 'widened') return { kind: 'widened', template: survivor.id, absorbed };
    return {
      ...further,
      absorbed: [...absorbed, ...further.absorbed].filter((id) => id !== further.template),
    };
  }
  private leave(entry: Entry): void {
    this.places.forget(entry);
    this.byLength.get(entry.tokens.length)?.delete(entry);
  }
}

function current(entry: Entry): Entry {
  let last = entry;
  while (last.into) last = last.into;
  if (entry.into && entry.into !== last) entry.into = last;
  return last;
}

/** `own` as it must be to cover `seen` as well. */
function widen(own: Shaped, seen: Shaped | undefined): Shaped {
  if (!seen) return own;
  if (own.kind === 'hole')
    return own.type === 'text' || (seen.kind === 'hole' && seen.type === own.type)
      ? own
      : { ...own, type: 'text' };
  if (own.kind !== 'weak' || own.text === seen.text) return own;
  const text = own.text.replace(/[0-9０-９]+|<\*>/g, '<*>');
  return text === own.text ? own : { ...own, text };
}

const viewOf = (entry: Entry): Template => ({
  id: entry.id,
  lines: entry.lines,
  parts: entry.tokens.map(partOf),
});
function partOf(token: Shaped): Part {
  return token.kind === 'hole'
    ? { kind: 'hole', type: token.type, gap: token.gap }
    : { kind: token.kind === 'mark' ? 'mark' : 'word', text: token.text, gap: token.gap };
}
/** A template as text, with `<*>` for every hole. */
export const templateText = (template: Template): string =>
  template.parts.map((p) => `${p.gap ? ' ' : ''}${p.kind === 'hole' ? '<*>' : p.text}`).join('');
