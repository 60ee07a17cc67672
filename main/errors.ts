/**
 * Errors as values: a code, a human sentence and the next step in both languages.
 * Pure (no imports), so the renderer and the CLI word the same error the same way.
 */
export type Lang = 'ja' | 'en';
type Words = { readonly ja: string; readonly en: string };
/** `exit` follows sysexits.h: 64 usage, 65 data, 66 no input, 69 unavailable, 70 internal, 74 I/O, 77 rights, 78 config. */
export type ErrorText = { readonly say: Words; readonly next: Words; readonly exit: number };

const retry: Words = { ja: 'もう一度お試しください。', en: 'Try again.' };
const checkSettings: Words = {
  ja: '設定 → 会社データベースの接続を確認してください。',
  en: 'Check the connection under Settings → Company database.',
};

/** Every error a person can meet. `{name}` is filled from the error's params. */
export const ERRORS = {
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
  'demo.unwritten': {
    say: {
      ja: '会社のデータベースにまだ書き込まれていない承認が {n} 件あるため、デモを開始できません。',
      en: 'The demo cannot start: decisions not yet written to the company database: {n}.',
    },
    next: {
      ja: '書き込みが終わってから開始するか、別のデータフォルダで開始してください。',
      en: 'Start it once they are written, or start it in another data folder.',
    },
    exit: 75,
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
  'logs.unreadable': {
    say: { ja: 'ログ {file} を読めません: {detail}', en: 'The log {file} cannot be read: {detail}' },
    next: {
      ja: 'ファイルの場所と権限、圧縮ファイルが壊れていないことを確認してください。',
      en: 'Check its path and permissions, and that a compressed file is whole.',
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
  'not-found': {
    say: { ja: '{what} が見つかりません。', en: '{what} was not found.' },
    next: { ja: '一覧を開き直してください。', en: 'Reload the list.' },
    exit: 66,
  },
  'sync.not-configured': {
    say: { ja: '会社データベースがまだ設定されていません。', en: 'No company database is set up yet.' },
    next: {
      ja: '設定 → 会社データベース で接続先を入力するか、デモをお使いください。',
      en: 'Enter it under Settings → Company database, or use the demo site.',
    },
    exit: 78,
  },
  'sync.bad-url': {
    say: { ja: '接続先の書き方が正しくありません。', en: 'That database address is not valid.' },
    next: {
      ja: 'mysql://ユーザー@ホスト:3306/データベース の形で入力してください。',
      en: 'Use mysql://user@host:3306/database.',
    },
    exit: 64,
  },
  'sync.dns': {
    say: { ja: 'サーバー名 {host} が見つかりません。', en: 'The server name {host} could not be found.' },
    next: {
      ja: 'ホスト名の綴りと社内ネットワークへの接続を確認してください。',
      en: 'Check the spelling and that you are on the company network.',
    },
    exit: 69,
  },
  'sync.refused': {
    say: { ja: '{host}:{port} に接続を断られました。', en: '{host}:{port} refused the connection.' },
    next: {
      ja: 'ポート番号と MySQL が動いていることを確認してください。',
      en: 'Check the port and that MySQL is running.',
    },
    exit: 69,
  },
  'sync.timeout': {
    say: { ja: '{host}:{port} から応答がありません。', en: '{host}:{port} does not answer.' },
    next: { ja: 'VPN やファイアウォールを確認してください。', en: 'Check the VPN and firewall.' },
    exit: 69,
  },
  'sync.tls': {
    say: {
      ja: '暗号化通信 (TLS) を始められません: {detail}',
      en: 'The encrypted connection (TLS) failed: {detail}',
    },
    next: {
      ja: 'CA 証明書か TLS の設定を確認してください。',
      en: 'Check the CA certificate or the TLS setting.',
    },
    exit: 69,
  },
  'sync.password': {
    say: {
      ja: 'ユーザー {user} のパスワードが違うか、このパソコンからの接続が許可されていません。',
      en: 'The password of {user} is wrong, or this computer may not connect.',
    },
    next: { ja: 'ユーザー名とパスワードを確認してください。', en: 'Check the user name and password.' },
    exit: 77,
  },
  'sync.no-database': {
    say: { ja: 'データベース {database} がありません。', en: 'There is no database {database}.' },
    next: { ja: 'データベース名を確認してください。', en: 'Check the database name.' },
    exit: 66,
  },
  'sync.rights': {
    say: { ja: '{table} を読む権限がありません。', en: 'This account may not read {table}.' },
    next: {
      ja: 'データベース管理者に SELECT 権限を依頼してください。',
      en: 'Ask the database administrator for SELECT on it.',
    },
    exit: 77,
  },
  'sync.writable-account': {
    say: {
      ja: 'このアカウントは {table} に書き込めます。Toride は承認表以外に書き込めないアカウントだけを受け付けます。',
      en: 'This account can write to {table}. Toride only accepts an account that can write nothing but the approval table.',
    },
    next: { ja: '読み取り専用のアカウントを依頼してください。', en: 'Ask for a read-only account.' },
    exit: 77,
  },
  'sync.missing-table': {
    say: { ja: '表 {table} がありません。', en: 'There is no table {table}.' },
    next: {
      ja: '設定 → 項目の対応 で正しい表を選んでください。',
      en: 'Choose the right table under Settings → Mapping.',
    },
    exit: 65,
  },
  'sync.missing-column': {
    say: { ja: '表 {table} に列 {column} がありません。', en: 'Table {table} has no column {column}.' },
    next: {
      ja: '設定 → 項目の対応 で正しい列を選んでください。',
      en: 'Choose the right column under Settings → Mapping.',
    },
    exit: 65,
  },
  'sync.lost': {
    say: {
      ja: '会社データベースとの接続が切れました: {detail}',
      en: 'The connection to the company database was lost: {detail}',
    },
    next: {
      ja: '最後に取り込んだデータで作業を続けられます。つながり次第、自動で再開します。',
      en: 'You can go on with the last synced copy. Toride reconnects by itself.',
    },
    exit: 69,
  },
  'sync.read-only-copy': {
    say: { ja: '書き込み先の承認表がありません。', en: 'There is no approval table to write to.' },
    next: checkSettings,
    exit: 65,
  },
  'sync.emptied': {
    say: {
      ja: '表 {table} が突然空になりました (手元には {rows} 行)。念のため消さずに残しています。',
      en: 'Table {table} is suddenly empty ({rows} rows in the copy). The copy is kept for now.',
    },
    next: {
      ja: '会社側の表を確認してください。次の取り込みでも空なら、手元からも消えます。',
      en: 'Check the table. If it is still empty at the next sync, the copy is emptied too.',
    },
    exit: 65,
  },
  'sync.write-refused': {
    say: { ja: '承認表に書き込めません: {detail}', en: 'The approval table refused the row: {detail}' },
    next: {
      ja: '承認表の列の定義と対応を確認してください。',
      en: 'Check the definition of the approval table and its mapping.',
    },
    exit: 65,
  },
  'sync.busy': {
    say: { ja: '取り込みは既に実行中です。', en: 'A sync is already running.' },
    next: { ja: '終わるまでお待ちください。', en: 'Wait until it has finished.' },
    exit: 69,
  },
  'demo.company-connected': {
    say: {
      ja: '会社データベースにつながっている間は、デモを始められません。',
      en: 'The demo cannot start while the company database is connected.',
    },
    next: {
      ja: '先に 設定 → 会社データベース で接続を解除してください。',
      en: 'Disconnect it first under Settings → Company database.',
    },
    exit: 65,
  },
  'mapping.invalid': {
    say: { ja: '対応ファイルが正しくありません: {detail}', en: 'The mapping file is not valid: {detail}' },
    next: { ja: '設定 → 項目の対応 で直してください。', en: 'Correct it under Settings → Mapping.' },
    exit: 78,
  },
  'secrets.unavailable': {
    say: { ja: 'この環境には OS の鍵保管庫がありません。', en: 'This environment has no OS key store.' },
    next: {
      ja: 'パスワードは保存されません。起動のたびに入力してください。',
      en: 'The password is not saved. Enter it each time you start.',
    },
    exit: 69,
  },
  'placement.no-data': {
    say: { ja: '計算に使える進捗データがありません。', en: 'There is no progress data to plan with.' },
    next: { ja: '取り込みを実行するか、デモを開始してください。', en: 'Run a sync, or start the demo.' },
    exit: 66,
  },
  'placement.solver': {
    say: { ja: '最適化の計算に失敗しました: {detail}', en: 'The solver failed: {detail}' },
    next: retry,
    exit: 70,
  },
  'proposal.decided': {
    say: {
      ja: '提案 {id} は既に処理済みです ({status})。',
      en: 'Proposal {id} has already been decided ({status}).',
    },
    next: { ja: '新しい提案を作ってください。', en: 'Make a new proposal.' },
    exit: 65,
  },
  'proposal.stale': {
    say: {
      ja: '提案 {id} のあとに数字が変わりました。',
      en: 'The numbers have changed since proposal {id}.',
    },
    next: { ja: '「計算し直す」を押してください。', en: 'Press “Solve again”.' },
    exit: 65,
  },
  'proposal.undo-expired': {
    say: {
      ja: '取り消せる時間 ({minutes} 分) を過ぎました。',
      en: 'The undo window ({minutes} minutes) has passed.',
    },
    next: { ja: '逆向きの提案を作ってください。', en: 'Make a proposal that moves them back.' },
    exit: 65,
  },
  'alerts.check-failed': {
    say: {
      ja: '遅延アラートの確認に失敗しました: {detail}',
      en: 'The check for delays failed: {detail}',
    },
    next: {
      ja: '直るまでアラートは届きません。「状況」の画面で納期を確認し、「アプリの記録」を管理者に渡してください。',
      en: 'No alerts will come until it works again. Watch the deadlines on the Situation page and hand the app log to your administrator.',
    },
    exit: 70,
  },
  'alerts.check-missed': {
    say: {
      ja: '遅延アラートの確認が {minutes} 分間行われませんでした。',
      en: 'Delays were not checked for {minutes} minutes.',
    },
    next: {
      ja: 'その間に変わったことがないか「状況」の画面で確認してください。',
      en: 'See on the Situation page whether anything changed in the meantime.',
    },
    exit: 70,
  },
  'alerts.stale-data': {
    say: {
      ja: '進捗データが {minutes} 分間届いていません。',
      en: 'No progress data has arrived for {minutes} minutes.',
    },
    next: {
      ja: '数字は最後に届いた時点のものです。設定 → 会社データベース の接続と、記録する側のシステムを確認してください。',
      en: 'The numbers are those that came last. Check the connection under Settings → Company database, and the system that records them.',
    },
    exit: 69,
  },
  'chat.too-long': {
    say: {
      ja: '文章が長すぎます ({length} 文字、上限 {limit} 文字)。',
      en: 'That message is too long ({length} characters; the limit is {limit}).',
    },
    next: {
      ja: '短くして送ってください。資料はノウハウに登録できます。',
      en: 'Shorten it. Documents can be registered as know-how.',
    },
    exit: 64,
  },
  'chat.empty': {
    say: { ja: '質問が入力されていません。', en: 'There is no question in it.' },
    next: {
      ja: '「札幌のエントリ1は間に合いますか」のように入力してください。',
      en: 'Ask something like “What will be late today?”',
    },
    exit: 64,
  },
  'knowledge.empty': {
    say: { ja: '本文がありません。', en: 'There is no text in it.' },
    next: { ja: '本文を入力してください。', en: 'Enter some text.' },
    exit: 64,
  },
  'knowledge.too-large': {
    say: {
      ja: '資料が大きすぎます ({size}、上限 {limit})。',
      en: 'The document is too large ({size}; the limit is {limit}).',
    },
    next: { ja: '分割して登録してください。', en: 'Split it up.' },
    exit: 64,
  },
  'knowledge.company': {
    say: {
      ja: 'この資料は会社データベースのものなので、ここでは変更できません。',
      en: 'This document belongs to the company database and cannot be changed here.',
    },
    next: {
      ja: '会社データベースの rag_context で直してください。次の取り込みで反映されます。',
      en: 'Change it in rag_context of the company database; the next sync brings it over.',
    },
    exit: 65,
  },
  'knowledge.too-many': {
    say: {
      ja: '登録できる資料は {limit} 件までです。',
      en: 'No more than {limit} documents can be registered.',
    },
    next: { ja: '使わない資料を削除してください。', en: 'Remove documents that are not used.' },
    exit: 64,
  },
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

/** Expected errors pass through; anything else becomes `internal` with its cause kept. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });

const fill = (text: string, params: ErrorParams): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/** The sentence and the next step, in one language. */
export function wordError(
  error: { readonly code: ErrorCode; readonly params: ErrorParams },
  lang: Lang,
): { say: string; next: string } {
  const text = ERRORS[error.code];
  return { say: fill(text.say[lang], error.params), next: fill(text.next[lang], error.params) };
}
