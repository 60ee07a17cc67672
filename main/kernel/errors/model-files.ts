import type { ErrorText } from './types.ts';

/** What can be wrong with a model file, told before it is loaded. */
export const MODEL_FILE_ERRORS = {
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
} as const satisfies Record<string, ErrorText>;
