/** Under which names programs say the same thing: keys of JSON and of pairs, elements of XML, columns of tables. */
import words from './words.json' with { type: 'json' };

export type Part = keyof typeof words.names;
const PARTS = Object.keys(words.names) as Part[];
const split = (text: string): string[] => (text === '' ? [] : text.split(' '));
const table = (from: Readonly<Record<Part, string>>): ReadonlyMap<Part, readonly string[]> =>
  new Map(PARTS.map((part) => [part, split(from[part])]));
const NAMES = table(words.names);
/** Parts of the names of columns: `イベント内容`, `Log Level`. */
const WITHIN = table(words.within);
/** Said deeper than usual: `jsonPayload.message`, `resource.labels.service_name`. */
const BELOW = table(words.below);

const KNOWN = new Map<string, string>();
/** Small letters, without what parts words; kept, as lines repeat their keys. */
export function keyOf(name: string): string {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase().replace(/[\s_-]/g, '');
  if (KNOWN.size < 5000) KNOWN.set(name, key);
  return key;
}

export type Values = ReadonlyMap<string, string>;
/** What is said under the names of a part, the most usual name first, then under names deeper than usual. */
export function saidOf(values: Values, part: Part): [key: string, value: string][] {
  const found: [string, string][] = [];
  for (const key of NAMES.get(part) ?? []) {
    const value = values.get(key);
    if (value !== undefined && value !== '') found.push([key, value]);
  }
  return found.length > 0 ? found : other(values, part);
}
export function pick(values: Values, part: Part): string | undefined {
  for (const key of NAMES.get(part) ?? []) {
    const value = values.get(key);
    if (value === undefined || value === '') continue;
    // a number names nobody, nor does an address
    if (part !== 'service' || !/^[\d.:]+(?::\w+)?$/.test(value)) return value;
  }
  return other(values, part)[0]?.[1];
}
/** Under names deeper than usual, or that hold a usual one. */
function other(values: Values, part: Part): [key: string, value: string][] {
  const found = below(values, part);
  if (found.length > 0 || part === 'time') return found;
  for (const [key, value] of values)
    if (value !== '' && (key.charCodeAt(0) > 127 ? namesColumn(key, part) : endsAs(key, part)))
      return [[key, value]];
  return found;
}
function below(values: Values, part: Part): [key: string, value: string][] {
  const names = BELOW.get(part) ?? [];
  const found: [string, string][] = [];
  let best = names.length;
  for (const [key, value] of values) {
    const dot = value === '' ? -1 : key.lastIndexOf('.');
    if (dot < 0) continue;
    const before = key.lastIndexOf('.', dot - 1);
    const rank = Math.max(names.indexOf(key.slice(dot + 1)), names.indexOf(key.slice(before + 1)));
    if (rank >= best || rank < 0) continue;
    best = rank;
    found[0] = [names[rank] ?? key, value];
  }
  return found;
}
/** `logmessage`: a name with another word before it. */
const endsAs = (key: string, part: Part): boolean =>
  (BELOW.get(part) ?? []).some((name) => name.length > 4 && key.endsWith(name));
/** Whether a key of its own names the part. */
export const isNamed = (values: Values, part: Part): boolean =>
  (NAMES.get(part) ?? []).some((key) => key.length > 1 && values.has(key));
/** How usual a name is for the part: 0 the most; those that only hold one of its names come last. */
export function rankOf(name: string, part: Part): number {
  const names = NAMES.get(part) ?? [];
  const rank = names.indexOf(keyOf(name));
  return rank < 0 ? names.length : rank;
}
/** Whether a column's name says that it is this part. */
export function namesColumn(name: string, part: Part): boolean {
  const key = keyOf(name);
  return (
    (NAMES.get(part) ?? []).includes(key) || (WITHIN.get(part) ?? []).some((within) => key.includes(within))
  );
}
