import { CONCEPT_NAMES, englishWords, findConcepts, foldText, hash32 } from '../vectors/index.ts';
import type { Entities } from './gazetteer.ts';
import { withoutSetAside } from './understand-negation.ts';

/** the classifier's input size; features share a slot when their hashes do */
export const FEATURE_SLOTS = 1 << 15;
/** One question as the classifier sees it: slot numbers and their weights. */
export type Features = { readonly slots: Int32Array; readonly values: Float32Array };

/** private-use letters that stand for a name, so that what is learnt about 札幌 holds for every site */
const PLACEHOLDER = {
  location: '\ue001',
  process: '\ue002',
  business: '\ue003',
  operator: '\ue004',
  unknown: '\ue005',
} as const;
/** characters read from the start and from the end of a pasted text */
const HEAD = 400;
const TAIL = 200;

const cue = (name: string, pattern: string): readonly [string, RegExp] => [
  name,
  new RegExp(foldText(pattern), 'u'),
];

/** What a question does, seen through fixed expressions. Patterns are folded as the questions are (lower case only). */
const CUES: readonly (readonly [string, RegExp])[] = [
  cue(
    'question',
    'か[?。]*$|[?]|でしょうか|かな$|^(is|are|was|were|will|do|does|did|can|could|would|should|has|have|what|which|who|when|where|how|why|any)\\b',
  ),
  cue(
    'open-question',
    'どの|どこ|どれ|どう|どんな|誰|だれ|なに|何|いつ|いくつ|\\b(what|which|who|where|when|how|why|any|anything|anyone)\\b',
  ),
  cue(
    'where-question',
    'どの(\ue001|\ue002|工程|拠点|業務|作業)|どこ|どれ|ところ|とこ|箇所|\\b(which|where|what is|anything)\\b',
  ),
  cue(
    'whether-question',
    '(ます|です|いる|ある|う|そう|そうです|せん|丈夫)(か)?[?]|(ます|です|ません)か|^(is|are|will|does|do|can|has)\\b',
  ),
  cue('late', '遅|遅延|押して|後ろ倒し|滞|間に合|納期割|\\b(late|delay\\w*|behind|overdue|slipping|slip)\\b'),
  cue(
    'will-not-make-it',
    '間に合わ|間に合いそうにな|間に合いません|終わらな|終わりそうにな|終わりません|片付かな|追いつか|追いつけ|さばけ|さばきき|回らな|厳し|落としそう|(won.?t|will not|can.?t|cannot|not going to|unable to|never) (make|meet|hit|finish|be done|be finished|keep up)|\\bmiss',
  ),
  cue(
    'catch-up',
    '挽回|取り戻|巻き返|リカバ|recovery|rescue|解消|追い上げ|立て直|間に合わせ|間に合うように|間に合うよう|catch up|back on (track|schedule)|recover|on time',
  ),
  cue('deadline', '納期|締切|締め切|期限|締め|deadline|cutoff|due'),
  cue(
    'make-it-question',
    '間に合(う|い|いそう|うか|います)([?か]|$)|大丈夫|いけそう|守れ(る|ます)|on track|on time|make it',
  ),
  cue(
    'risk',
    '危な|危険|リスク|恐れ|可能性|確率|やば|まず(い|そう)|注意|兆候|兆し|予兆|at risk|risk|danger|likely|chance|probability|worry',
  ),
  cue('seems', 'そう(な|です|か|[?]|$|なの|だ)|might|likely'),
  cue(
    'request',
    'ください|下さい|お願い|おねがい|頼|よろしく|欲しい|ほしい|したい|たい[。?]*$|して[。!]*$|してくれ|くれ[。!]*$|\\b(please|pls|help|need|want)\\b',
  ),
  cue(
    'command',
    '(して|しろ|せよ|出して|回して|作って|組んで|考えて|送って|移して|入れて|片付けて|直して)[。!]*(ください)?[。!]*$|^(please )?(fix|resolve|move|send|plan|optimize|optimise|assign|clear|handle|make|create|propose|suggest|shift|get|find|recover|bring|speed)\\b',
  ),
  cue(
    'show',
    '見せて|見たい|表示|教えて|おしえて|知りたい|一覧|リスト|確認したい|\\b(show|list|display|tell me|give me|overview)\\b',
  ),
  cue(
    'if',
    'たら|だら|れば|なら|すると|ると[、。? ]|ると(どう|影響)|場合|仮に|もし|としたら|仮定|想定|たとき|ても|でも(大丈夫|間に合)|\\b(if|suppose|supposing|assume|assuming|imagine|were to|would|without)\\b',
  ),
  cue(
    'what-if',
    'たらどう|るとどう|影響|シミュレ|試算|インパクト|効果|響|what if|what happens|would happen|impact|effect of|affect|simulat|consequence',
  ),
  cue(
    'fewer',
    '減ら|減っ|減る|抜け|抜い|抜く|休ん|休む|欠け|引き抜|外し|外れ|いなく|出したら|借り|\\b(remove|lose|fewer|less|without|absent|spare|take away|cut|pull|borrow|off)\\b',
  ),
  cue(
    'more',
    '増や|増え|増員|追加|足し|足せ|入れたら|応援|回した|\\b(add|more|extra|increase\\w*|send|support|reinforce\\w*)\\b',
  ),
  cue('people', '[0-9一二三四五六七八九十]+ ?(人|名)|people|operators|persons|staff'),
  cue('percent', '[0-9]+ ?(%|割|パーセント|percent|倍)'),
  cue(
    'move-people',
    '(人|応援|ヘルプ|人員|誰).{0,6}(回|移|送|出|動か|借り|割|入れ|足|増)|\\b(move|send|shift|transfer|reassign|pull)\\b',
  ),
  cue(
    'shortage',
    '足りな|足りま|不足|手薄|人手|short of|short on|understaffed|short-?handed|lack|not enough',
  ),
  cue(
    'alert',
    'アラート|警告|警報|アラーム|通知|\\b(alert|alerts|alarm|alarms|warning|warnings|notification|notifications)\\b',
  ),
  cue(
    'resolve',
    '対応|対処|解消|解決|片付|改善|処理して|つぶ|潰|どうにか|何とか|なんとか|手当|手を打|打ち手|さば|\\b(resolve|fix|handle|clear|address|deal|solve|take care|sort out|act|action|close|respond)\\b',
  ),
  cue(
    'plan',
    '配置|シフト|割り当て|割当|割り振|アサイン|人員計画|要員|体制|編成|段取り|人繰り|担当を|\\b(plan|planning|assignment\\w*|assign|allocat\\w*|staffing|roster|rota|schedule|placement|shifts?)\\b',
  ),
  cue('best', '最適|ベスト|効率的|バランス|無駄|最善|optimal|optimi[sz]e|best|balanced|ideal'),
  cue(
    'coming-day',
    '明日|あす|あした|翌日|翌週|来週|来月|明後日|次の(日|シフト|勤務)|週明け|夜勤|早番|tomorrow|next (day|week|shift|month)|coming|monday',
  ),
  cue(
    'past',
    '昨日|先週|先月|前年|過去|直近|最近|これまで|この(1|一)?(週間|か月)|今週|今月|以前|ここ(数|1|最近)|yesterday|last (week|month|night|\\d)|past|this (week|month)|over the|since last|lately|recent',
  ),
  cue(
    'trend',
    '推移|傾向|トレンド|変化|比較|比べ|比べて|グラフ|分析|レポート|集計|trend|compar\\w*|over time|history|analy|report|going (up|down)|improv|chart',
  ),
  cue(
    'productivity',
    '生産性|効率|能率|出来高|成績|パフォーマンス|一人(あたり|当たり)|1人(あたり|当たり)|実績|productiv|efficien|performance|per person|output|performer',
  ),
  cue(
    'attendance',
    '出勤|欠勤|勤怠|遅刻|早退|休み|休んで(い|る|ます)|休暇|有給|attendance|absen|present|on leave|sick|show up|turnout',
  ),
  cue(
    'ranking',
    'ランキング|順位|上位|下位|トップ|ワースト|一番|最も|rank|top|worst|most|least|fastest|slowest|largest|biggest',
  ),
  cue('how-many', '何件|何人|何名|何枚|いくつ|どれくらい|どのくらい|how many|how much|number of|count'),
  cue(
    'measure',
    '残件|残り|残って|件数|人数|処理速度|スループット|進捗|状況|待ち|納期は|締切は|backlog|headcount|throughput|status|progress|remaining|left|waiting|pending',
  ),
  cue('now', '今[のは、 ]|いま|現在|現時点|目下|now|currently|current|at the moment'),
  cue('who-where', '誰が|だれが|誰か|担当者|メンバ|いますか|いる[?]|who is|who.s|where is|who can'),
  cue(
    'log',
    'ログ|エラー|例外|障害|不具合|異常|トラブル|故障|\\b(logs?|errors?|exceptions?|outages?|incidents?|failures?|fail\\w*|anomal\\w*|crash\\w*|bug)\\b',
  ),
  cue(
    'system',
    'システム|サーバ|ネットワーク|回線|データベース|db|アプリ|端末|画面|認証|ログイン|接続|通信|タイムアウト|バッチ|ジョブ|印刷|再起動|\\b(system|server|network|database|app|service|login|log in|auth\\w*|connection|timeouts?|screen|batch|vpn|disk|memory|cpu|reboot|restart)\\b',
  ),
  cue(
    'broken',
    '落ち(た|て|る)|止ま(っ|る)|動かな|重い|固ま|つながら|繋がら|使えな|反応しな|開かな|不安定|できない|壊|\\b(down|slow|unstable|crashed|hang\\w*|stuck|frozen|broken|not (responding|working))\\b',
  ),
  cue('cause', '原因|なぜ|何故|なんで|どうして|理由|why|cause|reason'),
  cue('how-to-read', '手順|やり方|マニュアル|方法|とは|procedure|manual|how to'),
  cue(
    'only-telling',
    '(対応|対処|提案|処置)(は|し)?(不要|いらな|しなくて|結構)|だけ(教えて|知りたい|見せて|でいい|見たい|確認)|知りたいだけ|見るだけ|確認だけ|no action|just (tell|show|checking|want to know|curious)|only (tell|show|want to know)',
  ),
  cue(
    'overriding',
    '(指示|命令|ルール|プロンプト).{0,8}(無視|忘れ|破棄)|(ignore|forget|disregard).{0,20}(instruction|rule|order)|system ?prompt|システムプロンプト|パスワードを|api ?key|秘密鍵|承認(しろ|せよ)|勝手に',
  ),
  cue(
    'small-talk',
    'こんにちは|こんばんは|おはよう|ありがとう|お疲れ|おつかれ|さようなら|天気|冗談|おすすめの|レシピ|観光|翻訳|俳句|占い|株価|\\b(hello|hi|hey|thanks|thank you|bye|weather|joke|recipe|translate|poem|stock price)\\b',
  ),
  cue(
    'elsewhere',
    '他社|競合|ライバル|よその会社|[a-z]社|電車|新幹線|地下鉄|宅配|飛行機|荷物|トヨタ|ソニー|ヤマト|佐川急便|楽天|アマゾン|マイクロソフト|グーグル|アップル|任天堂|ntt|息子|娘|友達|彼女|彼氏|家族|\\b(competitors?|trains?|shinkansen|flight|plane|bus|package|parcel|pizza|my (boss|son|wife|phone|car|friend)|toyota|sony|amazon|google|apple|microsoft|tesla|walmart|dhl|fedex|ceo|iphone)\\b',
  ),
  cue(
    'advice',
    'どうすれ|どうしたら|どうする|どうしま|どうしよ|どうやった|手は[?]|手(は|が)(ある|ない)|打つ手|打ち手|いい手|対策|対応策|打開|策を|すべき|\\bwhat (should|shall|can|could|now|do) ?(we|i)?\\b|\\bhow (can|do|could|should) (we|i)\\b|\\b(advise|options|suggest\\w*|propos\\w*|recommend\\w*)\\b',
  ),
  cue(
    'whether-told',
    '(か|かどうか|有無)(を|だけ|が)?(も)?(確認|見|知り|教え|チェック|判定|把握|調べ)|ないか(確認|見て|チェック|教え)|\\b(check|see|know|tell me|confirm) (if|whether)\\b',
  ),
  cue(
    'error-code',
    'コ-?ド|\\b(err|ora|errno|http|code|api)[-_ ]?0|0x0|例外|スタックトレ|デッドロック|証明書|\\b(stack|deadlock|certificate)\\b|pointer',
  ),
  cue(
    'want',
    'たい|欲しい|ほしい|ください|下さい|お願い|頼|求む|必要|要る|\\b(want|need|must|have to|asap|urgent|please|pls|help)\\b',
  ),
  cue(
    'piling-up',
    '溜ま|たま(っ|り)|積み上|積み残|詰ま|滞留|パンク|捌け|捌き|さばけ|追いつ|追っつ|回ら|火を噴|炎上|燃え|ピンチ|限界|悲鳴|きつ|キツ|手一杯|足りな|\\b(piling|pile|stuck|backed up|drowning|struggling|on fire|overloaded|swamped|growing|out of control)\\b',
  ),
  cue(
    'going-on',
    '(ています|てます|ている|てる|中|中です|ました|発生|った|ない|ません)(んですが|んだけど|ので)?[。!]*$',
  ),
  cue(
    'rate-of-past',
    '率|平均|合計|総|累計|回数|頻度|割合|精度|履歴|\\b(rate|average|total|history|accuracy|percentage|often)\\b',
  ),
  cue('sentence-asked', '[?]$|(か|かな|の|け|だっけ|っけ)$|(は|って)$'),
  cue(
    'future-now',
    'この後|これから|今後|夕方|午後|今夜|夜まで|このまま|このペース|今のペース|\\b(tonight|this (afternoon|evening)|later today|at this pace|at this rate)\\b',
  ),
  cue('quoted-log', 'error |warn |fatal |exception|ログに|このログ|log says|log line|logline|stack ?trace'),
];

/** cues of a question; a sentence without them states something */
const ASKING = new Set(['question', 'open-question', 'whether-question', 'sentence-asked', 'show']);
const FAMILIAR = /[\ue001-\ue004]/;
/** concepts that belong to other people's talk */
const FOREIGN = new Set([
  'weather',
  'joke',
  'food',
  'sports',
  'news',
  'travel',
  'music',
  'poem',
  'translate',
  'program',
  'hello',
  'thanks',
  'bye',
  'self',
  'love',
  'diet',
]);
const EVERYDAY = new Set([
  'today',
  'now',
  'tomorrow',
  'show',
  'which',
  'who',
  'why',
  'count',
  'morning',
  'night',
  'hour',
  'week',
  'fast',
  'past',
  'same',
  'example',
  'name',
  'schedule_time',
  'afternoon',
  'yesterday',
  'month',
  'day_of_week',
  'quiet',
  'merge',
  'first_time',
  'copy',
  'sort',
  'finish',
  'start',
  'search',
  'train',
  'open_file',
  'meet',
  'mail',
  'total',
  'share',
  'check_first',
]);

/** fields a word may come from: an unseen word is understood by its neighbours */
const FIELDS: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['foreign', FOREIGN],
  [
    'system',
    new Set(
      'ocr batch log error failure anomaly system network connection refused timeout latency auth password account permission certificate session token database lock disk memory cpu gc thread queue_system print scanner pc keyboard restart retry rollback restore backup version install http dns proxy firewall cache sync cluster container cloud power browser url api'.split(
        ' ',
      ),
    ),
  ],
  [
    'output',
    new Set(
      'productivity attendance absence late_arrival early_leave overtime trend ranking average compare actual evaluation'.split(
        ' ',
      ),
    ),
  ],
  ['planning', new Set('assignment shift plan optimize tomorrow optimal staff'.split(' '))],
  ['lateness', new Set('delay deadline meet miss risk probability bottleneck slow'.split(' '))],
  ['amount', new Set('backlog volume throughput count list situation staff available'.split(' '))],
  ['helping', new Set('move support borrow shortage improve increase'.split(' '))],
];

/** The question with names and digits replaced, folded; what the features are counted on. */
export function maskNames(original: string, entities: Entities): string {
  const spans = [
    ...entities.mentions.map((m) => ({ ...m, mark: PLACEHOLDER[m.kind] })),
    ...entities.ambiguous.map((m) => ({ ...m, mark: PLACEHOLDER[m.kind] })),
    ...entities.unknown.map((m) => ({ ...m, mark: PLACEHOLDER.unknown })),
  ].sort((a, b) => a.start - b.start);
  let masked = '';
  let at = 0;
  for (const span of spans) {
    masked += `${original.slice(at, span.start)} ${span.mark} `;
    at = span.end;
  }
  masked += original.slice(at);
  if (masked.length > HEAD + TAIL) masked = `${masked.slice(0, HEAD)} ${masked.slice(-TAIL)}`;
  return withoutSetAside(inKanji(foldText(masked)))
    .replace(/[0-9][0-9,.:/]*/g, '0')
    .replace(/ ?([\ue001-\ue005]) ?/g, '$1')
    .replace(/[、,]/g, ' ');
}

/** the words of the trade as they sound, for questions typed without kanji */
const READINGS: readonly (readonly [RegExp, string])[] = Object.entries({
  ざんけん: '残件',
  のうき: '納期',
  ちえん: '遅延',
  'おく(?=れ)': '遅',
  'まに(?=あ[うわいっ])': '間に',
  'はいち(?!が)': '配置',
  さいてきか: '最適化',
  せいさんせい: '生産性',
  しゅっきん: '出勤',
  けっきん: '欠勤',
  しんちょく: '進捗',
  じょうきょう: '状況',
  すいい: '推移',
  なんけん: '何件',
  なんにん: '何人',
  'な(?:に|ん)じ': '何時',
  かいしょう: '解消',
  たいおう: '対応',
  しょうがい: '障害',
  げんいん: '原因',
  えいきょう: '影響',
  おうえん: '応援',
  ざんぎょう: '残業',
  よくじつ: '翌日',
  'あした(?!か)': '明日',
  てんき: '天気',
  'ふや(?=[すしせ])': '増や',
  'へら(?=[すしせ])': '減ら',
  'ぬけ(?=[たるれ])': '抜け',
  'しらべ(?=[てるた])': '調べ',
  おしえて: '教えて',
  みせて: '見せて',
  だいじょうぶ: '大丈夫',
  'やす(?=み|ん[でだ])': '休',
  '(?<=^|の)ほせい': '補正',
}).map(([reading, word]) => [new RegExp(reading, 'g'), word] as const);
const inKanji = (folded: string): string =>
  READINGS.reduce((text, [reading, word]) => text.replace(reading, word), folded);

type Group = Map<string, number>;

function letterGrams(masked: string): Group {
  const grams: Group = new Map();
  const japanese = masked
    .replace(/[a-z']+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (const run of japanese.split(' ')) {
    if (run === '') continue;
    const framed = `^${run}$`;
    for (let size = 1; size <= 4; size++)
      for (let i = 0; i + size <= framed.length; i++) {
        const gram = framed.slice(i, i + size);
        if (gram !== '^' && gram !== '$') grams.set(`c:${gram}`, 1);
      }
  }
  return grams;
}
function wordGrams(masked: string): Group {
  const grams: Group = new Map();
  const spaced = masked.replace(/[\ue001-\ue005]/g, (mark) => ` zz${mark.charCodeAt(0) & 15} `);
  const words = englishWords(spaced);
  if (!words.some((w) => !/^(?:zz\d|0)$/.test(w))) return grams;
  const framed = ['^', ...words, '$'];
  framed.forEach((word, i) => {
    grams.set(`w:${word}`, 1);
    if (i + 1 < framed.length) grams.set(`w:${word} ${framed[i + 1]}`, 1);
    if (i + 2 < framed.length) grams.set(`w:${word} ${framed[i + 1]} ${framed[i + 2]}`, 1);
    if (word.length > 4) for (let k = 0; k + 4 <= word.length; k++) grams.set(`s:${word.slice(k, k + 4)}`, 1);
  });
  return grams;
}
function meanings(masked: string): Group {
  const found: Group = new Map();
  const names = [...new Set(findConcepts(masked).map((f) => CONCEPT_NAMES[f.concept] ?? ''))].slice(0, 12);
  const marks = [...new Set(masked.match(/[\ue001-\ue005]/g) ?? [])].map((m) => `zz${m.charCodeAt(0) & 15}`);
  for (const name of [...names, ...marks]) found.set(`m:${name}`, 1);
  names.forEach((a, i) => {
    for (const b of names.slice(i + 1)) found.set(`mm:${[a, b].sort().join('+')}`, 0.5);
  });
  for (const [field, words] of FIELDS) {
    const n = names.filter((name) => words.has(name)).length;
    if (n > 0) found.set(`field:${field}`, 1.2);
    if (n > 1) found.set(`field:${field}:more`, 0.8);
  }
  const ours = names.filter((n) => !FOREIGN.has(n) && !EVERYDAY.has(n)).length;
  if (ours === 0) found.set(FAMILIAR.test(masked) ? 'only-names' : 'nothing-of-ours', 1.5);
  return found;
}
function cues(masked: string): Group {
  const found: Group = new Map();
  const names = CUES.filter(([, pattern]) => pattern.test(masked)).map(([name]) => name);
  for (const name of names) found.set(`q:${name}`, 1);
  names.forEach((a, i) => {
    for (const b of names.slice(i + 1)) found.set(`qq:${a}+${b}`, 0.5);
  });
  if (names.length === 0) found.set('q:none', 1);
  if (!names.some((name) => ASKING.has(name)))
    for (const name of ['statement', ...names.map((n) => `statement+${n}`)]) found.set(`q:${name}`, 0.7);
  found.set(`length:${Math.min(6, Math.floor(Math.log2(masked.length + 1)))}`, 0.5);
  return found;
}

/** Each group of features weighs as much as the others, however many of them a question has. */
const GROUPS: readonly (readonly [(masked: string) => Group, number])[] = [
  [letterGrams, 1],
  [wordGrams, 1],
  [meanings, 1],
  [cues, 1.4],
];

/** Features of a masked question: letters, words, concepts and cues, each group scaled to one length. */
export function featuresOf(masked: string): Features {
  const slots = new Map<number, number>();
  for (const [read, weight] of GROUPS) {
    const group = read(masked);
    let square = 0;
    for (const value of group.values()) square += value * value;
    const scale = square === 0 ? 0 : weight / Math.sqrt(square);
    for (const [key, value] of group) {
      const slot = hash32(key, 7) % FEATURE_SLOTS;
      slots.set(slot, (slots.get(slot) ?? 0) + value * scale);
    }
  }
  return { slots: Int32Array.from(slots.keys()), values: Float32Array.from(slots.values()) };
}
