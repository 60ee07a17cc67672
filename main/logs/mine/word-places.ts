import { PARAMETER_WEIGHT } from './config.ts';
import type { Entry } from './entry.ts';
import type { PlaceKeys } from './place-keys.ts';
import { isName, weighWord } from './weigh-word.ts';

/** Templates that differ at `at` only, with words enough there to make it a parameter. */
export type Found = { readonly entries: readonly Entry[]; readonly at: readonly number[] };
type Place = {
  /** by the word that stands there */
  readonly members: Map<number, Entry>;
  weight: number;
  readonly at: number;
};
type Watched = { readonly at: number; readonly weight: number; readonly word: number };

/** The template like the one of `keys`, as written, with values at some places. */
type Written = (keys: PlaceKeys, at: readonly number[]) => Entry | undefined;
/** The same among those that have parameters made by merging, exactly at `at`. */
type Made = (keys: PlaceKeys, at: readonly number[], severity: number) => Entry | undefined;

/** Words of a template that are watched for becoming parameters, and parameters of a mask with which one more is looked for. */
const MAX_WATCHED = 24;
const MAX_HOLES = 5;
const ENOUGH = 0.999;

const placeSalt = (at: number, severity: number): number => ((at + 1) << 4) | severity;
/** Which words have been seen in the same place of otherwise equal templates. */
export class WordPlaces {
  private readonly written: Written;
  private readonly made: Made;
  /** most places are one template's alone: then it stands there itself, which takes far less room */
  private readonly places = new Map<number, Place | Entry>();
  /** words that were values in some place: likely ones elsewhere too */
  private readonly values = new Set<number>();

  constructor(written: Written, made: Made) {
    this.written = written;
    this.made = made;
  }

  /**
   * Enters `entry`'s words; the first place with enough of them is found. `masks`: parameters that others of its length have; where
   * one of them is equal but for those parameters and one word, that word counts as well.
   */
  watch(entry: Entry, masks: Iterable<readonly number[]>): Found | null {
    let found: Found | null = null;
    const watched = watchedIn(entry);
    for (const own of watched) {
      const place = this.enter(entry, own);
      if (!found && place && this.isFull(place))
        found = { entries: [...place.members.values()], at: [own.at] };
    }
    for (const mask of masks)
      for (const own of mask.length <= MAX_HOLES ? watched : []) {
        if (mask.includes(own.at)) continue;
        const places = [...mask, own.at];
        const valued =
          !found && own.weight + PARAMETER_WEIGHT > ENOUGH && this.made(entry.keys, places, entry.severity);
        if (valued) found = { entries: [entry, valued], at: [own.at] };
        const place = this.place(entry.keys.key(places, placeSalt(own.at, entry.severity)), own.at);
        if (!place) continue;
        add(place, own, entry);
        if (!found && this.isFull(place)) found = { entries: [...place.members.values()], at: [own.at] };
      }
    return found;
  }

  /** `members` become one template with parameters at `mask`: the words that stood there are values. */
  learn(members: readonly Entry[], mask: readonly number[]): void {
    for (const { tokens } of members)
      for (const at of mask) {
        const token = tokens[at];
        if (token?.kind === 'word' && isName(token.text)) this.values.add(token.hash);
      }
  }
  /** A word that is a value elsewhere counts twice. */
  private isFull(place: Place): boolean {
    const { members, weight, at } = place;
    if (weight > ENOUGH) return true;
    if (members.size < 2 || 2 * weight <= ENOUGH) return false;
    let more = 0;
    for (const [word, { tokens }] of members) if (this.values.has(word)) more += weighWord(tokens, at);
    return weight + more > ENOUGH;
  }

  /** `entry` has new parameters: `peers` that are equal but for them and one word count where `entry` has that word. */
  gather(entry: Entry, peers: Iterable<Entry>): Found | null {
    const watched = watchedIn(entry);
    for (const peer of peers) {
      if (peer === entry || peer.severity !== entry.severity) continue;
      for (const { at } of watched) {
        const salt = placeSalt(at, entry.severity);
        const key = entry.keys.key([at], salt);
        const place =
          peer.keys.key([...entry.parameters, at], salt) === key ? this.place(key, at) : undefined;
        const weight = place ? weighWord(peer.tokens, at) : 0;
        if (!place || weight === 0) continue;
        add(place, { at, weight, word: peer.tokens[at]?.hash ?? 0 }, peer);
        if (this.isFull(place)) return { entries: [...place.members.values()], at: [at] };
      }
    }
    return null;
  }

  /** `entry` has a number or the like where others have a name: the name was a value too. `masks` as for `watch`. */
  joinNames(entry: Entry, masks: Iterable<readonly number[]>): Found | null {
    const others = [...masks].filter((mask) => mask.length <= MAX_HOLES);
    for (let at = 0; at < entry.tokens.length; at++) {
      if (entry.tokens[at]?.kind !== 'parameter') continue;
      for (const mask of [[], ...others]) {
        if (mask.includes(at)) continue;
        const place = this.place(entry.keys.key(mask, placeSalt(at, entry.severity)), at);
        if (!place) continue;
        place.weight += PARAMETER_WEIGHT;
        if (place.weight > ENOUGH) return { entries: [entry, ...place.members.values()], at: [at] };
      }
    }
    return null;
  }

  /** Takes out what `watch` entered; the entry's tokens must still be the same words. */
  forget(entry: Entry): void {
    const watched = watchedIn(entry);
    for (const { at, word, weight } of watched) {
      const key = entry.keys.key([at], placeSalt(at, entry.severity));
      const kept = this.places.get(key);
      if (kept === entry) this.places.delete(key);
      const place = kept && 'members' in kept ? kept : undefined;
      if (place?.members.get(word) !== entry) continue;
      place.members.delete(word);
      place.weight -= weight;
      if (place.members.size === 0) this.places.delete(key);
    }
  }

  /** Null while the place is this template's alone. */
  private enter(entry: Entry, own: Watched): Place | null {
    const { at } = own;
    const key = entry.keys.key([at], placeSalt(at, entry.severity));
    if (!this.places.has(key) && !this.written(entry.keys, [at])) {
      this.places.set(key, entry);
      return null;
    }
    let place = this.place(key, at);
    if (!place) {
      place = { members: new Map(), weight: PARAMETER_WEIGHT, at };
      this.places.set(key, place);
    }
    add(place, own, entry);
    return place;
  }
  private place(key: number, at: number): Place | undefined {
    const kept = this.places.get(key);
    if (!kept || 'members' in kept) return kept;
    const place: Place = { members: new Map(), weight: 0, at };
    add(place, wordAt(kept, at), kept);
    this.places.set(key, place);
    return place;
  }
}

function add(place: Place, { word, weight }: Watched, entry: Entry): void {
  if (place.members.has(word)) return;
  place.weight += weight;
  place.members.set(word, entry);
}
const wordAt = ({ tokens }: Entry, at: number): Watched => ({
  at,
  weight: weighWord(tokens, at),
  word: tokens[at]?.hash ?? 0,
});
function watchedIn({ tokens }: Entry): Watched[] {
  const watched: Watched[] = [];
  for (let at = 0; at < tokens.length && watched.length < MAX_WATCHED; at++) {
    const weight = weighWord(tokens, at);
    if (weight > 0) watched.push({ at, weight, word: tokens[at]?.hash ?? 0 });
  }
  return watched;
}
