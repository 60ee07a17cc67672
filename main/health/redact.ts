const IP = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The text with each private value replaced by a placeholder such as `<person-3>`: the same value always by the same one. */
export function redact(text: string, values: Readonly<Record<string, readonly string[]>>): string {
  const kinds = new Map<string, string>();
  for (const [kind, all] of Object.entries(values))
    for (const value of all) if (value.trim().length > 1) kinds.set(value, kinds.get(value) ?? kind);
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  const stand = (kind: string, value: string): string => {
    const known = given.get(value);
    if (known) return known;
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    const placeholder = `<${kind}-${n}>`;
    given.set(value, placeholder);
    return placeholder;
  };
  // the longest first: a folder's file before the folder
  const longest = [...kinds.keys()].sort((a, b) => b.length - a.length);
  const known = longest.length ? new RegExp(longest.map(literal).join('|'), 'g') : null;
  const without = known ? text.replace(known, (value) => stand(kinds.get(value) ?? 'value', value)) : text;
  return without
    .replace(MAIL, (value) => stand('mail', value))
    .replace(IP, (value) => stand('address', value));
}
