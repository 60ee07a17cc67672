/** How container runtimes wrap a program's lines: CRI (`time stream F text`) and Docker's JSON. A long line comes in parts. */
import type { ParsedLine } from '../types.ts';

const CRI =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})) (?:stdout|stderr) ([FP])(?::\S+)? ?(.*)$/s;

type Wrapped = { readonly time: string; readonly content: string; readonly isPart: boolean };
export function wrapped(line: string): Wrapped | null {
  if (line.charCodeAt(0) === 123) {
    if (!line.startsWith('{"log":') && !/^\{.*"log":".*"stream":"std/s.test(line)) return null;
    try {
      const { log, stream, time } = JSON.parse(line) as { log?: unknown; stream?: unknown; time?: unknown };
      if (typeof log !== 'string' || typeof stream !== 'string' || typeof time !== 'string') return null;
      return { time, content: log.replace(/\r?\n$/, ''), isPart: !log.endsWith('\n') };
    } catch {
      return null; // cut off
    }
  }
  const found = CRI.exec(line);
  return found && { time: found[1] ?? '', content: found[3] ?? '', isPart: found[2] === 'P' };
}
/** One line, or the parts of one, a line each. */
export function unwrap(text: string): ParsedLine | null {
  const parts = text.split('\n').map((line) => wrapped(line.replace(/\r$/, '')));
  const [first] = parts;
  if (!first) return null;
  return { content: parts.map((part) => part?.content ?? '').join(''), time: first.time };
}
