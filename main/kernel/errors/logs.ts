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
  'logs.is-folder': {
    say: { ja: '{file} はフォルダです。', en: '{file} is a folder.' },
    next: {
      ja: '「フォルダを追う」を選ぶか、中のファイルを指定してください。',
      en: 'Choose “Follow a folder”, or name a file in it.',
    },
    exit: 66,
  },
  'logs.is-file': {
    say: { ja: '{file} はファイルです。', en: '{file} is a file.' },
    next: {
      ja: '「ファイルを追う」を選ぶか、フォルダを指定してください。',
      en: 'Choose “Follow a file”, or name a folder.',
    },
    exit: 66,
  },
  'logs.not-a-file': {
    say: {
      ja: '{file} はファイルではありません (パイプや装置です)。',
      en: '{file} is not a file but a pipe or a device.',
    },
    next: {
      ja: 'ファイルを指定してください。パイプの中身は「toride logs ingest -」の標準入力へ渡せます。',
      en: 'Name a file. What comes through a pipe can be given to “toride logs ingest -” as its standard input.',
    },
    exit: 66,
  },
  'logs.empty-folder': {
    say: {
      ja: 'フォルダ {file} に、読めるログがありません。',
      en: 'There is no log to read in the folder {file}.',
    },
    next: {
      ja: '場所を確認してください。これから書かれるログを追うなら、このまま追加できます。',
      en: 'Check the path. To follow logs still to be written, add it as it is.',
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
  'logs.table-no-key': {
    say: {
      ja: '表 {table} には、行を見分けるキーがありません (主キーも、NULL のない一意キーもありません)。同じ行を二度読まないために必要です。',
      en: 'Table {table} has no key that tells its rows apart (neither a primary key nor a unique key without NULL). Without one, rows would be read twice.',
    },
    next: {
      ja: 'データベース管理者に主キーの追加を依頼してください (例: id BIGINT AUTO_INCREMENT PRIMARY KEY)。ビューの場合は、元の表を選んでください。',
      en: 'Ask the database administrator for a primary key (e.g. id BIGINT AUTO_INCREMENT PRIMARY KEY). Of a view, choose the table behind it.',
    },
    exit: 65,
  },
  'logs.table-bad-key': {
    say: {
      ja: '表 {table} の列 {columns} は、行を見分けるキーではありません。',
      en: 'The columns {columns} of table {table} are no key of it.',
    },
    next: { ja: '使えるキー: {known}', en: 'Its keys: {known}' },
    exit: 64,
  },
  'logs.table-no-order': {
    say: {
      ja: '表 {table} に、新しい行を見つけるための並び順の列 (日時か、増えていく番号) がありません。',
      en: 'Table {table} has no order by which new rows can be found (a time, or a number that only rises).',
    },
    next: {
      ja: 'そのような列があれば「並び順の列」に選んでください。ない場合は、データベース管理者に追加を依頼してください (例: 自動採番の番号)。',
      en: 'Choose such a column as the order; where there is none, ask the database administrator for one (such as AUTO_INCREMENT).',
    },
    exit: 65,
  },
  'logs.table-no-text': {
    say: { ja: '表 {table} に文字の列がありません。', en: 'Table {table} has no column of text.' },
    next: {
      ja: 'ログの本文が入っている表を選んでください。',
      en: 'Choose the table that holds the messages.',
    },
    exit: 65,
  },
  'logs.table-gone': {
    say: {
      ja: '会社データベースに表 {table} がありません。名前が変わったか、削除されたか、読む権限がなくなりました。',
      en: 'The company database has no table {table}: it was renamed or dropped, or this account may no longer read it.',
    },
    next: {
      ja: '表が戻れば、続きから自動で読みます。名前が変わった場合は、新しい名前の表を取り込み元に追加してください。',
      en: 'When it is back, reading goes on by itself where it stopped. If it has another name now, add that table as a source.',
    },
    exit: 65,
  },
  'logs.table-column': {
    say: {
      ja: '表 {table} に列 {column} がありません。名前が変わったか、削除されました。',
      en: 'Table {table} has no column {column}: it was renamed or dropped.',
    },
    next: {
      ja: '取り込み元の「読み方を変える」で別の列を選ぶと、続きから読みます。',
      en: 'Choose another column under “Change how it is read” of the source; reading goes on where it stopped.',
    },
    exit: 65,
  },
  'logs.table-other-place': {
    say: {
      ja: '表 {table} は、いまの接続先 ({now}) ではなく {was} から読んでいました。',
      en: 'Table {table} was read from {was}, not from the database that is connected now ({now}).',
    },
    next: {
      ja: '元の接続先に戻すか、この取り込み元を削除して追加し直してください。',
      en: 'Connect to the former database again, or remove this source and add it anew.',
    },
    exit: 65,
  },
  'logs.table-fixed': {
    say: {
      ja: '読み始めた後に、表・キー・並び順の列・読み始めの日時は変えられません。読んだ位置が分からなくなるためです。',
      en: 'The table, its key, its order and where it begins cannot be changed once it is read: the place reached would mean nothing.',
    },
    next: {
      ja: '変える場合は、この取り込み元を削除して追加し直してください。',
      en: 'Remove this source and add it anew.',
    },
    exit: 64,
  },
  'logs.table-known': {
    say: {
      ja: '表 {table} は、すでに「{name}」として取り込んでいます。',
      en: 'Table {table} is already read as “{name}”.',
    },
    next: {
      ja: '読み方を変えるには、取り込み元の一覧でその行を開いてください。',
      en: 'To change how it is read, open it in the list of sources.',
    },
    exit: 64,
  },
  'logs.bad-format': {
    say: {
      ja: '書式「{name}」は使えません。{detail}',
      en: 'The format “{name}” cannot be used. {detail}',
    },
    next: {
      ja: '書式のファイルを直し、見本の行がそのとおりに読めるか確かめてください。',
      en: 'Correct the format’s file until its own sample lines are read as they say.',
    },
    exit: 65,
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
