// The words by which a line's meaning is compared: which way it points, how sure it is, what a number is said to be.
import type { Lang } from '../api/contract/common.ts';

const HOLE = '\ue000';

export type Lexicon = {
  /** negative in form only, or a part of another word: taken out first */
  readonly idioms: RegExp;
  /** axis, direction, words; the earlier ones win */
  readonly polar: readonly (readonly [axis: string, sign: 1 | -1, pattern: RegExp])[];
  readonly negations: RegExp;
  /** turn a word about deadlines round without a negation: 遅れを防ぐ, 間に合う見込みは薄い */
  readonly flippers: RegExp;
  readonly hedges: RegExp;
  /** role, what stands before the slot, what stands behind it */
  readonly roles: readonly (readonly ['from' | 'to', RegExp, RegExp])[];
  readonly units: RegExp;
  readonly unitsBefore: RegExp;
};
const NEVER = /(?!)/;

export const LEXICON: Readonly<Record<Lang, Lexicon>> = {
  ja: {
    idioms:
      /かもしれま?(?:せん|ない)|だけで(?:は)?なく|のみならず|少なくとも|少ない|少なく|なければ(?:なりません|ならない|いけません|いけない)|ないと(?:いけません|いけない|なりません|ならない)|間違いな[くい]|やむを得(?:ません|ない)|すみません|ほかなり?ま?せん|まず(?=[、は])|はず|わずか|いずれ|必ず|ずつ|ずれ込|せずに済|申し訳(?:ありません|ない)|とは限らず|差し支え(?:ありません|ない)|ではないで|ないか(?=[、。]|$)|なくな(?=[っりる])|切ない|つなが|つない|担当|(?<!見)当たり|間に合わせる(?=に|ため|の)|間に合わせたい/g,
    polar: [
      [
        'enough',
        -1,
        /不十分|力不足|不足|手薄|ひっ迫|逼迫|欠け|欠員|足りな(?:い|く)|足りず|足りま?せん|足らず|足らな(?:い|く)/g,
      ],
      ['need', -1, /不要|無用/g],
      [
        'time',
        -1,
        /間に合わ(?:な(?:い|く|かっ|さそう)|ず|ぬ|ん)|間に合いま?せん|間に合いそうに(?:も|は)?(?:ない|なく|ありません)/g,
      ],
      [
        'time',
        1,
        /間に合|守[れるりら]|守ら|予定どおり|予定通り|時間内|期限内|納期内|達成|クリア|定刻|順調|滞りなく/g,
      ],
      ['time', -1, /遅れ|遅延|超過|期限切れ|納期割れ|ずれ込|落と|破[りるら]|滞[りる]|厳しい|難しい/g],
      ['enough', 1, /足り|余裕|十分|余力|賄|まかな|追いつ|追い付|さばけ|さばき切|及[びば]|届[きかく]/g],
      ['early', 1, /早く|早め|早ま|前倒し|繰り上が/g],
      ['early', -1, /遅く|後ろ倒し|遅ま|繰り下が/g],
      ['good', 1, /改善|良くな|好転|回復|持ち直/g],
      ['good', -1, /悪化|悪くな|深刻/g],
      ['more', 1, /増[えやしすせ加]|急増|上が|上昇|上げ|上回|高ま|高くな|高い|伸び|膨らみ|拡大|多[いくか]/g],
      ['more', -1, /減[りるらっ少]|急減|低下|下が|下げ|下回|低くな|落ち込|落ち|縮[まみめ小]|軽減/g],
      // いま続いている障害はありません
      ['on', -1, /続い(?:ている|た)[一-龠]{1,4}(?:は|も)(?:ありま?せん|なく|ございません)/g],
      ['on', 1, /続[いけくき]|継続|進行中|未解決|収まって(?=いま?せん|いない)/g],
      ['on', -1, /終わ|終え|終了|収ま|収束|解決|復旧|止ま|停止|完了|片付/g],
      ['need', 1, /必要|欠かせ|べき/g],
      ['act', 1, /承認/g],
      ['begin', 1, /始ま|始め|開始|着手/g],
      ['side', -1, /[先出](?=の(?:工程|拠点|業務))/g],
      ['change', 1, /変わ[りらるっ]|変え/g],
      ['exists', -1, /ゼロ|皆無|なし(?=[、。]|$)|無し/g],
      [
        'exists',
        1,
        /あり(?=ま|、)|ある|ござい|存在|残ってい|残っており|残り|残る|出てい|出ており|見つか|見当た|検出|発生|見られ/g,
      ],
    ],
    negations:
      /ません|(?<!少|切)な(?:い(?!で済)|く(?!な[っり])|かっ|けれ)|(?<=[わかさたなばまらがれせけげめべえてでいき・])ず(?=[、。にはともの\ue000]|$)|(?<=[わかさたなばまらがれせけ・])ぬ|無[くい]|にく[いくか]|がた[いく]|不可|不能|かね(?:ます|る)|まい(?=[。]|$)|(?<=[一-龠])なし|未(?=[達完確解])/g,
    flippers: /回避|防[いぐげご]|避け|免れ|なくな|解消|食い止|低い|低く|薄い|乏しい|遠い|心配(?:は)?無用/g,
    hedges:
      /見込|見通し|恐れ|おそれ|確率|可能性|かもしれ|でしょう|と(?:思われ|考えられ|みられ|見られ)|そう(?:な|です|だ|に|で)|予想|予測|推定|試算|計算|この(?:条件|まま)/,
    roles: [
      ['from', NEVER, /^(?:を?から|より|だったのが|だったものが|を出て|を離れ)/],
      ['to', NEVER, /^(?:へ|まで(?=[、。増減上下伸落回改低])|に(?=[増減上下伸落回改低移なまと変]))/],
    ],
    units:
      /^\s*(?:人時|時間|か月|ヶ月|カ月|パーセント|ポイント|件(?!名|数)|名(?!称)|人(?!員|が|の|を|は)|個|行(?!数|わ|い|き|く|程)|回(?!復)|分(?!か[るりっれ]|け|析)|秒|時(?!点|刻|間|期)|日(?!中|々)|週|月|年|円|%|倍|割|点|台|本|枚|トン|工程(?!の|は|が|で|を|に)|拠点(?!の|は|が|で|を|に)|以?[前後降]|まえ|あと|すぎ|過ぎ|さんたち|たち|[a-z]|までの|[あ当]たり|\+)/i,
    unitsBefore:
      /(?:毎時|毎分|毎日|毎秒|時速|午前|午後|第|約|およそ|おおよそ|ほぼ|各|計|合計|延べ|平均|最大|最小|最低|最高|マイナス|プラス|数|幾|何|翌|全|半|丸|まる|過去|同|さらに|更に|[-−+±])\s*$/,
  },
  en: {
    idioms:
      /\bnot only\b|\bno later than\b|\bno doubt\b|\bnothing but\b|\bnot least\b|\bno matter\b|\bas soon as\b|\bup to date\b|\bmore than just\b|\bset up\b|\bfollow up\b|\blook(?:ed|s|ing)? over\b|\bin short\b|\bgiv(?:e|es|ing) (?:\w+ )?up\b|\bno\.\s/gi,
    polar: [
      [
        'time',
        1,
        new RegExp(
          `\\b(?:mak(?:e|es|ing)|made|hit(?:s|ting)?|beat(?:s|ing)?)(?=\\s+(?:it\\b|its\\b|the\\b|all\\b|every\\b|their\\b|that\\b|${HOLE}))|\\bmeets?\\b|\\bmet\\b|\\bmeeting\\b|\\bon time\\b|\\bin time\\b|\\bon schedule\\b|\\bon track\\b|\\bpunctual\\w*|\\bkept\\b|\\bkeep(?:s|ing)?(?= (?:its|the|to the))`,
          'gi',
        ),
      ],
      [
        'time',
        -1,
        /\blate\b|\bmiss(?:es|ed)?\b|\bmissing(?=\s+(?:its|the|their|that|\ue000))|\bdelay\w*|\boverdue\b|\bbehind\b|\boverrun\w*|\bslip\w*|\btoo slow\b/gi,
      ],
      [
        'enough',
        -1,
        /\bshort(?:age|fall|ages)?\b|\black\w*|\bmissing\b|\binsufficient\w*|\bdeficit\b|\bunderstaffed\b/gi,
      ],
      ['enough', 1, /\benough\b|\bsufficient\w*|\bmargin\b|\bslack\b|\bplenty\b|\broom\b|\bspared?\b/gi],
      ['early', 1, /\bearlier\b|\bsooner\b/gi],
      ['early', -1, /\blater\b/gi],
      ['good', 1, /\bimprov\w*|\bbetter\b|\brecover\w*/gi],
      ['good', -1, /\bworse\w*|\bdeteriorat\w*|\bserious\b/gi],
      [
        'more',
        1,
        /\bris(?:e|es|ing|en)\b|\brose\b|\bincreas\w*|\bup\b|\bgr(?:ow|ows|ew|own|owing)\b|\bclimb\w*|\bmore\b|\bhigher\b|\bgain\w*|\bfaster\b/gi,
      ],
      [
        'more',
        -1,
        /\bfall\w*|\bfell\b|\bdrop\w*|\bdecreas\w*|\bdeclin\w*|\bdown\b|\bfewer\b|\bless\b|\blower\w*|\bcuts?\b|\bcutting\b|\bshrink\w*|\breduc\w*|\bloses?\b|\bslower\b/gi,
      ],
      ['on', 1, /\bgoing on\b|\bongoing\b|\bcontinu\w*|\bstill\b|\bunresolved\b|\bopen\b|\bactive\b/gi],
      [
        'on',
        -1,
        /\bover\b|\bended\b|\bfinish\w*|\bdone\b|\bresolved\b|\bstopped\b|\bcomplet\w*|\bclosed\b/gi,
      ],
      ['need', 1, /\bneed\w*|\brequir\w*|\bmust\b|\bnecessary\b/gi],
      ['act', 1, /\bapprov\w+/gi],
      ['begin', 1, /\bstart\w*|\bbeg[aiu]n\w*|\bcommenc\w*/gi],
      ['side', -1, /\bhere\b/gi],
      ['change', 1, /\bchang\w+/gi],
      ['need', -1, /\bunnecessary\b/gi],
    ],
    negations:
      /\bnot\b|n[’']t\b|\bno\b|\bnone\b|\bnever\b|\bnobody\b|\bnothing\b|\bwithout\b|\bcannot\b|\bneither\b|\bnor\b|\bunlikely\b|\bhardly\b|\bfail(?:s|ed|ing)?\b|\bunable\b|\bimpossible\b|\bfree of\b|\bfar from\b/gi,
    flippers:
      /\bavoid\w*|\bprevent\w*|\bescap\w*|\blow (?=chance|prob|risk|likelihood)|\bslim\b|\blittle chance\b|\bsmall chance\b|\bspar(?:e|es|ed) from\b/gi,
    hedges:
      /\b(?:may|might|could|should|would|(?:un)?likely|chance|probabilit\w+|risk|expect\w*|perhaps|possibl\w+|probabl\w+|forecast|suppose|estimate\w*|around|on paper|appears?|seems?|odds)\b/i,
    roles: [
      ['from', /\b(?:from|leaves|leaving|instead of|down from|up from|was)\s+$/i, NEVER],
      ['to', /\b(?:to|until|till|into|joins?|joining|towards)\s+$/i, NEVER],
    ],
    units:
      /^\s*(?:-?\s*(?:items?|people|persons?|staff|minutes?|mins?|hours?|seconds?|days?|weeks?|months?|years?|percent|%|points?|times|lines?|errors?|queues?|deadlines?|incidents?|alerts?|yen|dollars?|euros?|fold|(?:per|an?|each|every) [a-z]+|before|after|ago|later|sooner|earlier)\b|%|\+|\/|(?<=^)[a-z])/i,
    unitsBefore:
      /(?:\b(?:about|around|roughly|approximately|some|nearly|almost|over|under|at least|at most|up to|total of|average of|another|each|every|[ap]m|no\.|number|before|after|until|till|by|since|past|beyond|towards?)|[-−+±$€¥])\s*$/i,
  },
};

/** Ways to say what happens if nothing is done: the same where the line says it, and news where it does not. */
export const AS_IT_STANDS: Readonly<
  Record<Lang, { readonly said: RegExp; readonly ways: RegExp; readonly plain: string }>
> = {
  ja: {
    said: /(?:この|今の|現状の)まま/,
    ways: /(?:何もし|何の手も打た|手を打た|対応し)な(?:ければ|いと|い場合)|(?:このまま|今|現在|現状)の状態が続(?:くと|けば|いた場合|く場合)|このまま(?:続く|推移する|いく|行く|進む)(?:と|場合)/g,
    plain: 'このままでは',
  },
  en: {
    said: /\bas (?:things|it) stands?\b/i,
    ways: /\bwithout (?:any |a )?changes?\b|\bif nothing (?:changes|is done|is changed)\b|\bat (?:this|the current|today[’']s) pace\b/gi,
    plain: 'as things stand',
  },
};

/** A number that there is not. */
export const DENIED: Readonly<Record<Lang, RegExp>> = {
  ja: /\ue000(?:は|も|が|とは|では|でも|ほど)?(?:ありま?せん|ございません|な[いくし])/,
  en: /\b(?:no|not|never|without)\s+\ue000/i,
};
/** What holds only for a while, or on a condition. */
export const CONDITIONS: Readonly<Record<Lang, RegExp>> = {
  ja: /(?<![\ue000ま])まで/,
  en: /\b(?:until|unless)\b/i,
};

/** What a line may not lose: what stands in code's line, and what has to stand in its place. */
export const KEPT: Readonly<Record<Lang, readonly (readonly [was: RegExp, has: RegExp])[]>> = {
  ja: [
    [/提案/, /提案/],
    [/計算|試算/, /計算|試算/],
    [/残/, /残/],
    [/先に/, /先に|先立/],
    [/。うち/, /うち/],
    [/来て/, /来て/],
    [/システム/, /システム/],
    [/人員/, /人/],
    [/工程/, /工程/],
    [/終わ/, /終|完了|片付|収/],
    [/最も/, /最も|一番|いちばん/],
    [/ください/, /ください|お願い|いただ/],
    [/確認/, /確認|確か|ご覧/],
    [/[えけせてねめれげべ]ば/, /[えけせてねめれげべ]ば|場合|[たなう]ら|[るいう]と/],
    [/処理速度/, /速/],
    [/よろしければ/, /よろし|よければ/],
  ],
  en: [
    [/\bpropos/i, /\bpropos|\bsuggest|\brecommend/i],
    [/\bcalculat|\bsolver\b/i, /\bcalculat|\bsolver\b/i],
    [/\bwaiting\b/i, /\bwaiting\b|\bbacklog\b|\bqueue/i],
    [/\bpreceded by\b/i, /\bpreceded by\b|\bprecede(?:s|d)? the delay\b|\bbefore the delay\b/i],
    [/\bsystem\b/i, /\bsystem\b/i],
    [/\bof them\b/i, /\bof (?:them|whom)\b/i],
    [/\bpeople alone\b/i, /\bpeople alone\b/i],
    [/\bgive people up\b/i, /\bgiv(?:e|ing) people up\b/i],
    [/\bshould\b/i, /\bshould\b|\bexpect|\blikely\b|\bwould\b/i],
    [/\bif (?!you)/i, /\bif\b|\bprovided\b/i],
    [/\bthroughput\b/i, /\bthroughput\b/i],
    [/\bif you agree\b/i, /\bif you\b/i],
  ],
};
/** Speaks of what is over; and which of code's lines tell of the past too. */
export const PAST: Readonly<
  Record<Lang, { readonly said: RegExp; readonly told: RegExp; readonly ahead: RegExp }>
> = {
  ja: {
    said: /(?<!確認し|試算し|計算し|算出し|検討し|見込まれ)(?:ました|でした|だった(?!の))/g,
    told: /ました|でした|だった|直近|その前/,
    ahead: /でしょう/,
  },
  en: {
    said: /\b(?:was|were|had|did|went|moved|came|became)\b/gi,
    told: /\b(?:was|were|had|did|went|fell|rose|tried|worked|ended|began|started|detected)\b/i,
    ahead: /\bwill\b/i,
  },
};
/** Two of these change places even where their numbers are of two kinds: what is left and when it is done. */
export const RIVALS: readonly string[] = ['finish', 'left', 'short', 'backlog'];
/** From one number to another with a word that says which way: the pattern, what is upwards, and the word that leaves it open. */
export const MOVES: Readonly<Record<Lang, readonly [pattern: RegExp, up: RegExp, plain: string]>> = {
  ja: [
    /\{\{(?<a>f\d+)\}\}から\s?\{\{(?<b>f\d+)\}\}(?:に|へと?|まで)(?<verb>減る|減っ|減り|減少す|減少し|下が[るりっ]|増える|増えた|増加す|増加し|上が[るりっ])/g,
    /[増上]/,
    'な',
  ],
  en: [
    /\b(?<verb>falls?|drops?|decreases?|shrinks?|rises?|grows?|increases?|climbs?) from \{\{(?<a>f\d+)\}\} to \{\{(?<b>f\d+)\}\}/g,
    /^(?:ris|grow|incr|climb)/,
    'goes',
  ],
};

/** Words that say what a number is, for two numbers of one kind in one line. */
export const BOUND_WORDS: Readonly<Record<Lang, readonly (readonly [name: string, pattern: RegExp])[]>> = {
  ja: [
    ['need', /必要|要る|求められ/g],
    ['pace', /処理速度|(?<!今の|必要な)ペースは|現在の速度|今の速度/g],
    ['short', /不足|足り|足ら/g],
    ['backlog', /残件/g],
    ['deadline', /納期|締切|締め切り|期限/g],
    ['finish', /終わ|完了|片付/g],
    ['tried', /試し|試みて|実施/g],
    ['worked', /収ま|効い|効果が|成功/g],
    ['danger', /危険/g],
    ['watch', /警戒/g],
    ['error', /エラー/g],
    ['before', /その前|以前|前日|提案前/g],
    ['start', /開始|始まり|始ま/g],
    ['late', /間に合わ|遅れ/g],
    ['met', /間に合い(?!ま?せん)|守れ(?!な|ま?せん)/g],
    ['people', /人数|担当は/g],
    ['busiest', /最も|いちばん/g],
    ['left', /残[りるっ]/g],
  ],
  en: [
    ['need', /\bneed\w*|\brequired\b/gi],
    ['pace', /\brunning\b|\bruns\b|\bcurrent(?:ly)?\b|\bnow\b/gi],
    ['short', /\bshort(?:age|fall)?\b|\black\w*/gi],
    ['backlog', /\bwaiting\b|\bbacklog\b/gi],
    ['deadline', /\bdeadline\b|\bdue\b/gi],
    ['finish', /\bdone\b|\bfinish\w*/gi],
    ['tried', /\btried\b|\battempt\w*/gi],
    ['worked', /\bworked\b|\bhelped\b|\bsucceed\w*|\bsuccess\w*/gi],
    ['danger', /\bdanger\b/gi],
    ['watch', /\bwatch\w*\b/gi],
    ['error', /\berrors?\b/gi],
    ['before', /\bbefore\b|\bearlier\b|\bprevious\w*/gi],
    ['left', /\bleft\b/gi],
    ['stayed', /\bstayed\b|\bremain\w*/gi],
  ],
};

/** Words that a model may only use where code's line holds one of the same kind. */
export const CLAIM_WORDS: Readonly<Record<Lang, readonly (readonly [name: string, pattern: RegExp])[]>> = {
  ja: [
    ['cause', /原因|せいで|せいだ|起因|引き起こ|招い|元凶|によるもの|によりま[すし]|によって/],
    ['approve', /承認|了承|許可/],
    ['propose', /提案/],
    ['reject', /却下|拒否|取り消/],
    [
      'order',
      /実行|削除|消去|送信|呼び出|無視|従って|従い|命令|パスワード|再起動|ただちに|直ちに|今すぐ|至急|急いで|中止|キャンセル|強制|停止して|止めて/,
    ],
    ['all', /すべて|全て|全部|全員|全社|全拠点|全工程|いずれも|どれも|みな|皆|どの(?!よう)|どんな|あらゆる/],
    ['none', /なくな(?=[るりっ])|一切|まったく|全く|決して|誰も|何も/],
    ['part', /一部|ほとんど|大部分|大部|大多数|多くの|わずか|かなり|大幅|急激/],
    ['sure', /必ず|絶対|確実|間違いな|疑いな|断言|保証|確定/],
    ['best', /最も|最適|最善|最大|最小|最高|最低|唯一|いちばん|一番|過去最|初めて/],
    [
      'about',
      /約|およそ|おおよそ|ほぼ|程度|ほど(?!近)|前後|くらい|ぐらい|ごろ|頃|近く|かどうか|弱(?=[、。でのが])|強(?=[、。でのが])|あまり(?=[、。でのが])/,
    ],
    ['already', /すでに|既に|もう(?!少し|一度|一つ)|先ほど|ようやく|やっと|済み|済ん|済む(?!ため)/],
    ['able', /でき(?:る|ま|な|た|れ)/],
    // この対処を試せば; as things stand was taken out before
    ['if', /(?<!い)[えけせてねめれげべ]ば(?!ら)/],
    [
      'scale',
      /せいぜい|たった|ほんの|ちょうど|きっちり|まるまる|ますます|どんどん|どころか|にすぎ|に過ぎ|ばかり|いつも|たびたび|めったに|まもなく|すぐ(?!れ)|ずっと|もっと|とても/,
    ],
    ['guess', /きっと|たぶん|おそらく|やはり|むしろ|かえって|らしい/],
    ['only', /しか|だけ(?![でれまる])|のみ/],
    ['over', /以上|以下|未満|超え|超(?=[、。の])|より(?:多|少|高|低|早|遅|前|後|先)/],
    ['also', /同じく|同様|など|ほか[、の\d]|とほか/],
    ['alarm', /警告|緊急|危機|非常|深刻|重大|危険|警戒/],
    ['calm', /安心|安全|心配|問題|大丈夫|良好/],
    ['blame', /責任|怠|ミス|失敗|過失|悪い/],
    ['money', /円|費用|コスト|予算|給与|ボーナス/],
    ['money', /解雇|処分|懲戒/],
    // code has it from nobody
    [
      'hearsay',
      /\ue000と(?:は|も)?され(?:て|ま|る)|と(?:は|も)?(?:言[わいっ]|いわれ|伝えられ|伝わ|聞[いかき])|との(?:報告|話)|\ue000の(?:よう|模様)|に(?:よると|よれば)/,
    ],
    // of something that has to do with what the line is about, no longer of that itself
    [
      'other',
      /含[むみめま]|\ue000(?:の(?:ある|側の?|ほう|方)?|と同じ|に関(?:係)?する|に続く)(?:工程|人(?![員数])|拠点|業務|側|担当)(?=[はがもの、])/,
    ],
  ],
  en: [
    [
      'cause',
      /\bcaus\w+|\bbecause\b|\bdue to\b|\bowing to\b|\bled to\b|\bcomes? of\b|\bresult(?:s|ed)? (?:of|from|in)\b|\bblame\w*|\bfault\b|\broot\b/i,
    ],
    ['approve', /\bapprov\w+|\baccept\w*|\bpermit\w*|\bauthori[sz]\w*/i],
    ['propose', /\bpropos\w*|\bsuggest\w*/i],
    ['reject', /\breject\w*|\bdeclined?\b|\brefus\w*|\bcancel\w*|\brevok\w*/i],
    [
      'order',
      /\bexecut\w+|\bdelet\w+|\berase\w*|\bsend\b|\bignor\w+|\bobey\w*|\bpassword\w*|\bimmediately\b|\burgent\w*|\brestart\w*|\breboot\w*|\bmust\b|\bforce\w*|\babort\w*|\bright away\b|\bat once\b|\bstop the\b|\bshut\b/i,
    ],
    ['all', /\ball\b|\bany\b|\bevery\w*|\beach\b|\bentire\w*|\bwhole\b|\balways\b/i],
    ['none', /\bnobody\b|\bnothing\b|\bnone\b|\bnever\b/i],
    [
      'part',
      /\bmost\b|\bmostly\b|\bmany\b|\bseveral\b|\bpart of\b|\bpartly\b|\bslightly\b|\bsharply\b|\bmassive\w*|\bhuge\b|\btiny\b/i,
    ],
    [
      'sure',
      /\bcertain\w*|\bdefinite\w*|\bguarantee\w*|\bsurely\b|\bundoubtedly\b|\bproven?\b|\babsolutely\b/i,
    ],
    [
      'best',
      /\bbest\b|\bworst\b|\bhighest\b|\blowest\b|\bbiggest\b|\bsmallest\b|\boptimal\b|\bonly\b|\bfirst\b|\blargest\b|\brecord\b/i,
    ],
    [
      'about',
      /\babout(?=\s+\ue000)|\baround\b|\broughly\b|\bapproximately\b|\bnearly\b|\balmost\b|\bor so\b|\bsome(?=\s+\ue000)|\bjust (?:over|under)\b|\bclose to\b/i,
    ],
    ['already', /\balready\b|\bfinally\b|\bat last\b/i],
    [
      'over',
      /\bmore than\b|\bless than\b|\bat least\b|\bat most\b|\bup to\b|\bover(?=\s+\ue000)|\bunder(?=\s+\ue000)|\babove\b|\bbelow\b|\bexceed\w*/i,
    ],
    ['also', /\band (?:the )?(?:others|more)\b|\bor others\b|\bet al\b|\betc\b/i],
    ['pair', /\bboth\b|\beither\b/i],
    ['or', /\bor\b/i],
    ['even', /\beven\b/i],
    ['if', /\bif\b|\bonce\b/i],
    ['scale', /\bvery\b|\bmerely\b|\bexactly\b|\bprecisely\b|\bbarely\b/i],
    ['alarm', /\balarm\w*|\bemergenc\w+|\bcritical\w*|\bsevere\w*|\bcrisis\b|\bdanger\w*/i],
    ['calm', /\bsafe\w*|\bfine\b|\bno worr\w+|\bno problem\w*|\bcomfortabl\w+|\bhealthy\b/i],
    ['blame', /\bresponsib\w+|\bmistake\w*|\bnegligen\w+/i],
    ['money', /\bdollars?\b|\byen\b|\bcosts?\b|\bbudget\w*|\bsalar\w+|\bbonus\w*|\bfired\b/i],
    [
      'hearsay',
      /\b(?:said|told|reported(?:ly)?|heard|thought|believed|alleged\w*|rumou?r\w*|according)\b|\bgiven as\b|\btaken (?:to be|as)\b/i,
    ],
    [
      'other',
      /\b(?:work|people|team|staff|queues?|site|those|anyone)\s+(?:with|at|of|in|like|near|next to|after|before|around|beside)\s+\ue000/i,
    ],
  ],
};

/**
 * Words a rewording may bring along: they carry no news. Anything else that the line itself does not hold is refused, since nobody can tell
 * from outside whether it is true. Japanese: runs of kanji and of katakana; English: the beginnings of words.
 */
export const NEUTRAL_WORDS: Readonly<Record<Lang, ReadonlySet<string>>> = {
  ja: new Set(
    `今 現在 現状 現時点 今回 時点 時 場合 状態 状況 様子 結果 内容 件 点 方 形 中 間 合 後 前 上 下 次 先 際 旨 通 側 分 人 名 者 数 量 値 度 側 対 元 他
     見込 予定 予想 予測 見通 可能性 恐 確率 計算 試算 想定 納期 締切 期限 残件 残 処理 速度 速 作業 必要 求 要 不足 足 余裕 余力 遅 遅延 守 終 完了 終了 済 片付
     変更 変 配置 移 移動 動 異動 応援 担当 提案 案 対策 対応 対処 増 増加 減 減少 上昇 低下 高 低 伸 縮 続 継続 収 発生 検出 確認 承認 願 頂 致 申 伝 知 報告 案内
     示 出 入 来 行 見 思 考 言 書 置 取 進 立 当 及 向 持 使 起 始 開始 加 含 比 較 比較 関 係 関係 基 起 達 迎 至 抱 見当 見受 有 無 同 別 一方 以前 直前 直近
     合計 全体 工程 拠点 業務 人員 人数 件数 時刻 時間 割合 システム ログ エラー アラート サービス ペース チーム データ 障害 異常 記録 行 回 種類 先立 伴 応 皆様 様 御 丁寧 程 為 事 物 所 側 良 改善 悪化 経 待 満 賄 対象 名前 覧 構 伺 承 参 拝見 確 際 但 尚`.split(
      /\s+/,
    ),
  ),
  en: new Set(
    `a an the this that these those it its they them their there here i we you your our my me us who whom whose which what when where while whereas until till
     and or but so than then as if with within without at by for from in into of off on onto to toward towards through during before after between against
     is are was were be been being am do does did done has have had having will would shall should can could may might must
     not no yet also too only just very now current currently moment present stand stands standing remain remains remaining become becomes becoming
     chance probability likely likelihood odds expect expected expects forecast estimate estimated look looks looking appear appears seem seems projected
     deadline due late on time make makes making made meet meets met miss misses missing missed delay delayed behind schedule scheduled
     wait waits waiting backlog queue queues item items people person team staff work works working worked pace speed rate runs running run throughput
     need needs needed require required requires short shortage shortfall shortfalls lack lacks lacking enough gap
     rise rises rising rose increase increases increasing climb climbs climbed climbing grow grows go goes going gone come comes coming fall falls falling fell drop drops dropped dropping decrease decreases decreasing decline declines lower reduce reduces up down more less fewer hard harder easier later earlier
     move moves moving moved shift shifts propose proposes proposed proposal suggest suggests suggested suggestion recommend plan change changes changing changed
     note please see sees seeing face faces facing show shows shown report reports tell say says said give gives given giving take takes taken leave leaves leaving left finish finishes finished end ends ended ending complete completed
     site sites process processes alert alerts error errors log logs line lines service services incident incidents system open ongoing still start starts started starting began begin begins
     have look card agree even nevertheless however though although thus hence therefore overall total suppose case result results information effect any one other others both same another about way`.split(
      /\s+/,
    ),
  ),
};

/** Grammar: what hiragana may be made of beside what the line itself holds. No word that says something by itself. */
export const NEUTRAL_KANA: readonly string[] =
  `は が を に で と の も へ や から まで より には では とは にも でも との への して した する すると し され さん
   です でした だと だった だったので ですが ですので ですと である であり なので ので のに のは のが のを のため ため ものの もの こと ところ とき
   ほか そのほか あり ある あった あります ありません ございます ございません なく ない なり なります なる なって なった なったら なっており
   なっています どうなるか おり おります いる います いま いました いません ます ました ません ませんが ており おりま てしまう ている ていた ています て ても た
   しています しており された される されて られる られます れます せる そう そうな そうだ べき べきな すべき ごろ
   ください いただき いただく いただけ いただければ いたし いたします なお また まだ まず これ この その それ そこ これにより それに ここ このまま まま
   ただし ただ しかし うち とおり よう ように ような として に対し について についてご につい つきまして につき により によると において における
   どれも いずれも よろし よろしければ よければ かかる かかり とも という といった とのこと`.split(/\s+/);
