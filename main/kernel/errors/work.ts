import { retry } from './next-steps.ts';
import type { ErrorText } from './types.ts';

/** Of alerts, chat, proposals and the demo. */
export const WORK_ERRORS = {
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
  'rules.draft-untested': {
    say: {
      ja: 'この下書きは、まだ過去の提案で試していません。',
      en: 'This draft has not been tried on past proposals yet.',
    },
    next: {
      ja: '「過去の提案で試す」の結果を見てから採用してください。',
      en: 'See what “Try on past proposals” says, then confirm it.',
    },
    exit: 65,
  },
  'rules.draft-decided': {
    say: {
      ja: 'この下書きは、すでに採用または破棄されています。',
      en: 'This draft was confirmed or discarded already.',
    },
    next: { ja: '一覧を開き直してください。', en: 'Open the list again.' },
    exit: 65,
  },
  'placement.no-data': {
    say: { ja: '計算に使える進捗データがありません。', en: 'There is no progress data to plan with.' },
    next: { ja: '取り込みを実行するか、デモを開始してください。', en: 'Run a sync, or start the demo.' },
    exit: 66,
  },
  'placement.no-roster': {
    say: {
      ja: '{date} のシフトがなく、同じ曜日のふだんのシフトもありません。',
      en: 'There is no roster for {date}, and no usual one for that weekday.',
    },
    next: {
      ja: 'シフトを会社のデータベースに入れて取り込むか、別の日を選んでください。',
      en: 'Enter the roster in the company’s database and sync, or choose another day.',
    },
    exit: 66,
  },
  'placement.limit-of-day': {
    say: {
      ja: '日ごとの計画では「何時までに終える」という条件を守れません。',
      en: 'A plan for a day cannot keep the condition “done by a time”.',
    },
    next: {
      ja: 'その条件を外すか、今からの配置変更として頼んでください。',
      en: 'Leave that condition out, or ask for moves from now on.',
    },
    exit: 64,
  },
  'placement.day-range': {
    say: {
      ja: '{date} の計画は作れません。{from} から {to} までの日を選べます。',
      en: '{date} cannot be planned: days from {from} to {to} can.',
    },
    next: { ja: '別の日を選んでください。', en: 'Choose another day.' },
    exit: 64,
  },
  'rules.breaks': {
    say: {
      ja: '休憩の時間帯が正しくありません: {detail}',
      en: 'These breaks cannot be kept: {detail}',
    },
    next: {
      ja: '終わりを始まりより後にし、働く時間が残るようにしてください。',
      en: 'Let each end after it begins, and leave some time to work.',
    },
    exit: 65,
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
  'proposal.assumed': {
    say: {
      ja: '提案 {id} は、実際とは違う条件を仮定した案なので、承認も却下もできません。',
      en: 'Proposal {id} supposes conditions that are not the case, so it cannot be decided on.',
    },
    next: {
      ja: '今の状況で解き直してから承認してください。',
      en: 'Solve it for the situation as it is, then approve that.',
    },
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
} as const satisfies Record<string, ErrorText>;
