import type { ErrorText } from './types.ts';

/** Of know-how: documents and watched folders. */
export const KNOWLEDGE_ERRORS = {
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
    next: {
      ja: '分割してください。PDF と Office のファイルは、監視するフォルダに置けば 50 MB まで読めます。',
      en: 'Split it up. PDF and Office files of up to 50 MB are read where they lie in a watched folder.',
    },
    exit: 64,
  },
  'knowledge.file-locked': {
    say: {
      ja: '{name} はパスワードで保護されています。',
      en: '{name} is protected by a password.',
    },
    next: {
      ja: 'パスワードを外して保存し直してから、登録してください。',
      en: 'Save it without its password, and register that.',
    },
    exit: 65,
  },
  'knowledge.no-text-layer': {
    say: {
      ja: '{name} には文字がありません。紙をスキャンした画像だけの PDF です。',
      en: '{name} holds no text: it is a PDF of scanned pictures.',
    },
    next: {
      ja: '文字認識 (OCR) にかけて保存し直すか、要点を「追加する」から入力してください。',
      en: 'Run text recognition (OCR) over it and save it again, or type what matters under “Add”.',
    },
    exit: 65,
  },
  'knowledge.file-damaged': {
    say: {
      ja: '{name} は壊れているか、途中で切れています。',
      en: '{name} is damaged or cut off.',
    },
    next: {
      ja: '元のアプリで開けるか確かめ、保存し直すか、コピーし直してください。',
      en: 'See whether its own program opens it; save or copy it again.',
    },
    exit: 65,
  },
  'knowledge.old-office': {
    say: {
      ja: '{name} は以前の形式 ({format}) のファイルなので読めません。',
      en: '{name} is in an older format ({format}) that cannot be read.',
    },
    next: {
      ja: 'Word・Excel・PowerPoint で開き、.docx・.xlsx・.pptx として保存し直してください。',
      en: 'Open it in Word, Excel or PowerPoint and save it as .docx, .xlsx or .pptx.',
    },
    exit: 65,
  },
  'knowledge.file-inflates': {
    say: {
      ja: '{name} は、展開すると大きくなりすぎるため読みません (上限 {limit})。',
      en: '{name} is not read: unpacked it would be too large (the limit is {limit}).',
    },
    next: {
      ja: '受け取ったファイルなら、送り主に確かめてください。自分で作ったファイルなら分割してください。',
      en: 'If somebody sent it, ask them about it; if it is your own, split it up.',
    },
    exit: 65,
  },
  'knowledge.file-heavy': {
    say: {
      ja: '{name} は、読むのに時間かメモリがかかりすぎるため中止しました。',
      en: 'Reading {name} was given up: it took too much time or memory.',
    },
    next: {
      ja: '分割するか、必要なページだけを保存し直してください。',
      en: 'Split it up, or save only the pages that matter.',
    },
    exit: 65,
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
