import { retry } from './next-steps.ts';
import type { ErrorText } from './types.ts';

/** Of the app itself: its engine, settings, data folder and commands. */
export const APP_ERRORS = {
  internal: {
    say: { ja: '内部エラーが発生しました。', en: 'Something went wrong inside Toride.' },
    next: {
      ja: '操作をやり直してください。続く場合は「アプリの記録」を保存して管理者に渡してください。',
      en: 'Try again. If it keeps happening, save the app log and hand it to your administrator.',
    },
    exit: 70,
  },
  'engine.lost': {
    say: { ja: 'Toride の本体 (エンジン) とつながっていません。', en: 'Toride’s engine is not connected.' },
    next: {
      ja: '自動でつなぎ直しています。つながったら、もう一度お試しください。',
      en: 'Reconnecting by itself. Try again once it is back.',
    },
    exit: 69,
  },
  'input.invalid': {
    say: { ja: '入力が正しくありません: {detail}', en: 'That input is not valid: {detail}' },
    next: { ja: '入力を直してください。', en: 'Correct the input.' },
    exit: 64,
  },
  'input.usage': {
    say: {
      ja: 'コマンドの書き方が正しくありません: {detail}。',
      en: 'The command is not written like that: {detail}.',
    },
    next: {
      ja: '「{command} --help」で書き方を確認してください。',
      en: 'See “{command} --help” for how it is written.',
    },
    exit: 64,
  },
  'config.invalid': {
    say: {
      ja: '設定ファイル {file} を読めません: {detail}',
      en: 'The settings file {file} cannot be read: {detail}',
    },
    next: {
      ja: 'ファイルを直すか、名前を変えて起動し直すと初期設定で始まります。',
      en: 'Correct the file, or rename it and start again to begin with the defaults.',
    },
    exit: 78,
  },
  'data.locked': {
    say: { ja: 'データフォルダ {dir} に書き込めません。', en: 'The data folder {dir} cannot be written.' },
    next: { ja: 'フォルダの権限を確認してください。', en: "Check the folder's permissions." },
    exit: 77,
  },
  'data.in-use': {
    say: {
      ja: 'データフォルダ {dir} は、起動中のもう一つの Toride が使っています。',
      en: 'Another running Toride uses the data folder {dir}.',
    },
    next: {
      ja: '起動中の Toride をお使いください。こちらで使うときは、先にそちらを終了してください。',
      en: 'Use that one, or close it first.',
    },
    exit: 69,
  },
  'store.newer': {
    say: {
      ja: 'このデータは新しい版の Toride で作られています (版 {found}、この版 {known})。',
      en: 'This data was made by a newer Toride (schema {found}, this version knows {known}).',
    },
    next: { ja: 'Toride を更新してください。', en: 'Update Toride.' },
    exit: 65,
  },
  'store.corrupt': {
    say: { ja: 'データファイルが壊れています: {detail}', en: 'The data file is damaged: {detail}' },
    next: {
      ja: 'データフォルダの backups から戻すか、会社データベースから取り込み直してください。',
      en: 'Restore a copy from backups in the data folder, or sync again from the company database.',
    },
    exit: 65,
  },
  'store.full': {
    say: { ja: 'ディスクの空きがありません。', en: 'The disk is full.' },
    next: { ja: '空きを作ってから再試行してください。', en: 'Free some space, then try again.' },
    exit: 74,
  },
  'store.refused': {
    say: {
      ja: '書き込みの前提が変わっていました: {detail}',
      en: 'The data changed before it could be written: {detail}',
    },
    next: retry,
    exit: 65,
  },
  'not-found': {
    say: { ja: '{what} が見つかりません。', en: '{what} was not found.' },
    next: { ja: '一覧を開き直してください。', en: 'Reload the list.' },
    exit: 66,
  },
} as const satisfies Record<string, ErrorText>;
