// Questions a local intent model is measured on before it has a say. Written for this: neither the classifier nor test/golden holds them.
import type { Intent } from '../api/contract/chat.ts';
import type { MasterData } from './types.ts';

export const CALIBRATION_MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [{ id: '523201', name: 'SS' }],
  operators: [],
};

const asked: Readonly<Record<Intent, readonly string[]>> = {
  deadline_optimization: [
    '品川の目検、山が減らないまま夕方になりそう。手を貸せる人を割り振って',
    '16時の分を落とせないので、補正に誰か回せないか考えてほしい',
    '盛岡が火の車です。助っ人をお願いします',
    'Correction in Osaka is drowning, get some hands over there',
    'We are going to blow the 5 pm cutoff in Sapporo unless people move',
  ],
  delay_risk_detection: [
    '夕方までに怪しいのはどのへん？',
    'このペースでいくと、どこが引っかかりますか',
    '目検は今日中に片付きそうですか',
    'Anything I should be worried about this afternoon?',
    'Will entry 2 in Yokohama be through by five?',
  ],
  impact_analysis: [
    '横浜の三人を研修に出すと、夕方の分に響く？',
    '物量が一割五分上振れしたと仮定して見てください',
    'SV補正を一人だけにしてみたら',
    'Suppose two of the Osaka people call in sick',
    'How bad would it get with 30 percent more volume?',
  ],
  improve_alerts: [
    '赤く光っているやつを全部どうにかして',
    '今の警告、上から順に潰していきたい',
    '通知が溜まっているので対処案をください',
    'Clear whatever alarms are showing right now',
    'What do we do about these warnings?',
  ],
  optimize_assignment: [
    '明日は誰をどこに座らせればいい？',
    '週明けの体制を考えてもらえますか',
    'あさっての人の並べ方を決めたい',
    'Draw up who sits where tomorrow',
    'I need a staffing layout for Monday',
  ],
  simple_query: [
    '札幌、あと何枚？',
    'いま手が空いている人の名前を出して',
    '補正の締めは何時だっけ',
    'Who is on visual check at the moment?',
    'Give me the pile size in Sasebo',
  ],
  productivity_analysis: [
    '先月と比べて一時間あたりにこなす量は伸びた？',
    '休みがちな曜日があるか見たい',
    'ベテランと新人の速さの開きは',
    'Are people getting quicker week over week?',
    'Show me how output per head developed',
  ],
  log_investigation: [
    '昼すぎから入力画面がくるくる回ったままなのはなんで',
    'タイムアウトっぽい記録が残っていないか見て',
    '夜間バッチがこけた形跡はある？',
    'Why did the login service start throwing exceptions?',
    'Anything odd in the server messages around noon?',
  ],
  out_of_scope: [
    'おすすめのラーメン屋は？',
    '英語で自己紹介文を書いて',
    'サッカーの結果どうだった',
    'Tell me a joke',
    'What is the capital of France?',
  ],
};
export const CALIBRATION_QUESTIONS: readonly { readonly text: string; readonly intent: Intent }[] =
  Object.entries(asked).flatMap(([intent, texts]) =>
    texts.map((text) => ({ text, intent: intent as Intent })),
  );
