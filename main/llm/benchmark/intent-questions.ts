// The fixed questions of the intent role: of its own, so that no training or tuning set holds them. Three an intent.
import { INTENTS, type Intent } from '../../api/contract/chat.ts';

export const INTENT_SYSTEM = `事務センターの管理者の質問を、次のどれかに分類します。
deadline_optimization: 遅れている、遅れそうな工程を、人を動かして間に合わせたい
delay_risk_detection: どこが遅れそうかを知りたい
impact_analysis: もし人を動かしたら、休んだらどうなるかを知りたい
improve_alerts: 出ているアラートを解消したい
optimize_assignment: 翌日以降の配置を組みたい
simple_query: 今の件数や人数、一覧を知りたい
productivity_analysis: 処理速度や出勤の推移、傾向を知りたい
log_investigation: システムのエラーやログの原因を調べたい
out_of_scope: 業務と関係がない`;

export const INTENT_QUESTIONS: readonly { readonly text: string; readonly intent: Intent }[] = [
  {
    text: '佐世保のエントリ2、夕方の締めに間に合うように人を回してもらえますか',
    intent: 'deadline_optimization',
  },
  { text: '目検が詰まっています。誰をどこから動かせば納期を守れますか', intent: 'deadline_optimization' },
  { text: '補正を 15 時までに終わらせたい。応援の案を出して', intent: 'deadline_optimization' },
  { text: '今日、危なそうな工程はどこですか', intent: 'delay_risk_detection' },
  { text: '午後に遅れが出そうな拠点を教えて', intent: 'delay_risk_detection' },
  { text: 'このままで締め切りを割りそうなものはありますか', intent: 'delay_risk_detection' },
  { text: '仮に大阪から二人抜いたら、大阪の納期はどうなりますか', intent: 'impact_analysis' },
  { text: '明日三人休むと、どの工程に響きますか', intent: 'impact_analysis' },
  { text: '入力が二割増えたとしたら間に合いますか', intent: 'impact_analysis' },
  { text: '鳴っているアラートを全部片付けたい', intent: 'improve_alerts' },
  { text: '警戒の表示を消すには何をすればいいですか。進めてください', intent: 'improve_alerts' },
  { text: '未対応のアラートを順番に解消して', intent: 'improve_alerts' },
  { text: '明日のシフトを組んでください', intent: 'optimize_assignment' },
  { text: '来週月曜の人員配置の案を作って', intent: 'optimize_assignment' },
  { text: '翌日分、だれをどの工程に置くのがよいか決めて', intent: 'optimize_assignment' },
  { text: '横浜の残りは何件?', intent: 'simple_query' },
  { text: '今、品川に何人いますか', intent: 'simple_query' },
  { text: 'SV補正のできる人の一覧を見せて', intent: 'simple_query' },
  { text: 'この一か月で一人当たりの処理件数はどう変わった?', intent: 'productivity_analysis' },
  { text: '曜日ごとの欠勤の傾向を見たい', intent: 'productivity_analysis' },
  { text: '盛岡の速度が先週より落ちていないか比べて', intent: 'productivity_analysis' },
  { text: '14 時ごろに増えたエラーは何ですか', intent: 'log_investigation' },
  { text: 'データベースの時間切れが出ている。前にも同じことがありましたか', intent: 'log_investigation' },
  { text: 'システムが重いのはどのサービスのせいですか', intent: 'log_investigation' },
  { text: 'おすすめのラーメン屋は?', intent: 'out_of_scope' },
  { text: '俳句を一つ作ってください', intent: 'out_of_scope' },
  { text: '日経平均はいくらですか', intent: 'out_of_scope' },
];
export const INTENT_SLOTS = [
  { name: 'intent', options: INTENTS },
  { name: 'location', options: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保', 'なし'] },
] as const;
