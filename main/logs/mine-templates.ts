/**
 * An online template miner. A line's signature (words, marks and kinds of holes) is looked up first, which settles almost every
 * line; only a new signature goes on to the search. There, templates of one length are found through the set of places that
 * are holes (tuple space search: Srinivasan, Suri, Varghese, SIGCOMM 1999) instead of Drain's walk by token count and first
 * words (He et al., ICWS 2017), so a variable may stand anywhere, first included. Where templates differ in one place only, the
 * distinct words seen there are counted, and enough of them make it a hole (after Brain's bidirectional columns: Yu et al.,
 * IEEE TSC 2023, but incrementally). One line after another, no batch and no clock: the same lines give the same templates.
 */
import { HOLE_WEIGHT, MINER_LIMITS, type MinerLimits } from './config.ts';
import type { HoleType } from './scan-tokens.ts';
import { Scanner } from './scan-tokens.ts';
import { HOLE_HASH, hole, type Shaped, shapeTokens } from './shape-tokens.ts';
import type { Level, Mined, Part, Template } from './types.ts';
import { weighWord } from './weigh-word.ts';

type Entry = {
  readonly id: number;
  tokens: readonly Shaped[];
  /** lines of different gravity stay apart where their words differ */
  readonly gravity: number;
  lines: number;
  /** set once this template has been merged into an older one */
  into: Entry | null;
  /** places made holes by merging */
  widened: boolean;
  readonly matched: Mined;
};
type Place = { readonly members: Map<number, Entry>; weight: number };
/** The places that are holes in some template of one length, in the order of first use. */
type Masks = Map<string, readonly number[]>;

/** Words of a template that are watched for becoming holes. */
const MAX_WATCHED = 24;
const MAX_MASKS_PER_LENGTH = 64;

const gravityOf = (level: Level | undefined): number =>
  level === 'error' || level === 'fatal' ? 2 : level === 'warn' ? 1 : 0;

/** Two 21- and 32-bit sums of what stands where, so that any place can be taken out without starting again. */
const partHigh = (hash: number, place: number): number => {
  let x = Math.imul(hash ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
  x ^= x >>> 13;
  return Math.imul(x, 0xc2b2ae35);
};
const partLow = (hash: number, place: number): number => {
  let x = Math.imul(hash + Math.imul(place + 1, 0x27d4eb2f), 0x165667b1);
  x ^= x >>> 15;
  return Math.imul(x, 0x9e3779b1);
};
class Sum {
  private high: number;
  private low: number;
  constructor(tokens: readonly Shaped[]) {
    this.high = this.low = tokens.length;
    tokens.forEach((t, i) => {
      this.high = (this.high + partHigh(t.hash, i)) | 0;
      this.low = (this.low + partLow(t.hash, i)) | 0;
    });
  }
  /** The key with holes at `places`; `salt` keeps kinds of keys apart. */
  key(tokens: readonly Shaped[], places: readonly number[], salt: number): number {
    let { high, low } = this;
    for (const i of places) {
      const hash = tokens[i]?.hash ?? 0;
      high = (high - partHigh(hash, i) + partHigh(HOLE_HASH, i)) | 0;
      low = (low - partLow(hash, i) + partLow(HOLE_HASH, i)) | 0;
    }
    high = Math.imul(high ^ salt, 0x85ebca6b);
    high ^= high >>> 16;
    return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
  }
}

export class Miner {
  private readonly limits: MinerLimits;
  private readonly scanner = new Scanner();
  private readonly entries: Entry[] = [];
  /** the fast path in two generations: what is not seen for long is forgotten and found again through the search */
  private young = new Map<number, Entry>();
  private old = new Map<number, Entry>();
  private readonly byKey = new Map<number, Entry>();
  private readonly masks = new Map<number, Masks>();
  private readonly places = new Map<number, Place>();
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
    return this.entries.filter((e) => !e.into).map((e) => this.view(e));
  }
  template(id: number): Template {
    return this.view(this.entry(id));
  }

  private view(entry: Entry): Template {
    return { id: entry.id, lines: entry.lines, parts: entry.tokens.map(partOf) };
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
    const sum = new Sum(tokens);
    const found = this.find(tokens, sum, gravity);
    if (found) return this.note(found, tokens);
    if (this.entries.length >= this.limits.maxTemplates) return this.overflow();
    const entry = this.create(tokens, gravity);
    this.byKey.set(sum.key(tokens, [], 0), entry);
    return this.watch(entry, sum) ?? this.joinNames(entry, sum) ?? { kind: 'created', template: entry.id };
  }

  private create(tokens: readonly Shaped[], gravity: number): Entry {
    const id = this.entries.length + 1;
    const entry: Entry = {
      id,
      tokens,
      gravity,
      lines: 0,
      into: null,
      widened: false,
      matched: { kind: 'matched', template: id },
    };
    this.entries.push(entry);
    return entry;
  }
  private overflow(): Mined {
    this.catchAll ??= this.create([hole('text', false)], 0);
    return this.catchAll.matched;
  }

  private find(tokens: readonly Shaped[], sum: Sum, gravity: number): Entry | null {
    const exact = this.byKey.get(sum.key(tokens, [], 0));
    if (exact) return current(exact);
    for (const places of this.masks.get(tokens.length)?.values() ?? []) {
      const entry = this.byKey.get(sum.key(tokens, places, gravity + 1));
      if (entry) return current(entry);
    }
    return null;
  }

  /** A line fits `entry`: take in what its holes look like and which digits its words have. */
  private note(entry: Entry, seen: readonly Shaped[]): Mined {
    let isWider = false;
    const tokens = entry.tokens.map((own, i) => {
      const other = seen[i];
      if (!other) return own;
      if (own.kind === 'hole') {
        const type = other.kind === 'hole' ? other.type : 'text';
        if (type === own.type || own.type === 'text') return own;
        isWider = true;
        return { ...own, type: 'text' as HoleType };
      }
      if (own.kind === 'weak' && own.text !== other.text && own.text !== withHoles(own.text)) {
        isWider = true;
        return { ...own, text: withHoles(own.text) };
      }
      return own;
    });
    if (!isWider) return entry.matched;
    entry.tokens = tokens;
    return { kind: 'widened', template: entry.id, absorbed: [] };
  }

  /** Counts `entry`'s words among those seen in the same places; the first place with enough of them becomes a hole. */
  private watch(entry: Entry, sum: Sum): Mined | null {
    const { tokens } = entry;
    let full: Place | null = null;
    let at = -1;
    let watched = 0;
    for (let i = 0; i < tokens.length && watched < MAX_WATCHED; i++) {
      const weight = weighWord(tokens, i);
      if (weight === 0) continue;
      watched++;
      const key = sum.key(tokens, [i], placeSalt(i, entry.gravity));
      let place = this.places.get(key);
      if (!place) {
        place = { members: new Map(), weight: this.byKey.has(sum.key(tokens, [i], 0)) ? HOLE_WEIGHT : 0 };
        this.places.set(key, place);
      }
      const hash = tokens[i]?.hash ?? 0;
      if (!place.members.has(hash)) place.weight += weight;
      place.members.set(hash, entry);
      if (place.weight > 0.999 && !full) {
        full = place;
        at = i;
      }
    }
    return full ? this.merge(full, at) : null;
  }
  /** `entry` has a number or the like where others have a name: the name was a value too. */
  private joinNames(entry: Entry, sum: Sum): Mined | null {
    const { tokens } = entry;
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i]?.kind !== 'hole') continue;
      const place = this.places.get(sum.key(tokens, [], placeSalt(i, entry.gravity)));
      if (!place) continue;
      place.weight += HOLE_WEIGHT;
      if (place.weight > 0.999) return this.merge(place, i);
    }
    return null;
  }
  private unwatch(entry: Entry): void {
    const sum = new Sum(entry.tokens);
    let watched = 0;
    for (let i = 0; i < entry.tokens.length && watched < MAX_WATCHED; i++) {
      const weight = weighWord(entry.tokens, i);
      if (weight === 0) continue;
      watched++;
      const key = sum.key(entry.tokens, [i], placeSalt(i, entry.gravity));
      const place = this.places.get(key);
      const hash = entry.tokens[i]?.hash ?? 0;
      if (place?.members.get(hash) !== entry) continue;
      place.members.delete(hash);
      place.weight -= weight;
      if (!place.members.size) this.places.delete(key);
    }
  }

  /** All templates that differ in `at` only become the oldest of them, with a hole there. */
  private merge(place: Place, at: number): Mined | null {
    const entries = [...place.members.values()].sort((a, b) => a.id - b.id);
    const [oldest] = entries;
    if (!oldest) return null;
    const length = oldest.tokens.length;
    const masks = this.masks.get(length) ?? new Map<string, readonly number[]>();
    const before = holesMadeBy(oldest);
    const mask = [...before, at].sort((a, b) => a - b);
    const name = mask.join();
    if (!masks.has(name) && masks.size >= MAX_MASKS_PER_LENGTH) return null;
    masks.set(name, mask);
    this.masks.set(length, masks);
    for (const entry of entries) this.unwatch(entry);
    const wide = oldest.tokens.map((t, i) => (i === at ? { ...hole('text', t.gap), made: true } : t));
    const sum = new Sum(wide);
    const key = sum.key(wide, [], oldest.gravity + 1);
    const natural = sum.key(wide, [], 0);
    for (const present of [this.byKey.get(key), this.byKey.get(natural)]) {
      if (!present || entries.includes(current(present))) continue;
      this.unwatch(current(present));
      entries.push(current(present));
    }
    const [survivor, ...rest] = [...new Set(entries)].sort((a, b) => a.id - b.id);
    if (!survivor) return null;
    const absorbed: number[] = [];
    for (const entry of rest) {
      survivor.lines += entry.lines;
      entry.into = survivor;
      absorbed.push(entry.id);
    }
    survivor.tokens = wide;
    survivor.widened = true;
    this.byKey.set(key, survivor);
    if (this.byKey.has(natural)) this.byKey.set(natural, survivor);
    const further = this.watch(survivor, sum);
    if (further?.kind !== 'widened') return { kind: 'widened', template: survivor.id, absorbed };
    return { ...further, absorbed: [...absorbed, ...further.absorbed] };
  }
}

function current(entry: Entry): Entry {
  let last = entry;
  while (last.into) last = last.into;
  if (entry.into && entry.into !== last) entry.into = last;
  return last;
}
const placeSalt = (place: number, gravity: number): number => ((place + 1) << 4) | gravity;
const holesMadeBy = (entry: Entry): number[] => entry.tokens.flatMap((t, i) => ('made' in t ? [i] : []));
/** `eth0` → `eth<*>` */
const withHoles = (text: string): string => text.replace(/[0-9０-９]+|<\*>/g, '<*>');
function partOf(token: Shaped): Part {
  return token.kind === 'hole'
    ? { kind: 'hole', type: token.type, gap: token.gap }
    : { kind: token.kind === 'mark' ? 'mark' : 'word', text: token.text, gap: token.gap };
}
/** A template as text, with `<*>` for every hole. */
export const templateText = (template: Template): string =>
  template.parts.map((p) => `${p.gap ? ' ' : ''}${p.kind === 'hole' ? '<*>' : p.text}`).join('');
