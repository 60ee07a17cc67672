import { checkSettings } from './next-steps.ts';
import type { ErrorText } from './types.ts';

/** Of the company’s database: connection, rights, tables, mapping, secrets. */
export const COMPANY_ERRORS = {
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
  'sync.refused-rows': {
    say: {
      ja: '表 {table} から読んだ {rows} 行のうち {refused} 行が使えません (列 {column})。手元のデータは前のまま残しています。',
      en: '{refused} of the {rows} rows read from table {table} cannot be used (column {column}). The copy is kept as it was.',
    },
    next: {
      ja: '会社側で列 {column} の型と値を確認してください。使えない行は 設定 → 取り込みの状態 の「未処理行」で見られます。',
      en: 'Check the type and the values of column {column}. The rows are under Settings → Sync status, refused rows.',
    },
    exit: 65,
  },
  'sync.tables-failed': {
    say: {
      ja: '取り込めない表があります。{tables}',
      en: 'Some tables could not be read. {tables}',
    },
    next: {
      ja: '表ごとの理由は 設定 → 取り込みの状態 にあります。ほかの表の取り込みは続いています。',
      en: 'Settings → Sync status has the reason for each. The other tables are kept up to date.',
    },
    exit: 76,
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
  'mapping.invalid': {
    say: { ja: '対応ファイルが正しくありません: {detail}', en: 'The mapping file is not valid: {detail}' },
    next: { ja: '設定 → 項目の対応 で直してください。', en: 'Correct it under Settings → Mapping.' },
    exit: 78,
  },
  'secrets.damaged': {
    say: {
      ja: '保存したパスワードを読めません（{file} が壊れているか、別の利用者のものです）。',
      en: 'The saved password cannot be read: {file} is damaged or was written by another user.',
    },
    next: {
      ja: '設定 → 会社データベース でパスワードを入力し直してください。',
      en: 'Enter the password again under Settings → Company database.',
    },
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
} as const satisfies Record<string, ErrorText>;
