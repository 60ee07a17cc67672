/**
 * Errors as values: a code, a human sentence and the next step in both languages.
 * Pure, so the renderer and the CLI word the same error the same way.
 */
import app from './errors/app.json' with { type: 'json' };
import backup from './errors/backup.json' with { type: 'json' };
import company from './errors/company.json' with { type: 'json' };
import forecast from './errors/forecast.json' with { type: 'json' };
import knowledge from './errors/knowledge.json' with { type: 'json' };
import logs from './errors/logs.json' with { type: 'json' };
import measures from './errors/measures.json' with { type: 'json' };
import modelFiles from './errors/model-files.json' with { type: 'json' };
import models from './errors/models.json' with { type: 'json' };
import policy from './errors/policy.json' with { type: 'json' };
import updates from './errors/updates.json' with { type: 'json' };
import work from './errors/work.json' with { type: 'json' };
import { fill, type Lang, type Params, type Words } from './words.ts';

export type { Lang } from './words.ts';

/** `exit` follows sysexits.h: 64 usage, 65 data, 66 no input, 69 unavailable, 70 internal, 74 I/O, 75 try again, 76 some tables, 77 rights, 78 config. */
type ErrorText = { readonly say: Words; readonly next: Words; readonly exit: number };
/** Every error a person can meet, by room. */
export const ERRORS = {
  ...app,
  ...backup,
  ...company,
  ...work,
  ...logs,
  ...modelFiles,
  ...models,
  ...knowledge,
  ...forecast,
  ...measures,
  ...policy,
  ...updates,
} satisfies Record<string, ErrorText>;

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
const apart = (params: ErrorParams): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' && AMOUNTS.has(name) ? value.toLocaleString('en') : value,
    ]),
  );

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
  const params = apart(lang === 'ja' && error.code === 'not-found' ? named(error.params) : error.params);
  return { say: fill(text.say, params, lang), next: fill(text.next, params, lang) };
}
