import type { ErrorText } from './types.ts';

/** Of log sources, lines and templates. */
export const LOG_ERRORS = {
  'logs.unreadable': {
    say: { ja: 'ログ {file} を読めません: {detail}', en: 'The log {file} cannot be read: {detail}' },
    next: {
      ja: 'ファイルの場所と権限、圧縮ファイルが壊れていないことを確認してください。',
      en: 'Check its path and permissions, and that a compressed file is whole.',
    },
    exit: 66,
  },
  'logs.archive': {
    say: {
      ja: '{file} は複数のファイルをまとめたもの (ZIP) なので、1つのファイルとしては読めません。',
      en: '{file} is an archive (ZIP) of several files and cannot be read as one.',
    },
    next: {
      ja: '展開してから指定するか、toride logs ingest で取り込んでください (ZIP のまま読めます)。',
      en: 'Unpack it first, or read it with toride logs ingest, which takes a ZIP as it is.',
    },
    exit: 65,
  },
  'logs.drop-unreadable': {
    say: {
      ja: '{file} を読み取れませんでした。移動か削除をされたか、書き込み中か、読む権限がありません ({detail})。',
      en: '{file} could not be read: it was moved, deleted or is being written to, or you may not read it ({detail}).',
    },
    next: {
      ja: 'もう一度ドロップしてください。書き込みが続くログは、「取り込み元」で場所を指定して追うと続きも読みます。',
      en: 'Drop it again. A log that is still written to is best followed by its path under “Sources”.',
    },
    exit: 66,
  },
  'logs.unwritable': {
    say: { ja: '{file} に書き込めません: {detail}', en: '{file} cannot be written: {detail}' },
    next: {
      ja: 'フォルダの権限と空き容量を確認してください。',
      en: "Check the folder's permissions and free space.",
    },
    exit: 74,
  },
  'logs.busy': {
    say: {
      ja: 'ログの取り込みは、起動中のもう一つの Toride が行っています。',
      en: 'Another running Toride is reading the logs.',
    },
    next: {
      ja: '起動中の Toride で操作するか、終了してからもう一度お試しください。',
      en: 'Do it there, or close it and try again.',
    },
    exit: 69,
  },
  'logs.paused': {
    say: { ja: '取り込み元「{name}」は一時停止中です。', en: 'The source “{name}” is paused.' },
    next: {
      ja: 'ログ画面の「取り込み元」で再開するか、toride logs ingest に --resume を付けて実行してください。',
      en: 'Resume it under Logs → Sources, or run toride logs ingest with --resume.',
    },
    exit: 69,
  },
  'logs.unknown-format': {
    say: { ja: '{name} というログの書式はありません。', en: 'There is no log format named {name}.' },
    next: { ja: '使える書式: {known}', en: 'Known formats: {known}' },
    exit: 64,
  },
  'logs.bad-regex': {
    say: {
      ja: '正規表現が正しくありません: {detail}',
      en: 'That regular expression is not valid: {detail}',
    },
    next: {
      ja: '式を直すか、言葉での検索に切り替えてください。',
      en: 'Correct it, or search by words instead.',
    },
    exit: 64,
  },
  'logs.slow-search': {
    say: {
      ja: 'この正規表現は計算が終わらないため、検索を打ち切りました。',
      en: 'The search was stopped: this regular expression takes too long.',
    },
    next: {
      ja: '(a+)+ のような繰り返しの入れ子を避けるか、期間やサービスで絞り込んでください。',
      en: 'Avoid repetitions inside repetitions such as (a+)+, or narrow it by time or service.',
    },
    exit: 75,
  },
  'logs.no-such-hole': {
    say: {
      ja: 'ログパターン {id} に {hole} 番目の可変部分はありません。',
      en: 'Log template {id} has no variable part number {hole}.',
    },
    next: {
      ja: 'パターンを開き直して、分ける箇所を選び直してください。',
      en: 'Reload the template and choose the part again.',
    },
    exit: 64,
  },
} as const satisfies Record<string, ErrorText>;
