// The fixed questions of the search role: a question and the one passage that answers it, among all the others.
export const EMBEDDING_QUESTIONS: readonly { readonly query: string; readonly passage: string }[] = [
  {
    query: '画面が固まって入力できない',
    passage: '入力画面が応答しなくなったときは、端末を再起動し、下書きから再開します。',
  },
  {
    query: '納品書の枚数が合わない',
    passage: '受領した帳票の数が送り状と違う場合は、受付係に連絡し、照合が済むまで開封しません。',
  },
  {
    query: '新人の教育の進め方',
    passage: '配属後二週間は経験者の隣で作業し、誤りの多い項目を毎日振り返ります。',
  },
  {
    query: 'パスワードを忘れた',
    passage: '資格情報の再発行は管理者に依頼します。本人確認のため社員証を用意してください。',
  },
  {
    query: 'データベースがつながらない',
    passage: 'DB への接続が時間切れになるときは、接続数の上限と長い処理を確認します。',
  },
  {
    query: '雪で出勤できない人が多い',
    passage: '悪天候で欠勤が増える日は、他拠点からの応援と在宅の予備要員を早めに手配します。',
  },
  {
    query: '読み取れない手書き文字',
    passage: '判読不能な筆跡は推測で入力せず、「？」を付けて補正工程に回します。',
  },
  { query: '昼休みの交代', passage: '休憩は三つの班に分け、工程が止まらないよう時間をずらして取ります。' },
  {
    query: 'ディスクの空きがなくなった',
    passage: '記憶領域が不足したら、古いログを圧縮して退避し、保存期間を見直します。',
  },
  {
    query: '月末に量が増える',
    passage: '締め日の前後は入荷が普段の一・五倍になるため、人員計画を前倒しで組みます。',
  },
  {
    query: '個人情報の書類をなくした',
    passage: '帳票の紛失に気づいたら、その場で作業を止め、責任者と情報保護の窓口に報告します。',
  },
  {
    query: '印刷がかすれる',
    passage: 'トナーの残量を確かめ、ドラムの清掃をしても薄いときは保守会社を呼びます。',
  },
];
/** short lines as logs have them, for the rate */
export const RATE_TEXTS: readonly string[] = Array.from(
  { length: 64 },
  (_, i) => `${EMBEDDING_QUESTIONS[i % EMBEDDING_QUESTIONS.length]?.query ?? ''} (${i + 1})`,
);
