/** A format from one line on which a person has marked what is what. */

import { AppError } from '../../kernel/errors.ts';
import type { FormatMarks, OwnFormat } from '../contract/formats.ts';
import { compileFormat } from './formats.ts';

type Mark = FormatMarks['marks'][number];
const FIELDS = ['time', 'level', 'service', 'host', 'pid', 'content'] as const;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
/** What stands between two marks, so that other lines have it too: spaces, numbers and words may differ, signs and labels (`user=`) may not. */
function between(text: string): string {
  return text.replace(
    /(\s+)|(\d+)|([\p{L}_][\p{L}\p{N}_]*(?=[=:：]))|([\p{L}\p{N}_]+)|(.)/gsu,
    (...found) => {
      const [, spaces, digits, label, word, sign] = found as (string | undefined)[];
      if (spaces !== undefined) return '\\s+';
      if (digits !== undefined) return '\\d+';
      if (word !== undefined) return `[^\\s\\[\\](){}<>|,;:="']+`;
      return escaped(label ?? sign ?? '');
    },
  );
}
/** A value, as far as the sign that stands behind it. */
function patternOf({ field, start, end }: Mark, line: string): string {
  const next = line[end];
  if (field === 'time') return '(?<time>{stamp})';
  if (field === 'content') return next === undefined ? '(?<content>.*)' : '(?<content>.*?)';
  if (/\s/.test(line.slice(start, end))) return `(?<${field}>.+?)`;
  return next === undefined || /\s/.test(next) ? `(?<${field}>\\S+)` : `(?<${field}>[^\\s${escaped(next)}]+)`;
}

/**
 * The format that reads this line as it is marked, with the line as its sample.
 * @throws `logs.bad-format` where marks overlap, the message is not marked, or what is read is not what was marked
 */
export function formatFromMarks({ name, title, line, marks, level }: FormatMarks): OwnFormat {
  const bad = (detail: string): AppError => new AppError('logs.bad-format', { name, detail });
  const sorted = [...marks].sort((a, b) => a.start - b.start);
  let at = 0;
  let pattern = '^';
  for (const mark of sorted) {
    if (mark.start < at || mark.end <= mark.start || mark.end > line.length) throw bad(mark.field);
    pattern += between(line.slice(at, mark.start)) + patternOf(mark, line);
    at = mark.end;
  }
  if (!marks.some(({ field }) => field === 'content')) throw bad('content');
  // what nobody marked at the end may be anything behind the signs it begins with
  const rest = line.slice(at);
  const signs = /^[^\p{L}\p{N}]*/u.exec(rest)?.[0] ?? '';
  pattern += rest === '' ? '$' : `${between(signs)}${signs === rest ? '' : '.*'}$`;
  const word = sorted.find(({ field }) => field === 'level');
  const own = word && level !== null ? { words: { [line.slice(word.start, word.end)]: level } } : {};
  const file = { name, title: { ja: title, en: title }, patterns: [pattern], ...own };
  const read = compileFormat({ ...file, kind: 'pattern', rank: 1 }).parse(line);
  if (!read) throw bad(sorted.map(({ field }) => field).join(', '));
  for (const { field, start, end } of sorted) {
    const marked = line.slice(start, end);
    if (field === 'level' ? read.level === undefined : (read[field] ?? '') !== marked)
      throw bad(`${field}: ${JSON.stringify(marked)} ≠ ${JSON.stringify(read[field] ?? null)}`);
  }
  const { content, ...others } = read;
  const fields = Object.fromEntries(
    FIELDS.flatMap((field) =>
      field === 'content' || others[field] === undefined ? [] : [[field, others[field]]],
    ),
  );
  return { ...file, samples: [{ line, fields: { content, ...fields } }] };
}
