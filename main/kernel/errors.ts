/**
 * Errors as values: a code, a human sentence and the next step in both languages.
 * Pure, so the renderer and the CLI word the same error the same way.
 */
import { APP_ERRORS } from './errors/app.ts';
import { COMPANY_ERRORS } from './errors/company.ts';
import { FORECAST_ERRORS } from './errors/forecast.ts';
import { KNOWLEDGE_ERRORS } from './errors/knowledge.ts';
import { LOG_ERRORS } from './errors/logs.ts';
import { MEASURE_ERRORS } from './errors/measures.ts';
import { MODEL_FILE_ERRORS } from './errors/model-files.ts';
import { MODEL_ERRORS } from './errors/models.ts';
import type { ErrorText, Lang } from './errors/types.ts';
import { WORK_ERRORS } from './errors/work.ts';

export type { Lang } from './errors/types.ts';

/** Every error a person can meet, by room. `{name}` is filled from the error's params. */
export const ERRORS = {
  ...APP_ERRORS,
  ...COMPANY_ERRORS,
  ...WORK_ERRORS,
  ...LOG_ERRORS,
  ...MODEL_FILE_ERRORS,
  ...MODEL_ERRORS,
  ...KNOWLEDGE_ERRORS,
  ...FORECAST_ERRORS,
  ...MEASURE_ERRORS,
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An expected failure. The message is for logs; people read `wordError`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.code = code;
    this.params = params;
  }
}

/** A person stopped it. Not an error: never shown as one. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** What is kept or sent of an error. */
export type Failure = { readonly code: ErrorCode; readonly params: ErrorParams };
/** Expected errors pass through; anything else becomes `internal` with its cause kept. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });
export const failureOf = (thrown: unknown): Failure => {
  const { code, params } = toAppError(thrown);
  return { code, params };
};

/** written with their thousands apart: bytes of a model run to ten digits */
const AMOUNTS: ReadonlySet<string> = new Set(['need', 'have', 'free', 'at']);
/** `{name}` takes what the params have for the language (`name.ja`), else `name`. */
const fill = (text: string, params: ErrorParams, lang: Lang): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[`${name}.${lang}`] ?? params[name];
    return typeof value === 'number' && AMOUNTS.has(name)
      ? value.toLocaleString('en')
      : String(value ?? whole);
  });

/** What was looked for is told with the kind of thing it is. */
const THINGS: Readonly<Record<string, string>> = {
  anomaly: '異常',
  cluster: 'グループ',
  incident: '障害',
  index: '索引',
  model: 'モデル',
  remedy: '対処',
  template: 'ログパターン',
};
const named = (params: ErrorParams): ErrorParams => ({
  ...params,
  what: String(params['what'] ?? '').replace(/^([a-z]+) (?=\S)/, (whole, thing: string) =>
    THINGS[thing] ? `${THINGS[thing]} ` : whole,
  ),
});

/** The sentence and the next step, in one language. */
export function wordError(
  error: { readonly code: ErrorCode; readonly params: ErrorParams },
  lang: Lang,
): { say: string; next: string } {
  const text = ERRORS[error.code];
  const params = lang === 'ja' && error.code === 'not-found' ? named(error.params) : error.params;
  return { say: fill(text.say[lang], params, lang), next: fill(text.next[lang], params, lang) };
}
