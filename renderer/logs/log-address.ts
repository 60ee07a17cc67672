/** Which lines, as an address of the explore screen: any screen can link to the lines behind what it shows. */
import { LEVELS, type LineFilter, type LogLevel, type SavedFilter } from '../../main/logs/contract/logs.ts';
import { href } from '../router.ts';
import { type TimeRange, writeRange } from '../stores/time-range.ts';

export type SearchMode = 'words' | 'regex' | 'meaning';
/** A filter without its time range, and how its text is meant. */
export type LogQuery = Omit<LineFilter, 'from' | 'to' | 'text' | 'regex'> & {
  readonly words?: string;
  readonly mode?: SearchMode;
};
type Query = Readonly<Record<string, string | null | undefined>>;

const join = (values: readonly (string | number)[] | undefined): string | null =>
  values ? values.map((value) => encodeURIComponent(value)).join(',') : null;
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const split = (text: string | null | undefined): string[] | undefined =>
  text === undefined || text === null ? undefined : text.split(',').map(decode);
const numbers = (text: string | null | undefined): number[] | undefined => {
  const found = split(text)?.map(Number).filter(Number.isSafeInteger);
  return found?.length ? found : undefined;
};
const isLevel = (text: string): text is LogLevel | '' =>
  text === '' || LEVELS.some((level) => level === text);
/** `key=value`, `!key=value` when it must not be */
const FIELD = /^(!?)([^=]{1,200})=(.*)$/s;

export function writeQuery(query: LogQuery): Record<string, string | null> {
  return {
    q: query.words || null,
    mode: query.mode && query.mode !== 'words' ? query.mode : null,
    sources: join(query.sources),
    services: join(query.services),
    // a lone '' (lines without a level) must not look like nothing
    levels: query.levels ? (join(query.levels.map((level) => level || '-')) ?? null) : null,
    templates: join(query.templates),
    not: join(query.notTemplates),
    fields: join(query.fields?.map(({ key, value, not }) => `${not ? '!' : ''}${key}=${value}`)),
    noise: query.noise ? '1' : null,
    marked: query.bookmarked ? '1' : null,
  };
}
export function readQuery(query: Query): LogQuery {
  const levels = split(query['levels'])
    ?.map((level) => (level === '-' ? '' : level))
    .filter(isLevel);
  const fields = split(query['fields'])?.flatMap((text) => {
    const [, not, key, value] = FIELD.exec(text) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value, not: not === '!' }];
  });
  const templates = numbers(query['templates']);
  const notTemplates = numbers(query['not']);
  const sources = split(query['sources']);
  const services = split(query['services']);
  const mode = query['mode'];
  return {
    ...(query['q'] ? { words: query['q'] } : {}),
    ...(mode === 'regex' || mode === 'meaning' ? { mode } : {}),
    ...(sources ? { sources } : {}),
    ...(services ? { services } : {}),
    ...(levels?.length ? { levels } : {}),
    ...(templates ? { templates } : {}),
    ...(notTemplates ? { notTemplates } : {}),
    ...(fields?.length ? { fields } : {}),
    ...(query['noise'] ? { noise: true } : {}),
    ...(query['marked'] ? { bookmarked: true } : {}),
  };
}
/** The engine's filter. In meaning mode the words are asked elsewhere and are no part of it. */
export function filterOf(
  query: LogQuery,
  bounds: { readonly from?: number; readonly to?: number },
): LineFilter {
  const { words, mode, ...rest } = query;
  const text = words?.trim();
  return {
    ...rest,
    ...bounds,
    ...(text && mode === 'regex' ? { regex: text } : {}),
    ...(text && mode === undefined ? { text } : {}),
  };
}
/** As it is kept under a name: what is asked by meaning is part of it. */
export function savedOf(
  query: LogQuery,
  bounds: { readonly from?: number; readonly to?: number },
): SavedFilter {
  const words = query.words?.trim();
  return {
    ...filterOf(query, bounds),
    ...(query.mode === 'meaning' && words ? { meaning: words } : {}),
  };
}
/** Of a saved search. */
export function queryOf(filter: SavedFilter): { readonly query: LogQuery; readonly range: TimeRange } {
  const { from, to, text, regex, meaning, ...rest } = filter;
  const words = regex ?? meaning ?? text;
  const mode = regex ? 'regex' : meaning ? 'meaning' : null;
  return {
    query: { ...rest, ...(words ? { words } : {}), ...(mode ? { mode } : {}) },
    range:
      from === undefined && to === undefined
        ? { kind: 'all' }
        : { kind: 'between', from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER },
  };
}
/** A link to lines; `line` opens that one. Without a range the shared one stays. */
export const linesHref = (query: LogQuery, range?: TimeRange, line?: number): string =>
  href('logs', 'explore', {
    ...writeQuery(query),
    range: range ? writeRange(range) : null,
    line: line === undefined ? null : String(line),
  });
