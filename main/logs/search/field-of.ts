/** The value of a named field of a line: from its host, its attributes, its JSON, or `key=value` and `key: value` in the text; null: it has none. */
export function fieldOf(
  key: string,
  text: string,
  host: () => string | null,
  attributes: () => string,
): string | null {
  if (key === 'host') {
    const own = host();
    if (own !== null) return own;
  }
  const given = attributes();
  if (given) {
    const value = fromJson(given, key);
    if (value !== null) return value;
  }
  if (text.startsWith('{')) {
    const value = fromJson(text, key);
    if (value !== null) return value;
  }
  return fromPairs(text, key) ?? (key === 'pid' ? (/\[(\d+)\]/.exec(text)?.[1] ?? null) : null);
}

/** `a.b` is b of a, or the key `a.b` itself. */
function fromJson(json: string, key: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const own = valueAt(value, [key]) ?? valueAt(value, key.split('.'));
  if (own === undefined || own === null) return null;
  return typeof own === 'object' ? JSON.stringify(own) : String(own);
}
function valueAt(value: unknown, path: readonly string[]): unknown {
  let now = value;
  for (const step of path) {
    if (typeof now !== 'object' || now === null || !Object.hasOwn(now, step)) return undefined;
    now = (now as Record<string, unknown>)[step];
  }
  return now;
}

const NAME_CHAR = /[\p{L}\p{N}_.-]/u;
function fromPairs(text: string, key: string): string | null {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    if (at > 0 && NAME_CHAR.test(text.charAt(at - 1))) continue;
    const match = /^["']?(?:=|:\s?)("((?:[^"\\]|\\.)*)"|'[^']*'|[^\s,;|)\]}]*)/.exec(
      text.slice(at + key.length, at + key.length + 2000),
    );
    if (!match) continue;
    const [, value = '', quoted] = match;
    return quoted !== undefined
      ? quoted.replace(/\\(.)/g, '$1')
      : value.startsWith("'")
        ? value.slice(1, -1)
        : value;
  }
  return null;
}
