/**
 * An online template miner. A line's signature (words, marks and kinds of parameters) is looked up first, which settles almost every
 * line; only a new signature goes on to the search. There, templates of one length are found through the set of places that
 * are parameters (tuple space search: Srinivasan, Suri, Varghese, SIGCOMM 1999) instead of Drain's walk by token count and first
 * words (He et al., ICWS 2017), so a variable may stand anywhere, first included. Where templates differ in one place only, the
 * distinct words seen there are counted, and enough of them make it a parameter (after Brain's columns: Yu et al., IEEE TSC 2023,
 * but incrementally). One line after another, no batch and no clock: the same lines give the same templates, and a miner made
 * from what was kept of another goes on exactly as that one would have.
 */

import type { Level, Mined, Part, Template, TemplateEvent, TemplateRow, TemplateRule } from '../types.ts';
import { valueIn } from './align-parameters.ts';
import { Changes } from './changes.ts';
import { MINER_LIMITS, type MinerLimits } from './config.ts';
import {
  current,
  detached,
  type Entry,
  type Origin,
  partOf,
  tokenFromText,
  tokenToText,
  viewOf,
  widen,
} from './entry.ts';
import {
  inShape,
  isPhrase,
  isPhrased,
  joined,
  MAX_PHRASE,
  type Phrase,
  PhraseFrames,
  phrasesIn,
  standing,
  stretched,
} from './phrase-frames.ts';
import { PlaceKeys } from './place-keys.ts';
import { asKept, inOrder, readRow, type SavedEntry } from './saved-templates.ts';
import { Scanner } from './scan-tokens.ts';
import {
  hashOfToken,
  hasOtherReading,
  otherReading,
  parameter,
  type Shaped,
  shapeTokens,
} from './shape-tokens.ts';
import { type Found, WordPlaces } from './word-places.ts';

export { templateText } from './entry.ts';

const MAX_MASKS_PER_LENGTH = 64;

const severityOf = (level: Level | undefined): number =>
  level === 'error' || level === 'fatal' ? 2 : level === 'warn' ? 1 : 0;
/** Salts of keys: a template as its line is written, one beside a locked one of the same key, another reading, one made by merging. */
const WRITTEN = 0;
const BESIDE = 1;
const READING = 2;
const merged = (severity: number): number => 4 + severity;

/** Templates to become one: the oldest of them, with `tokens`. */
type Union = {
  readonly members: readonly Entry[];
  readonly tokens: readonly Shaped[];
  readonly keys: PlaceKeys;
  /** the places that are parameters then; null: a reading of its own */
  readonly mask: readonly number[] | null;
  /** the place that may hold several words from now on */
  readonly phrase?: number;
};

export class Miner {
  private readonly limits: MinerLimits;
  private readonly scanner = new Scanner();
  private readonly entries: Entry[] = [];
  /** the fast path in two generations: what is not seen for long is forgotten and found again through the search */
  private young = new Map<number, Entry>();
  private old = new Map<number, Entry>();
  private readonly byKey = new Map<number, Entry>();
  private readonly byLength = new Map<number, Set<Entry>>();
  /** the sets of places that are parameters in some template of a length, in the order of first use */
  private readonly masks = new Map<number, Map<string, readonly number[]>>();
  private readonly places = new WordPlaces(
    (keys, at) => this.byKey.get(keys.key(at, WRITTEN)),
    (keys, at, severity) => {
      const made = this.byKey.get(keys.key(at, merged(severity)));
      return made && current(made);
    },
  );
  /** templates under the key they would have if `host:80` in them were one value */
  private readonly readings = new Map<number, Entry[]>();
  private readonly frames = new PhraseFrames();
  /** lengths at which templates of other lengths may be found */
  private readonly stretchedTo = new Set<number>();
  private catchAll: Entry | null = null;
  private seq = 0;
  private readonly changes = new Changes();

  /** `saved`: the rows of a miner before this one, by number; it goes on where they stand. */
  constructor(limits: MinerLimits = MINER_LIMITS, saved: readonly TemplateRow[] = []) {
    this.limits = limits;
    if (saved.length) this.restore(saved.map(readRow));
  }

  /**
   * Puts one line's content under a template. The cost is the scan of its characters once its signature is known. Lines of no words
   * (empty, white space) share one template of no parts.
   */
  add(content: string, level?: Level): Mined {
    const { scanner } = this;
    const severity = severityOf(level);
    scanner.scan(content, severity);
    const known = this.recall(scanner.signature);
    if (known) {
      if (known.splits) return this.sortOut(known, content);
      known.lines++;
      return known.matched;
    }
    const result = this.search(shapeTokens(scanner), severity);
    const entry = this.entry(result.template);
    if (entry !== this.catchAll) this.remember(scanner.signature, entry);
    if (entry.splits) return this.sortOut(entry, content);
    entry.lines++;
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
  /** The same array until the template is widened. */
  partsOf(id: number): readonly Part[] {
    const entry = this.entry(id);
    if (entry.view?.tokens !== entry.tokens)
      entry.view = { tokens: entry.tokens, parts: entry.tokens.map(partOf) };
    return entry.view.parts;
  }
  /** What has to be written since the last call, so that a miner made from all rows goes on as this one. */
  takeChanges(): { rows: TemplateRow[]; events: TemplateEvent[] } {
    return this.changes.take();
  }

  /** Obeys a person: a locked template is neither widened nor absorbed; a split one hands on the lines of its values. */
  setRules(rules: readonly TemplateRule[]): void {
    for (const rule of rules) {
      const entry = this.entries[rule.id - 1];
      if (!entry || entry.into) continue;
      entry.splits = rule.splits.length
        ? rule.splits.map(({ parameter: place, value, template }) => ({
            parameter: place,
            value,
            to: template,
          }))
        : null;
      this.setLocked(entry, rule.locked || entry.splits !== null);
    }
    this.forgetSignatures();
  }
  /**
   * Makes a template for life of each value of parameter number `place` and locks `id`: from now on their lines go there. Returns the new
   * numbers in the order of `values`; their rows are in the next `takeChanges`.
   */
  split(id: number, place: number, values: readonly string[]): number[] {
    const base = this.entry(id);
    const made = values.map((value) => {
      const tokens = splitParts(base.tokens, place, value);
      return this.create({ tokens, keys: new PlaceKeys(tokens), severity: base.severity, origin: 'given' })
        .id;
    });
    const splits = values.map((value, i) => ({ parameter: place, value, to: made[i] ?? base.id }));
    base.splits = [...(base.splits ?? []), ...splits];
    this.setLocked(base, true);
    this.forgetSignatures();
    return made;
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
  private forgetSignatures(): void {
    this.young = new Map();
    this.old = new Map();
  }

  private search(tokens: readonly Shaped[], severity: number): Mined {
    const keys = new PlaceKeys(tokens);
    const other = otherReading(tokens);
    const otherKeys = other && new PlaceKeys(other);
    const found = this.find(tokens, keys, severity);
    if (found) return this.note(found, tokens);
    const otherFound = other && otherKeys && this.find(other, otherKeys, severity);
    if (otherFound) return this.note(otherFound, other);
    // of another severity, but word for word the same
    const same = this.standing(keys, tokens);
    if (same) return this.note(same, tokens);
    const otherSame = other && otherKeys && this.standing(otherKeys, other);
    if (otherSame) return this.note(otherSame, other);
    const reread = this.planReread(tokens, keys);
    if (reread) return this.follow(this.unite(reread));
    if (this.entries.length >= this.limits.maxTemplates && tokens.length) return this.overflow();

    if (this.readings.has(keys.key([], READING))) this.forgetSignatures(); // locked ones wait there
    const own = tokens.map(detached);
    const entry = this.create({ tokens: own, keys: new PlaceKeys(own), severity, origin: 'line' });
    const place = this.enlist(entry);
    const phrase = this.frames.watch(entry) ?? this.knownFrame(entry);
    const unions = [place && this.plan(place), phrase && this.planPhrase(phrase)];
    const union = unions.find((u) => u?.members.includes(entry));
    return union ? this.follow(this.unite(union)) : { kind: 'created', template: entry.id };
  }

  private create(o: {
    readonly tokens: readonly Shaped[];
    readonly keys: PlaceKeys;
    readonly severity: number;
    readonly origin: Origin;
    readonly saved?: SavedEntry;
  }): Entry {
    const id = this.entries.length + 1;
    const { tokens, keys, severity, origin } = o;
    const entry: Entry = {
      id,
      severity,
      origin,
      seq: o.saved?.seq ?? this.seq++,
      born: o.saved?.born ?? tokens.map(tokenToText),
      outside: o.saved?.outside ?? this.byKey.has(keys.key([], WRITTEN)),
      steps: [],
      tokens,
      keys,
      parameters: [],
      phrase: null,
      lines: 0,
      into: null,
      locked: false,
      splits: null,
      view: null,
      matched: { kind: 'matched', template: id },
    };
    this.entries.push(entry);
    this.changes.created(entry);
    return entry;
  }
  /** Enters a new template where lines look for theirs; finds the place that becomes a parameter by it. */
  private enlist(entry: Entry): Found | null {
    const { tokens, keys } = entry;
    this.list(entry);
    this.byKey.set(keys.key([], entry.outside ? BESIDE : WRITTEN), entry);
    const other = otherReading(tokens);
    if (other) {
      const key = new PlaceKeys(other).key([], READING);
      this.readings.set(key, [...(this.readings.get(key) ?? []), entry]);
    }
    const masks = [...(this.masks.get(tokens.length)?.values() ?? [])];
    return this.places.watch(entry, masks) ?? this.places.joinNames(entry, masks);
  }
  private list(entry: Entry): void {
    const peers = this.byLength.get(entry.tokens.length);
    if (peers) peers.add(entry);
    else this.byLength.set(entry.tokens.length, new Set([entry]));
  }
  private overflow(): Mined {
    const tokens = [parameter('text', false)];
    this.catchAll ??= this.create({ tokens, keys: new PlaceKeys(tokens), severity: 0, origin: 'catch-all' });
    return this.catchAll.matched;
  }

  /** The template a line of this severity is under: as written, or made by merging. */
  private find(tokens: readonly Shaped[], keys: PlaceKeys, severity: number): Entry | null {
    const exact = this.standing(keys, tokens);
    if (exact?.severity === severity) return exact;
    for (const places of this.masks.get(tokens.length)?.values() ?? []) {
      const named = this.byKey.get(keys.key(places, merged(severity)));
      const entry = named && current(named);
      if (!entry || !isPhrased(entry, tokens)) continue;
      if (!entry.locked || fits(entry, inShape(entry, tokens))) return entry;
    }
    return null;
  }
  /** The template that stands under a line's own words, whatever its severity. */
  private standing(keys: PlaceKeys, tokens: readonly Shaped[]): Entry | null {
    const named = this.byKey.get(keys.key([], WRITTEN));
    const entry = named && current(named);
    if (!entry?.locked || fits(entry, inShape(entry, tokens))) return entry ?? null;
    const outside = this.byKey.get(keys.key([], BESIDE));
    return outside ? current(outside) : null;
  }

  /** A line fits `entry`: take in what its parameters look like and which digits its words have. */
  private note(entry: Entry, seen: readonly Shaped[]): Mined {
    if (entry.locked) return entry.matched;
    const tokens = widened(entry.tokens, inShape(entry, seen));
    if (tokens === entry.tokens) return entry.matched;
    const words = tokens.some((t, i) => t.kind === 'weak' && t.text !== entry.tokens[i]?.text);
    entry.tokens = tokens.map(detached);
    this.changes.widened(entry, words);
    return { kind: 'widened', template: entry.id, absorbed: [] };
  }

  /** Templates with `host:80` meet a line with a value in that place: they were this template all along. */
  private planReread(tokens: readonly Shaped[], keys: PlaceKeys): Union | null {
    const waiting = this.readings.get(keys.key([], READING)) ?? [];
    const found = [...new Set(waiting.map(current))]
      .filter((e) => e.tokens.length !== tokens.length && !e.locked && e.phrase === null)
      .map((entry) => ({ entry, read: otherReading(entry.tokens, true) ?? [] }))
      // what has been widened since may mean more than this line
      .filter(({ read }) => read.length === tokens.length && read.every((t, i) => t.hash === tokens[i]?.hash))
      .sort((a, b) => a.entry.id - b.entry.id);
    if (!found.length) return null;
    const members = found.map(({ entry }) => entry);
    const wide = found.reduce<readonly Shaped[]>((own, { read }) => widened(own, read), tokens);
    return { members, tokens: wide.map(detached), keys, mask: null };
  }

  /** All templates that differ at `found.at` only become the oldest of them, with parameters there. */
  private plan({ entries, at }: Found): Union | null {
    const [oldest] = [...entries].sort((a, b) => a.id - b.id);
    if (!oldest) return null;
    const { length } = oldest.tokens;
    const mask = [...new Set([...entries.flatMap((e) => e.parameters), ...at])].sort((a, b) => a - b);
    const masks = this.masks.get(length);
    if (masks && !masks.has(mask.join()) && masks.size >= MAX_MASKS_PER_LENGTH) return null;

    const keys = new PlaceKeys(withParameters(oldest.tokens, mask));
    const key = keys.key([], merged(oldest.severity));
    const covered = [...(this.byLength.get(length) ?? [])].filter(
      (e) => !e.locked && e.severity === oldest.severity && e.keys.key(mask, merged(e.severity)) === key,
    );
    if (covered.length < 2 || this.byKey.get(key)?.locked) return null;
    const members = covered.sort((a, b) => a.id - b.id);
    const [phrase = null, another] = phrasesOf(members);
    if (another !== undefined) return null;
    const whole = phrase === null || mask.includes(phrase) ? mask : [...mask, phrase].sort((a, b) => a - b);
    return { members, tokens: united(members, mask), keys, mask: whole };
  }

  /** A template with one word where `entry` has a name of several: the word was a name too. */
  private knownFrame(entry: Entry): Phrase | null {
    for (const { at, length } of phrasesIn(entry.tokens)) {
      const masks = this.masks.get(entry.tokens.length - length + 1);
      if (!masks?.has(String(at))) continue;
      const named = this.byKey.get(
        new PlaceKeys(joined(entry.tokens, at, length)).key([], merged(entry.severity)),
      );
      const known = named && current(named);
      if (known && known !== entry && !known.locked) return { entries: [known, entry], at };
    }
    return null;
  }

  /** Templates that differ in a phrase only, whatever its length, become the oldest of them. */
  private planPhrase({ entries, at }: Phrase): Union | null {
    const members = standing(entries).filter((e) => !e.locked);
    const known = entries.find((e) => !e.into && !e.locked);
    if (!known) return null;
    // of a member that stands as it was made, what is around the phrase
    const other = entries.find((e) => !e.into && e.tokens.length !== known.tokens.length);
    const length = other && phraseLength(known.tokens, other.tokens, at);
    if (!length) return null;
    const single = joined(known.tokens, at, length);
    const mask = [at];
    const covered = new Set<Entry>();
    for (let words = 1; words <= MAX_PHRASE; words++) {
      const wide = stretched(single, mask, at, words);
      const keys = new PlaceKeys(wide.tokens);
      const key = keys.key([], merged(known.severity));
      const masks = this.masks.get(wide.tokens.length);
      if (masks && !masks.has(wide.mask.join()) && masks.size >= MAX_MASKS_PER_LENGTH) return null;
      if (this.byKey.get(key)?.locked) return null;
      for (const e of this.byLength.get(wide.tokens.length) ?? [])
        if (
          !e.locked &&
          e.severity === known.severity &&
          e.keys.key(wide.mask, merged(e.severity)) === key &&
          isPhrase(e.tokens, at, words)
        )
          covered.add(e);
    }
    if (covered.size < 2 || members.length < 2) return null;
    const all = [...covered].sort((a, b) => a.id - b.id);
    if (phrasesOf(all).some((other) => other !== at)) return null;
    const shape = { tokens: single, phrase: at };
    const tokens = all
      .map((e) => inShape(shape, e.tokens))
      .reduce(widened, shape.tokens)
      .map(detached);
    return { members: all, tokens, keys: new PlaceKeys(tokens), mask, phrase: at };
  }

  /** Makes the members one template; the absorbed point to the oldest from now on. */
  private unite({ members, tokens, keys, mask, phrase }: Union): Entry {
    const [survivor, ...rest] = members;
    if (!survivor) throw new RangeError('nothing to unite');
    const { severity } = survivor;
    for (const entry of members) this.leave(entry);
    if (mask) {
      if (phrase === undefined) this.places.learn(members, mask);
      const masks = this.masks.get(tokens.length) ?? new Map<string, readonly number[]>();
      masks.set(mask.join(), masks.get(mask.join()) ?? mask);
      this.masks.set(tokens.length, masks);
    } else this.readings.delete(keys.key([], READING));
    this.byKey.set(keys.key([], mask ? merged(severity) : WRITTEN), survivor);
    for (const entry of rest) {
      survivor.lines += entry.lines;
      entry.into = survivor;
    }
    const stretch = phrase ?? phrasesOf(members)[0] ?? null;
    survivor.phrase = stretch;
    survivor.parameters = mask ?? [];
    survivor.tokens = tokens;
    survivor.keys = keys;
    this.list(survivor);
    this.stretch(survivor);
    // a line remembered elsewhere might be found here first if it were searched anew
    const isFound = this.stretchedTo.has(tokens.length) || survivor.phrase !== null;
    if (!mask || isFound || hasOtherReading(tokens) || this.overlapsAnother(survivor))
      this.forgetSignatures();
    const ids = members.map((e) => e.id);
    survivor.steps.push(
      mask && phrase !== undefined
        ? {
            seq: this.seq++,
            kind: 'phrase',
            members: ids,
            tokens: tokens.map(tokenToText),
            mask: [...mask],
            at: phrase,
          }
        : mask
          ? { seq: this.seq++, kind: 'merge', members: ids, mask: [...mask] }
          : { seq: this.seq++, kind: 'reread', members: ids, tokens: tokens.map(tokenToText) },
    );
    this.changes.absorbed(survivor, rest);
    return survivor;
  }
  /** Lines with more words in the phrase find their template too. */
  private stretch(entry: Entry): void {
    if (entry.phrase === null) return;
    for (let words = 2; words <= MAX_PHRASE; words++) {
      const { tokens, mask } = stretched(entry.tokens, entry.parameters, entry.phrase, words);
      const masks = this.masks.get(tokens.length) ?? new Map<string, readonly number[]>();
      if (!masks.has(mask.join()) && masks.size >= MAX_MASKS_PER_LENGTH) continue;
      masks.set(mask.join(), masks.get(mask.join()) ?? mask);
      this.masks.set(tokens.length, masks);
      this.byKey.set(new PlaceKeys(tokens).key([], merged(entry.severity)), entry);
      this.stretchedTo.add(tokens.length);
    }
  }
  private overlapsAnother(entry: Entry): boolean {
    for (const peer of this.byLength.get(entry.tokens.length) ?? [])
      if (peer !== entry && overlap(peer.tokens, entry.tokens)) return true;
    return false;
  }
  private leave(entry: Entry): void {
    this.places.forget(entry);
    this.byLength.get(entry.tokens.length)?.delete(entry);
  }
  private further(entry: Entry): Found | null {
    const peers = this.byLength.get(entry.tokens.length) ?? [];
    return this.places.watch(entry, []) ?? this.places.gather(entry, peers);
  }
  /** After a union: looks whether the wider template takes in more, until it does not. */
  private follow(first: Entry): Mined {
    const absorbed: number[] = [];
    let entry = first;
    for (;;) {
      const step = entry.steps.at(-1);
      if (step && step.kind !== 'lock') absorbed.push(...step.members);
      const found = this.further(entry);
      const phrase = found ? null : this.frames.around(entry);
      const union = found ? this.plan(found) : phrase && this.planPhrase(phrase);
      if (!union?.members.includes(entry)) break;
      entry = this.unite(union);
    }
    const { id } = entry;
    return { kind: 'widened', template: id, absorbed: [...new Set(absorbed)].filter((a) => a !== id) };
  }

  private setLocked(entry: Entry, locked: boolean): void {
    if (entry.locked === locked) return;
    this.applyLock(entry, locked);
    entry.steps.push({ seq: this.seq++, kind: 'lock', locked });
    this.changes.touch(entry);
  }
  private applyLock(entry: Entry, locked: boolean): void {
    entry.locked = locked;
    if (entry.origin !== 'line') return;
    if (locked) this.places.forget(entry);
    else this.places.watch(entry, []);
  }
  /** The lines of a split template go to the one made for their value, which may be split again. */
  private sortOut(base: Entry, content: string): Mined {
    let entry = base;
    for (let depth = 0; entry.splits && depth < MAX_SPLIT_DEPTH; depth++) {
      const { splits } = entry;
      const parts = this.partsOf(entry.id);
      const split = splits.find((s) => valueIn(parts, s.parameter, content, content) === s.value);
      if (!split) break;
      entry = this.entry(split.to);
    }
    entry.lines++;
    return entry.matched;
  }

  /** Does again, in their order, the steps by which the saved templates came to be; nothing is decided anew. */
  private restore(saved: readonly SavedEntry[]): void {
    for (const { entry: own, step } of inOrder(saved)) {
      if (!step) {
        const tokens = own.born.map(tokenFromText);
        const { severity, origin } = own;
        const entry = this.create({ tokens, keys: new PlaceKeys(tokens), severity, origin, saved: own });
        if (origin === 'line') {
          this.enlist(entry);
          this.frames.watch(entry);
        } else if (origin === 'catch-all') this.catchAll = entry;
        continue;
      }
      const entry = this.entries[own.id - 1];
      if (!entry) continue;
      if (step.kind === 'lock') {
        this.applyLock(entry, step.locked);
        entry.steps.push(step);
        continue;
      }
      const members = step.members.flatMap((id) => this.entries[id - 1] ?? []);
      const mask = step.kind === 'reread' ? null : step.mask;
      const phrase = step.kind === 'phrase' ? { phrase: step.at } : {};
      const tokens = step.kind === 'merge' ? united(members, step.mask) : step.tokens.map(tokenFromText);
      this.seq = step.seq;
      this.further(this.unite({ members, tokens, keys: new PlaceKeys(tokens), mask, ...phrase }));
    }
    for (const own of saved) {
      const entry = this.entries[own.id - 1];
      if (entry && !entry.into) entry.tokens = asKept(entry.tokens, own.parts);
      this.seq = Math.max(this.seq, own.lastSeq + 1);
    }
    this.changes.take();
  }
}

const MAX_SPLIT_DEPTH = 16;

const phrasesOf = (entries: readonly Entry[]): number[] => [
  ...new Set(entries.flatMap((e) => (e.phrase === null ? [] : [e.phrase]))),
];

/** How many tokens of `a` are the phrase at `at`, in which alone `b` differs; 0: they differ elsewhere. */
function phraseLength(a: readonly Shaped[], b: readonly Shaped[], at: number): number {
  const least = Math.min(a.length, b.length) - at - 1;
  let same = 0;
  while (same < least && a[a.length - 1 - same]?.hash === b[b.length - 1 - same]?.hash) same++;
  const isSameBefore = a.slice(0, at).every((t, i) => t.hash === b[i]?.hash);
  const length = a.length - same - at;
  return isSameBefore && length <= MAX_PHRASE ? length : 0;
}

const withParameters = (tokens: readonly Shaped[], mask: readonly number[]): Shaped[] =>
  tokens.map((t, i) => (mask.includes(i) && t.kind !== 'parameter' ? parameter('text', t.gap) : t));
/** `own` as it must be to cover `seen`; `own` itself when it does. */
function widened(own: readonly Shaped[], seen: readonly Shaped[]): readonly Shaped[] {
  let isWider = false;
  const tokens = own.map((token, i) => {
    const wide = widen(token, seen[i]);
    if (wide !== token) isWider = true;
    return wide;
  });
  return isWider ? tokens : own;
}
const united = (members: readonly Entry[], mask: readonly number[]): readonly Shaped[] =>
  members.map((e): readonly Shaped[] => withParameters(e.tokens, mask)).reduce(widened);
/** Whether a locked template covers a line of its key without change. */
const fits = (entry: Entry, tokens: readonly Shaped[]): boolean =>
  entry.tokens.every((own, i) => own.kind !== 'weak' || widen(own, tokens[i]) === own);
/** Whether some line may be of both. */
const overlap = (a: readonly Shaped[], b: readonly Shaped[]): boolean =>
  a.every((own, i) => own.kind === 'parameter' || b[i]?.kind === 'parameter' || own.hash === b[i]?.hash);
/** The tokens with `value` in place of parameter number `place`. */
function splitParts(tokens: readonly Shaped[], place: number, value: string): Shaped[] {
  let n = -1;
  return tokens.map((token) => {
    if (token.kind === 'parameter') n++;
    if (token.kind !== 'parameter' || n !== place) return token;
    const hash = hashOfToken('quoted', value);
    return { kind: 'quoted', text: value, type: 'text', gap: token.gap, hash, start: 0, end: 0 };
  });
}
