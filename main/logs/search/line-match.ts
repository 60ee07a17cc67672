import { AppError } from '../../kernel/errors.ts';
import { parametersOf } from '../mine/align-parameters.ts';
import type { LineKind, Lines } from '../store/lines.ts';
import { LEVEL_ORDER } from '../store/records.ts';
import type { Level, Part } from '../types.ts';
import { type Needed, parseWords, WordMatcher } from './words.ts';

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

/** What a line must be, as plain data that crosses to the search thread. Absent: anything. Templates with their families. */
export type MatchSpec = {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly services?: readonly string[] | undefined;
  /** '' for none */
  readonly levels?: readonly (Level | '')[] | undefined;
  readonly templates?: readonly number[] | undefined;
  readonly notTemplates?: readonly number[] | undefined;
  readonly text?: string | undefined;
  readonly regex?: string | undefined;
  readonly fields?: readonly FieldSpec[] | undefined;
  readonly ids?: readonly number[] | undefined;
};
export type FieldSpec = {
  readonly key: string;
  readonly value: string;
  readonly not: boolean;
  /** for a parameter of a template: which, of lines under these numbers, and the template's parts */
  readonly parameter?: {
    readonly index: number;
    readonly templates: readonly number[];
    readonly parts: readonly Part[];
  };
};

/** A spec made ready to be asked of many lines. */
export class LineMatch {
  readonly from: number;
  readonly to: number;
  readonly must: readonly WordMatcher[];
  readonly mustNot: readonly WordMatcher[];
  readonly ids: ReadonlySet<number> | null;
  /** in a block's filter all of them must be */
  readonly hashes: readonly Needed[];
  private readonly services: ReadonlySet<string> | null;
  private readonly levels: number;
  private readonly templates: ReadonlySet<number> | null;
  private readonly notTemplates: ReadonlySet<number>;
  private readonly regex: RegExp | null;
  private readonly fields: readonly FieldSpec[];

  /** @throws AppError `logs.bad-regex` */
  constructor(spec: MatchSpec) {
    this.from = spec.from ?? Number.NEGATIVE_INFINITY;
    this.to = spec.to ?? Number.POSITIVE_INFINITY;
    this.services = spec.services ? new Set(spec.services) : null;
    this.levels = spec.levels
      ? spec.levels.reduce((mask, level) => mask | (1 << LEVEL_ORDER.indexOf(level === '' ? null : level)), 0)
      : 127;
    this.templates = spec.templates ? new Set(spec.templates) : null;
    this.notTemplates = new Set(spec.notTemplates);
    this.ids = spec.ids ? new Set(spec.ids) : null;
    this.fields = spec.fields ?? [];
    this.regex = spec.regex ? compileRegex(spec.regex) : null;
    const words = spec.text ? parseWords(spec.text).map((word) => new WordMatcher(word)) : [];
    this.must = words.filter((w) => !w.word.not);
    this.mustNot = words.filter((w) => w.word.not);
    this.hashes = this.must.flatMap((w) => w.hashes);
  }
  /** By what lines have in common alone. */
  allowsKind({ template, level, service }: LineKind): boolean {
    if (this.templates && !this.templates.has(template)) return false;
    if (this.notTemplates.has(template)) return false;
    if (!(this.levels & (1 << level))) return false;
    return !this.services || this.services.has(service ?? '');
  }
  get looksAtLines(): boolean {
    return this.regex !== null || this.fields.length > 0;
  }
  /** What the text itself must be like, words apart. */
  allowsLine(lines: Lines, row: number, text: string): boolean {
    if (this.regex && !this.regex.test(text)) return false;
    return this.fields.every((field) => {
      const value = field.parameter
        ? parameterValue(field.parameter, lines.kinds[lines.kindOf[row] as number]?.template ?? 0, text)
        : fieldOf(
            field.key,
            text,
            () => lines.host(row),
            () => lines.attributes(row),
          );
      return (value === field.value) !== field.not;
    });
  }
}

function parameterValue(
  parameter: NonNullable<FieldSpec['parameter']>,
  template: number,
  text: string,
): string | null {
  if (!parameter.templates.includes(template)) return null;
  const span = parametersOf(parameter.parts, text)[parameter.index];
  return span && span[1] > 0 ? text.slice(span[0], span[1]) : null;
}

/** @throws AppError `logs.bad-regex` with what is wrong with it */
export function compileRegex(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (strict) {
    try {
      // \- and the like, which people write and the strict syntax refuses
      return new RegExp(pattern);
    } catch {
      const detail =
        strict instanceof Error ? strict.message.replace(/^Invalid regular expression: /, '') : '';
      throw new AppError('logs.bad-regex', { detail }, { cause: strict });
    }
  }
}
