import type { Chance } from './random.ts';

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
export type Kind = {
  readonly service: string;
  readonly level: LogLevel;
  /** relative frequency */
  readonly weight: number;
  readonly screen: string;
  readonly action: string;
  /** typical duration in ms */
  readonly ms: number;
  readonly error?: string;
  readonly message: (draw: Draw) => string;
};
/** Draws that belong to one line. */
export type Draw = {
  readonly id: (digits: number) => string;
  readonly int: (low: number, high: number) => number;
  readonly ms: number;
  readonly user: string;
  readonly batch: string;
};

const kind = (
  service: string,
  level: LogLevel,
  weight: number,
  [screen, action, ms]: readonly [string, string, number],
  message: Kind['message'],
  error?: string,
): Kind => ({ service, level, weight, screen, action, ms, message, ...(error ? { error } : {}) });

/** Everyday traffic, Japanese and English as the services grew. */
export const NORMAL: readonly Kind[] = [
  kind(
    'web-entry',
    'INFO',
    30,
    ['entry', 'save', 180],
    (d) => `エントリを保存しました 伝票=${d.id(10)} ${d.ms}ms`,
  ),
  kind(
    'web-entry',
    'INFO',
    22,
    ['entry', 'open', 90],
    (d) => `画面を開きました user=${d.user} 所要=${d.ms}ms`,
  ),
  kind(
    'web-entry',
    'INFO',
    8,
    ['correction', 'save', 240],
    (d) => `補正を確定しました 伝票=${d.id(10)} 差異=${d.int(1, 4)}件`,
  ),
  kind(
    'web-entry',
    'DEBUG',
    6,
    ['entry', 'draft', 40],
    (d) => `draft kept for ${d.user}, ${d.int(3, 40)} fields`,
  ),
  kind(
    'ocr-engine',
    'INFO',
    14,
    ['-', 'recognize', 620],
    (d) => `page ${d.id(8)} recognized in ${d.ms} ms, confidence 0.${d.int(81, 99)}`,
  ),
  kind(
    'ocr-engine',
    'WARN',
    1,
    ['-', 'recognize', 900],
    (d) => `low confidence 0.${d.int(40, 69)} on page ${d.id(8)}, sent to correction`,
  ),
  kind(
    'db-main',
    'INFO',
    10,
    ['-', 'query', 25],
    (d) => `query finished in ${d.ms} ms, ${d.int(1, 200)} rows`,
  ),
  kind(
    'db-main',
    'DEBUG',
    3,
    ['-', 'checkpoint', 400],
    (d) => `checkpoint complete: wrote ${d.int(100, 900)} buffers in ${d.ms} ms`,
  ),
  kind(
    'batch-import',
    'INFO',
    3,
    ['-', 'import', 3200],
    (d) => `一括取込が完了しました batch=${d.batch} ${d.int(20, 240)}件`,
  ),
  kind('auth', 'INFO', 4, ['login', 'login', 120], (d) => `ログインしました user=${d.user}`),
  kind(
    'auth',
    'WARN',
    0.4,
    ['login', 'login', 80],
    (d) => `パスワードが違います user=${d.user} ${d.int(1, 3)}回目`,
  ),
  kind(
    'image-store',
    'INFO',
    10,
    ['entry', 'image', 60],
    (d) => `served image ${d.id(12)} (${d.int(40, 900)} kB) in ${d.ms} ms`,
  ),
  kind('image-store', 'DEBUG', 2, ['-', 'cache', 5], (d) => `cache hit ratio 0.${d.int(86, 98)}`),
];
/** Errors seen on every day; they come and go by themselves. */
export const KNOWN_ERRORS: readonly Kind[] = [
  kind(
    'web-entry',
    'ERROR',
    3,
    ['entry', 'save', 400],
    (d) => `入力チェックエラー: 郵便番号の桁数が不正です 伝票=${d.id(10)}`,
    'E1001',
  ),
  kind(
    'web-entry',
    'ERROR',
    1,
    ['entry', 'save', 300],
    (d) => `他の利用者が更新済みです 伝票=${d.id(10)} user=${d.user}`,
    'E1009',
  ),
  kind(
    'ocr-engine',
    'ERROR',
    2,
    ['-', 'recognize', 1500],
    (d) => `page ${d.id(8)} skewed by ${d.int(4, 11)} degrees, recognition skipped`,
    'OCR-207',
  ),
  kind(
    'image-store',
    'ERROR',
    1,
    ['entry', 'image', 2000],
    (d) => `image ${d.id(12)} not found, retry ${d.int(1, 3)} of 3`,
    'IMG-404',
  ),
  kind(
    'auth',
    'ERROR',
    1,
    ['login', 'refresh', 60],
    (d) => `session expired for ${d.user}, signed out`,
    'AUTH-12',
  ),
];
/** The lines of a system incident: what goes wrong, what follows, and that it is over. */
export const OUTAGE_ERROR: Kind = kind(
  'db-main',
  'ERROR',
  0,
  ['entry', 'save', 30_000],
  (d) => `connection pool timeout after ${d.ms} ms, ${d.int(48, 64)} waiting`,
  'DB-TIMEOUT',
);
export const OUTAGE_EFFECTS: readonly Kind[] = [
  kind(
    'web-entry',
    'ERROR',
    0,
    ['entry', 'save', 30_500],
    (d) => `保存に失敗しました: DB応答なし 伝票=${d.id(10)} ${d.ms}ms`,
    'E5003',
  ),
  kind(
    'web-entry',
    'WARN',
    0,
    ['entry', 'save', 8_200],
    (d) => `保存に時間がかかっています user=${d.user} ${d.ms}ms`,
    'E5001',
  ),
];
export const OUTAGE_OVER: Kind = kind(
  'db-main',
  'INFO',
  0,
  ['-', 'pool', 12],
  (d) => `connection pool recovered, ${d.int(20, 40)} idle`,
);

const WHAT = [
  'frame',
  'tray',
  'lease',
  'cursor',
  'slab',
  'journal',
  'manifest',
  'shard',
  'waveform',
  'quorum',
] as const;
const STATE = [
  'DRAIN_WAIT',
  'HALF_OPEN',
  'REWIND',
  'ORPHANED',
  'STALE_EPOCH',
  'SPLIT',
  'UNSEALED',
  'LIMBO',
] as const;
const PROBLEM_JA = [
  '想定外の分岐に到達しました',
  '整合性が取れません',
  '値が循環しています',
  '戻り値がありません',
] as const;
/** An error nobody has seen before: its words are put together for this one occasion. */
export function unknownError(chance: Chance, ...key: readonly (number | string)[]): Kind {
  const service = chance.pick(['web-entry', 'ocr-engine', 'batch-import', 'image-store'], ...key, 'service');
  const what = chance.pick(WHAT, ...key, 'what');
  const state = chance.pick(STATE, ...key, 'state');
  const other = chance.pick(WHAT, ...key, 'other');
  const japanese = chance.share(...key, 'lang') < 0.5;
  const problem = chance.pick(PROBLEM_JA, ...key, 'problem');
  const code = `X${chance.hex(4, ...key, 'code')}`;
  return kind(
    service,
    'ERROR',
    0,
    ['-', what, 700],
    (d) =>
      japanese
        ? `${problem} ${what}/${other} 状態=${state} 位置=${d.int(1, 9999)}`
        : `unexpected ${state} of ${what} ${d.int(1, 9999)} while reading ${other}`,
    code,
  );
}
