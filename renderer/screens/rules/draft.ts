import type { Rules } from '../../../main/placement/contract/placement.ts';

type Flat = ReadonlyMap<string, string>;
const flatten = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
    : [[path, JSON.stringify(value)]];

/** The names of the rules that differ, e.g. `switchMinutes.farSite`, in the order of the form. */
export function changedRules(before: Rules, after: Rules): string[] {
  const old: Flat = new Map(flatten(before));
  return flatten(after).flatMap(([path, value]) => (old.get(path) === value ? [] : [path]));
}
