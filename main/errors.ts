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
  'models.bad-empty': {
    say: { ja: 'ファイルが空 (0 バイト) です。', en: 'The file is empty (0 bytes).' },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-blank': {
    say: {
      ja: 'ファイルの中身が書き込まれていません (ゼロが続いています)。ダウンロードかコピーが途中で止まったようです。',
      en: 'Part of the file was never written (it is all zeros): a download or copy stopped on the way.',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-incomplete': {
    say: {
      ja: 'ファイルが途中までしかありません ({need} バイトのうち {have} バイト)。',
      en: 'Only part of the file is there ({have} of {need} bytes).',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-cut-header': {
    say: {
      ja: 'ファイルの見出し部分が途中で切れています ({at} バイト目)。',
      en: 'The file ends inside its header (at byte {at}).',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-lfs-pointer': {
    say: {
      ja: 'これはモデル本体ではなく、Git LFS の引換票 (数行のテキスト) です。',
      en: 'This is not the model but a Git LFS pointer: a few lines of text that stand for it.',
    },
    next: {
      ja: 'git lfs pull を実行するか、配布元のページから本体のファイルを入手してください。',
      en: 'Run git lfs pull, or fetch the file itself from its publisher’s page.',
    },
    exit: 65,
  },
  'models.bad-web-page': {
    say: {
      ja: 'これはモデルではなく、Web ページかエラーの応答が保存されたものです。',
      en: 'This is not a model but a saved web page or an error answer.',
    },
    next: {
      ja: 'ログインや利用規約への同意が必要な場合があります。ブラウザーでダウンロードし直してください。',
      en: 'The publisher may want you to sign in or accept terms: download it again in a browser.',
    },
    exit: 65,
  },
  'models.bad-archive': {
    say: { ja: 'これは圧縮ファイル ({kind}) です。', en: 'This is an archive ({kind}).' },
    next: {
      ja: '展開してから、中の .gguf ファイルか ONNX のフォルダを選んでください。',
      en: 'Unpack it, then choose the .gguf file or the ONNX folder inside.',
    },
    exit: 65,
  },
  'models.bad-old-format': {
    say: { ja: 'GGUF より前の古い形式のモデルです。', en: 'This model is in a format older than GGUF.' },
    next: { ja: '同じモデルの GGUF 版を入手してください。', en: 'Get the GGUF edition of the same model.' },
    exit: 65,
  },
  'models.bad-other-format': {
    say: {
      ja: '{kind} 形式のモデルです。このままでは読み込めません。',
      en: 'This model is in the {kind} format, which is not read here.',
    },
    next: {
      ja: '同じモデルの GGUF 版 (検索用のモデルは ONNX 版のフォルダ) を入手してください。',
      en: 'Get its GGUF edition (for an embedding model, the folder of its ONNX edition).',
    },
    exit: 65,
  },
  'models.bad-not-gguf': {
    say: { ja: 'GGUF 形式のファイルではありません。', en: 'This is not a GGUF file.' },
    next: {
      ja: '文章・意図の理解には .gguf ファイルを、検索には ONNX のフォルダを選んでください。',
      en: 'Choose a .gguf file for wording and intent, or an ONNX folder for embeddings.',
    },
    exit: 65,
  },
  'models.bad-no-file': {
    say: { ja: '{file} はファイルではありません。', en: '{file} is not a file.' },
    next: {
      ja: '.gguf ファイルか、ONNX モデルのフォルダを選んでください。',
      en: 'Choose a .gguf file, or the folder of an ONNX model.',
    },
    exit: 65,
  },
  'models.bad-byte-order': {
    say: { ja: 'バイト順が逆 (ビッグエンディアン) の GGUF です。', en: 'This GGUF file is big-endian.' },
    next: {
      ja: '通常の (リトルエンディアンの) 版を入手してください。',
      en: 'Get the usual little-endian edition.',
    },
    exit: 65,
  },
  'models.bad-version': {
    say: {
      ja: 'GGUF の版 {version} には対応していません (対応: 2、3)。',
      en: 'GGUF version {version} is not supported (2 and 3 are).',
    },
    next: {
      ja: '同じモデルの新しい GGUF を入手するか、Toride を更新してください。',
      en: 'Get a current GGUF of the same model, or update Toride.',
    },
    exit: 65,
  },
  'models.bad-split': {
    say: {
      ja: '{parts} 個に分割されたモデルの一部です。',
      en: 'This is one part of a model split into {parts} files.',
    },
    next: {
      ja: '1 個のファイルになっている版を入手するか、llama-gguf-split --merge で結合してください。',
      en: 'Get the edition in one file, or join the parts with llama-gguf-split --merge.',
    },
    exit: 65,
  },
  'models.bad-adapter': {
    say: {
      ja: 'モデル本体ではなく、追加学習の差分 (LoRA) です。',
      en: 'This is a LoRA adapter, not a whole model.',
    },
    next: {
      ja: '差分を結合済みのモデルを選んでください。',
      en: 'Choose a model with the adapter merged in.',
    },
    exit: 65,
  },
  'models.bad-projector': {
    say: {
      ja: 'モデル本体ではなく、画像入力用の部品 (mmproj) です。',
      en: 'This is the image projector (mmproj) of a model, not the model.',
    },
    next: {
      ja: '同じ配布元の、mmproj の付かない .gguf を選んでください。',
      en: 'Choose the .gguf without “mmproj” from the same publisher.',
    },
    exit: 65,
  },
  'models.bad-architecture': {
    say: {
      ja: 'モデルの種類 {found} には対応していません (対応: {known})。',
      en: 'Models of the kind {found} are not supported (supported: {known}).',
    },
    next: {
      ja: 'Qwen2・Qwen2.5 か Gemma 3 を選んでください。検索用は ONNX のフォルダで取り込みます。',
      en: 'Choose Qwen2, Qwen2.5 or Gemma 3. Embedding models come as an ONNX folder.',
    },
    exit: 65,
  },
  'models.bad-header': {
    say: {
      ja: 'ファイルの見出し部分が壊れています: {detail}',
      en: 'The header of the file is damaged: {detail}',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-key': {
    say: {
      ja: 'モデルの設定値 {key} がないか、正しくありません。',
      en: 'The model’s setting {key} is missing or wrong.',
    },
    next: { ja: '別の配布元の GGUF をお試しください。', en: 'Try the GGUF of another publisher.' },
    exit: 65,
  },
  'models.bad-duplicate': {
    say: {
      ja: '{what} が 2 回出てきます。ファイルが壊れています。',
      en: '{what} occurs twice: the file is damaged.',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-tokenizer': {
    say: {
      ja: '語彙 (トークナイザー) の情報が足りないか、正しくありません: {detail}',
      en: 'Its vocabulary (tokenizer) is incomplete or wrong: {detail}',
    },
    next: {
      ja: '別の配布元の、新しく変換された GGUF をお試しください。',
      en: 'Try a recently converted GGUF of another publisher.',
    },
    exit: 65,
  },
  'models.bad-tensor': {
    say: {
      ja: '重み {name} の形か位置が正しくありません: {detail}',
      en: 'The weights {name} have a wrong shape or place: {detail}',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-missing-tensor': {
    say: { ja: '重み {name} がありません。', en: 'The weights {name} are missing.' },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-values': {
    say: {
      ja: '重み {name} に数でない値が入っています。',
      en: 'The weights {name} hold values that are not numbers.',
    },
    next: {
      ja: '配布元から入手し直し、チェックサムが同じことを確認してからコピーしてください。',
      en: 'Get the file again from its publisher, compare its checksum, then copy it once more.',
    },
    exit: 65,
  },
  'models.bad-folder': {
    say: { ja: 'フォルダに {missing} がありません。', en: 'The folder has no {missing}.' },
    next: {
      ja: 'ONNX モデルのフォルダには config.json、tokenizer.json、tokenizer_config.json と onnx/model_quantized.onnx (または onnx/model.onnx) が必要です。',
      en: 'The folder of an ONNX model needs config.json, tokenizer.json, tokenizer_config.json and onnx/model_quantized.onnx (or onnx/model.onnx).',
    },
    exit: 65,
  },
  'models.bad-folder-file': {
    say: { ja: '{file} を読めません: {detail}', en: '{file} cannot be read: {detail}' },
    next: {
      ja: '配布元からフォルダごと入手し直してください。',
      en: 'Get the whole folder again from its publisher.',
    },
    exit: 65,
  },
  'models.bad-folder-link': {
    say: {
      ja: '{file} は別の場所への近道 (リンク) で、実体がありません。',
      en: '{file} is a link to somewhere else, not a file.',
    },
    next: {
      ja: 'リンクの実体をコピーしたフォルダを選んでください (例: cp -RL)。',
      en: 'Copy the folder with the files themselves (cp -RL), then choose that.',
    },
    exit: 65,
  },
  'models.bad-onnx': {
    say: {
      ja: '{file} は正しい ONNX ファイルではありません: {detail}',
      en: '{file} is not a sound ONNX file: {detail}',
    },
    next: {
      ja: '配布元から入手し直してください。途中で切れたコピーの場合もあります。',
      en: 'Get it again from its publisher; a copy may have been cut off.',
    },
    exit: 65,
  },
  'models.bad-embedder': {
    say: {
      ja: 'このモデルは検索に使えません: {detail}',
      en: 'This model does not make embeddings: {detail}',
    },
    next: {
      ja: '検索用 (文の埋め込み) の ONNX モデル (例: multilingual-e5-small) を選んでください。',
      en: 'Choose an ONNX model for sentence embeddings, such as multilingual-e5-small.',
    },
    exit: 65,
  },
  'models.source-gone': {
    say: {
      ja: '{file} が見つかりません。USB メモリが抜けたか、ファイルが移動されたようです。',
      en: '{file} is not there: the USB stick was pulled out, or the file was moved.',
    },
    next: {
      ja: '挿し直してから、もう一度取り込んでください。続きから再開します。',
      en: 'Plug it in and import again: it goes on where it stopped.',
    },
    exit: 66,
  },
  'models.source-changed': {
    say: {
      ja: '取り込み中に {file} の内容が変わりました。',
      en: '{file} changed while it was being imported.',
    },
    next: {
      ja: '書き込みが終わってから、もう一度取り込んでください。',
      en: 'Import it again once nothing writes to it.',
    },
    exit: 65,
  },
  'models.read-error': {
    say: {
      ja: '{file} を読み取れません ({detail})。媒体が傷んでいる可能性があります。',
      en: '{file} cannot be read ({detail}): the medium may be failing.',
    },
    next: { ja: '別の USB メモリにコピーし直してください。', en: 'Copy it to another USB stick.' },
    exit: 74,
  },
  'models.unreadable': {
    say: { ja: '{file} を開けません ({detail})。', en: '{file} cannot be opened ({detail}).' },
    next: {
      ja: 'ファイルの場所と権限、ほかのソフトで使用中でないことを確認してください。',
      en: 'Check its place and permissions, and that no other program holds it.',
    },
    exit: 77,
  },
  'models.disk-full': {
    say: { ja: 'ディスクの空きがなくなりました。', en: 'The disk is full.' },
    next: {
      ja: '空きを作ってから、もう一度取り込んでください。続きから再開します。',
      en: 'Free some space and import again: it goes on where it stopped.',
    },
    exit: 74,
  },
  'models.no-space': {
    say: {
      ja: '空き容量が足りません (必要 {need} MB、空き {free} MB)。',
      en: 'Not enough disk space ({need} MB needed, {free} MB free).',
    },
    next: {
      ja: '空きを作るか、コピーせずに「リンク」で取り込んでください。',
      en: 'Free some space, or import it as a link instead of a copy.',
    },
    exit: 74,
  },
  'models.already-here': {
    say: {
      ja: '同じモデルが「{name}」として既にあります。',
      en: 'The same model is already here as “{name}”.',
    },
    next: { ja: '一覧のものをそのままお使いください。', en: 'Use the one in the list.' },
    exit: 65,
  },
  'models.import-busy': {
    say: { ja: '{file} は今取り込んでいるところです。', en: '{file} is being imported right now.' },
    next: { ja: '終わるまでお待ちください。', en: 'Wait until it has finished.' },
    exit: 69,
  },
  'models.wrong-role': {
    say: { ja: '「{name}」はこの役割には使えません。', en: '“{name}” cannot play this role.' },
    next: {
      ja: '意図の理解と文章には GGUF、検索には ONNX のモデルを選んでください。',
      en: 'Choose a GGUF model for intent and wording, an ONNX model for embeddings.',
    },
    exit: 65,
  },
  'models.quarantined': {
    say: {
      ja: '「{name}」は処理を {deaths} 回異常終了させたため、隔離されています。',
      en: '“{name}” took its process down {deaths} times and is quarantined.',
    },
    next: {
      ja: '「確認して再試行」を押すか、別のモデルを選んでください。',
      en: 'Press “Check and retry”, or choose another model.',
    },
    exit: 69,
  },
  'models.broken': {
    say: {
      ja: '「{name}」のファイルは、取り込んだときと変わっています。',
      en: 'The file of “{name}” is not what it was when it was imported.',
    },
    next: {
      ja: '「確認して再試行」を押すか、取り込み直してください。',
      en: 'Press “Check and retry”, or import it again.',
    },
    exit: 65,
  },
  'models.missing': {
    say: {
      ja: '「{name}」のファイル {path} がありません。',
      en: 'The file {path} of “{name}” is not there.',
    },
    next: {
      ja: 'USB メモリを挿し直すか、ファイルを元の場所へ戻してください。',
      en: 'Plug the USB stick in again, or put the file back.',
    },
    exit: 66,
  },
  'models.too-big': {
    say: {
      ja: '「{name}」はメモリに入りません (必要 {need} MB、空き {free} MB)。',
      en: '“{name}” does not fit into memory ({need} MB needed, {free} MB free).',
    },
    next: {
      ja: 'ほかのソフトを閉じるか、より小さいモデルを選んでください。文脈の長さを短くする方法もあります。',
      en: 'Close other programs, choose a smaller model, or shorten the context length.',
    },
    exit: 69,
  },
  'models.no-previous': {
    say: { ja: '戻せる前のモデルがありません。', en: 'There is no earlier model to go back to.' },
    next: { ja: '一覧から選んでください。', en: 'Choose one from the list.' },
    exit: 66,
  },
  'models.server-url': {
    say: {
      ja: 'モデルサーバーのアドレスが正しくありません。',
      en: 'The address of the model server is not valid.',
    },
    next: {
      ja: 'http://10.0.0.5:8080/v1 の形で入力してください。鍵はアドレスに含めず、鍵の欄に入力します。',
      en: 'Use http://10.0.0.5:8080/v1. A key goes into its own field, not into the address.',
    },
    exit: 64,
  },
  'models.server-public': {
    say: {
      ja: '{host} は社内ネットワークの外のアドレスなので、接続しません。',
      en: '{host} is outside the company’s own network, so Toride does not connect to it.',
    },
    next: {
      ja: 'このパソコンか社内のアドレスを指定してください。例外は管理者が config.json の models.allowPublicServer で認められます。',
      en: 'Use this computer or an address of the company. An administrator can allow others with models.allowPublicServer in config.json.',
    },
    exit: 77,
  },
  'models.server-unreachable': {
    say: {
      ja: 'モデルサーバー {host} に接続できません ({detail})。',
      en: 'The model server {host} cannot be reached ({detail}).',
    },
    next: {
      ja: 'アドレスとポート、サーバーが動いていることを確認してください。その間も、Toride は内蔵の方法で動きます。',
      en: 'Check the address and port, and that the server is running. Toride goes on with its built-in ways meanwhile.',
    },
    exit: 69,
  },
  'models.server-timeout': {
    say: {
      ja: 'モデルサーバー {host} から応答がありません。',
      en: 'The model server {host} does not answer.',
    },
    next: {
      ja: 'サーバーが混んでいないか、VPN とファイアウォールを確認してください。その間も、Toride は内蔵の方法で動きます。',
      en: 'See whether it is busy, and check VPN and firewall. Toride goes on with its built-in ways meanwhile.',
    },
    exit: 69,
  },
  'models.server-tls': {
    say: {
      ja: 'モデルサーバー {host} と暗号化通信 (TLS) を始められません: {detail}',
      en: 'The encrypted connection (TLS) to the model server {host} failed: {detail}',
    },
    next: {
      ja: '会社の認証局の証明書を、このパソコンの OS に登録してください。',
      en: 'Add the certificate of the company’s authority to this computer’s operating system.',
    },
    exit: 69,
  },
  'models.server-key': {
    say: {
      ja: 'モデルサーバー {host} が鍵を受け付けません。',
      en: 'The model server {host} does not accept the key.',
    },
    next: { ja: '鍵 (API キー) を入力し直してください。', en: 'Enter the key (API key) again.' },
    exit: 77,
  },
  'models.server-redirect': {
    say: {
      ja: 'モデルサーバー {host} が別の場所へ案内したため、接続をやめました。',
      en: 'The model server {host} pointed elsewhere; Toride did not follow.',
    },
    next: {
      ja: 'サーバーの本当のアドレスを入力してください。',
      en: 'Enter the server’s final address.',
    },
    exit: 69,
  },
  'models.server-answer': {
    say: {
      ja: 'モデルサーバーの答えを使えません: {detail}',
      en: 'The model server’s answer cannot be used: {detail}',
    },
    next: {
      ja: 'アドレスの末尾 (/v1) とモデルの名前を確認し、「接続を試す」で確かめてください。',
      en: 'Check the end of the address (/v1) and the model’s name, then press “Test”.',
    },
    exit: 65,
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
  'models.process-died': {
    say: {
      ja: 'モデルの計算が途中で止まりました。',
      en: 'The process that runs the models stopped in the middle of its work.',
    },
    next: {
      ja: '自動で起動し直しています。少し待ってから、もう一度お試しください。',
      en: 'It is being started again. Wait a moment and try again.',
    },
    exit: 69,
  },
  'models.not-ready': {
    say: {
      ja: '検索の担当モデルは、まだ準備ができていません。',
      en: 'The model that searches by meaning is not ready yet.',
    },
    next: {
      ja: '準備ができると、意味の近いものも加わります。',
      en: 'What is close in meaning is added when it is.',
    },
    exit: 69,
  },
  'models.load-failed': {
    say: {
      ja: 'モデルを読み込めません: {detail}',
      en: 'The model cannot be loaded: {detail}',
    },
    next: {
      ja: 'ファイルを入手し直すか、別のモデルをお使いください。',
      en: 'Get the file again, or use another model.',
    },
    exit: 65,
  },
  'models.backend-missing': {
    say: {
      ja: 'この PC では計算方式 {backend} を使えません: {detail}',
      en: 'This computer cannot compute with {backend}: {detail}',
    },
    next: {
      ja: 'モデル画面で計算方式を「自動」か「CPU」にしてください。',
      en: 'Choose “Automatic” or “CPU” on the models screen.',
    },
    exit: 69,
  },
  'models.onnx-missing': {
    say: {
      ja: 'この PC では ONNX のモデルを使えません: {detail}',
      en: 'This computer cannot use ONNX models: {detail}',
    },
    next: {
      ja: 'Windows では「Microsoft Visual C++ 再頒布可能パッケージ」を入れると使えることがあります。Intel の Mac では使えません。検索は内蔵の方式で続けられます。',
      en: 'On Windows, installing the “Microsoft Visual C++ Redistributable” may help. Macs with an Intel processor cannot. Search goes on in the built-in way.',
    },
    exit: 69,
  },
  'models.no-memory': {
    say: {
      ja: 'モデルに必要なメモリ (約 {need} MB) を確保できません。',
      en: 'There is not enough free memory for this model (about {need} MB).',
    },
    next: {
      ja: '他のアプリを終了するか、小さいモデルをお使いください。',
      en: 'Close other applications, or use a smaller model.',
    },
    exit: 71,
  },
  'models.prompt-too-long': {
    say: {
      ja: 'モデルに渡す文が長すぎます ({tokens} トークン、上限 {limit})。',
      en: 'The text for the model is too long ({tokens} tokens; the limit is {limit}).',
    },
    next: {
      ja: '文を短くするか、モデル画面でコンテキスト長を増やしてください。',
      en: 'Shorten it, or raise the context length on the models screen.',
    },
    exit: 64,
  },
  'models.unusable-numbers': {
    say: {
      ja: 'モデルの計算結果が数値になりません。',
      en: 'What the model computes is not a number.',
    },
    next: {
      ja: 'ファイルが壊れている可能性があります。別のモデルをお使いください。',
      en: 'Its file may be damaged; use another model.',
    },
    exit: 65,
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
  'knowledge.wrong-kind': {
    say: {
      ja: '{name} は登録できる種類のファイルではありません。',
      en: '{name} is not a kind of file that can be registered.',
    },
    next: {
      ja: '使える種類: {known}。それ以外は文字として書き出してから登録してください。',
      en: 'Kinds that can: {known}. Export anything else as text first.',
    },
    exit: 65,
  },
  'knowledge.not-text': {
    say: {
      ja: '{name} は文字のファイルとして読めません。',
      en: '{name} cannot be read as text.',
    },
    next: {
      ja: 'UTF-8、UTF-16、Shift_JIS、EUC-JP のいずれかで保存し直してください。',
      en: 'Save it again as UTF-8, UTF-16, Shift_JIS or EUC-JP.',
    },
    exit: 65,
  },
  'knowledge.file-too-large': {
    say: {
      ja: '{name} が大きすぎます ({size}、上限 {limit})。',
      en: '{name} is too large ({size}; the limit is {limit}).',
    },
    next: { ja: '分割して登録してください。', en: 'Split it up.' },
    exit: 64,
  },
  'knowledge.file-unreadable': {
    say: { ja: '{name} を開けません: {detail}', en: '{name} cannot be opened: {detail}' },
    next: {
      ja: 'ファイルの権限と、ほかのアプリで開いていないことを確認してください。',
      en: 'Check its permissions, and that no other program holds it.',
    },
    exit: 66,
  },
  'knowledge.folder-path': {
    say: {
      ja: '{path} は監視できるフォルダではありません。',
      en: '{path} is not a folder that can be watched.',
    },
    next: {
      ja: 'フォルダの場所を最初から最後まで入力してください (例: C:\\共有\\手順書)。',
      en: 'Give the whole path of a folder, such as C:\\share\\manuals.',
    },
    exit: 64,
  },
  'knowledge.folder-known': {
    say: {
      ja: '{path} は、監視中の {known} と重なっています。',
      en: '{path} overlaps with {known}, which is already watched.',
    },
    next: { ja: '先に、もう一方の監視をやめてください。', en: 'Stop watching the other one first.' },
    exit: 65,
  },
  'knowledge.folder-unreachable': {
    say: {
      ja: 'フォルダ {path} を開けません: {detail}',
      en: 'The folder {path} cannot be opened: {detail}',
    },
    next: {
      ja: '登録済みの資料はそのまま使えます。つながり次第、自動で続きを読みます。',
      en: 'What is registered stays in use. It goes on by itself once the folder is back.',
    },
    exit: 69,
  },
  'knowledge.folder-emptied': {
    say: {
      ja: 'フォルダ {path} のファイルが一度にすべて見えなくなりました ({n} 件)。共有が切れている可能性があるため、消さずに残しています。',
      en: 'All {n} files of {path} disappeared at once. The share may be away, so nothing was removed.',
    },
    next: {
      ja: '本当に空にした場合は、監視をやめるときに資料の削除を選んでください。',
      en: 'If it was emptied on purpose, stop watching it and choose to remove its documents.',
    },
    exit: 65,
  },
  'knowledge.of-folder': {
    say: {
      ja: 'この資料は監視中のフォルダのファイル {path} の内容なので、ここでは変更できません。',
      en: 'This document follows the file {path} of a watched folder and cannot be changed here.',
    },
    next: {
      ja: 'ファイルを直してください。1 分ほどで反映されます。',
      en: 'Change the file; it is taken over within about a minute.',
    },
    exit: 65,
  },
  'knowledge.too-many-folders': {
    say: {
      ja: '監視できるフォルダは {limit} 個までです。',
      en: 'No more than {limit} folders can be watched.',
    },
    next: { ja: '使わないフォルダの監視をやめてください。', en: 'Stop watching one that is not needed.' },
    exit: 64,
  },
  'knowledge.folder-many': {
    say: {
      ja: 'フォルダ {path} のファイルが多すぎます (上限 {limit} 件)。先頭の分だけを登録しました。',
      en: 'The folder {path} has too many files (the limit is {limit}). Only the first ones were registered.',
    },
    next: { ja: '下のフォルダを指定してください。', en: 'Watch a folder further down.' },
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

/** written with their thousands apart: bytes of a model run to ten digits */
const AMOUNTS: ReadonlySet<string> = new Set(['need', 'have', 'free', 'at']);
const fill = (text: string, params: ErrorParams): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
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
  return { say: fill(text.say[lang], params), next: fill(text.next[lang], params) };
}
