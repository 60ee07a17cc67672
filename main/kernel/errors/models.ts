import type { ErrorText } from './types.ts';

/** Of importing, roles, the models process and the company’s server. */
export const MODEL_ERRORS = {
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
      ja: 'サーバーが暗号化していなければ、アドレスを http:// で始めてください。暗号化していれば、会社の認証局の証明書をこのパソコンの OS に登録してください。',
      en: 'If the server does not encrypt, begin its address with http://. If it does, add the certificate of the company’s authority to this computer’s operating system.',
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
  'models.server-trouble': {
    say: {
      ja: 'モデルサーバー {host} の側で問題が起きています: {detail}',
      en: 'The model server {host} is in trouble: {detail}',
    },
    next: {
      ja: 'アドレスは合っています。少し待ってから試し、続くときはサーバーの記録 (ログ) を確認してください。その間も、Toride は内蔵の方法で動きます。',
      en: 'The address is right. Wait a moment and try again; if it goes on, look into the server’s own log. Toride goes on with its built-in ways meanwhile.',
    },
    exit: 69,
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
} as const satisfies Record<string, ErrorText>;
