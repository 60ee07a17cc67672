/** Japanese cities people name in three ways: kanji, reading, romaji. The first is the usual spelling. */
export const PLACE_NAMES: readonly (readonly string[])[] = `
札幌 さっぽろ sapporo|函館 はこだて hakodate|旭川 あさひかわ asahikawa|釧路 くしろ kushiro|帯広 おびひろ obihiro|苫小牧 とまこまい tomakomai|
北見 きたみ kitami|小樽 おたる otaru|青森 あおもり aomori|八戸 はちのへ hachinohe|弘前 ひろさき hirosaki|盛岡 もりおか morioka|花巻 はなまき hanamaki|
仙台 せんだい sendai|石巻 いしのまき ishinomaki|秋田 あきた akita|山形 やまがた yamagata|酒田 さかた sakata|福島 ふくしま fukushima|郡山 こおりやま koriyama|
いわき iwaki|会津若松 あいづわかまつ aizuwakamatsu|水戸 みと mito|つくば tsukuba|日立 ひたち hitachi|宇都宮 うつのみや utsunomiya|前橋 まえばし maebashi|
高崎 たかさき takasaki|さいたま saitama|大宮 おおみや omiya|川越 かわごえ kawagoe|所沢 ところざわ tokorozawa|千葉 ちば chiba|幕張 まくはり makuhari|
船橋 ふなばし funabashi|柏 かしわ kashiwa|東京 とうきょう tokyo|品川 しながわ shinagawa|新宿 しんじゅく shinjuku|渋谷 しぶや shibuya|池袋 いけぶくろ ikebukuro|
豊洲 とよす toyosu|蒲田 かまた kamata|立川 たちかわ tachikawa|八王子 はちおうじ hachioji|町田 まちだ machida|横浜 よこはま yokohama|新横浜 しんよこはま shin-yokohama|
川崎 かわさき kawasaki|相模原 さがみはら sagamihara|藤沢 ふじさわ fujisawa|新潟 にいがた niigata|長岡 ながおか nagaoka|富山 とやま toyama|金沢 かなざわ kanazawa|
福井 ふくい fukui|甲府 こうふ kofu|長野 ながの nagano|松本 まつもと matsumoto|岐阜 ぎふ gifu|静岡 しずおか shizuoka|浜松 はままつ hamamatsu|沼津 ぬまづ numazu|
名古屋 なごや nagoya|豊橋 とよはし toyohashi|豊田 とよた toyota|岡崎 おかざき okazaki|津 つ tsu|四日市 よっかいち yokkaichi|大津 おおつ otsu|京都 きょうと kyoto|
大阪 おおさか osaka|東大阪 ひがしおおさか higashi-osaka|新大阪 しんおおさか shin-osaka|梅田 うめだ umeda|難波 なんば namba|堺 さかい sakai|神戸 こうべ kobe|姫路 ひめじ himeji|
奈良 なら nara|和歌山 わかやま wakayama|鳥取 とっとり tottori|米子 よなご yonago|松江 まつえ matsue|出雲 いずも izumo|岡山 おかやま okayama|倉敷 くらしき kurashiki|
広島 ひろしま hiroshima|福山 ふくやま fukuyama|山口 やまぐち yamaguchi|下関 しものせき shimonoseki|徳島 とくしま tokushima|高松 たかまつ takamatsu|松山 まつやま matsuyama|
高知 こうち kochi|福岡 ふくおか fukuoka|博多 はかた hakata|北九州 きたきゅうしゅう kitakyushu|小倉 こくら kokura|久留米 くるめ kurume|佐賀 さが saga|長崎 ながさき nagasaki|
佐世保 させぼ sasebo|熊本 くまもと kumamoto|大分 おおいた oita|別府 べっぷ beppu|宮崎 みやざき miyazaki|鹿児島 かごしま kagoshima|那覇 なは naha|沖縄 おきなわ okinawa|浦添 うらそえ urasoe
`
  .replaceAll('\n', '')
  .split('|')
  .map((group) => group.split(' '));

/** What a site's name may end in without changing which site is meant. */
export const SITE_SUFFIX =
  /(?:bpo)?(?:センター|センタ|拠点|事業所|事業部|営業所|支社|支店|工場|オフィス|サイト|本社|本部|市|\s*(?:center|centre|site|office|branch|factory))$/i;

/**
 * What the steps are called, per canonical name. Those of steps the company does not have still keep a shorter name inside
 * them from matching (SV補正 is never read as 補正).
 */
export const PROCESS_NAMES: readonly (readonly [canonical: string, ...others: string[]])[] = [
  [
    'エントリ1',
    '第一エントリ',
    '第1エントリ',
    '1次エントリ',
    '一次エントリ',
    'エントリー一',
    'エントリⅠ',
    'エントリ①',
    'ファーストエントリ',
    '一回目のエントリ',
    '1回目のエントリ',
    'entry 1',
    'entry one',
    'entry #1',
    'entry no.1',
    'entry no 1',
    'first entry',
    '1st entry',
    'entry i',
    '入力1',
    '第一入力',
    '一次入力',
  ],
  [
    'エントリ2',
    '第二エントリ',
    '第2エントリ',
    '2次エントリ',
    '二次エントリ',
    'エントリー二',
    'エントリⅡ',
    'エントリ②',
    'セカンドエントリ',
    '二回目のエントリ',
    '2回目のエントリ',
    'entry 2',
    'entry two',
    'entry #2',
    'entry no.2',
    'entry no 2',
    'second entry',
    '2nd entry',
    'entry ii',
    '入力2',
    '第二入力',
    '二次入力',
  ],
  [
    'SV補正',
    'SV補整',
    'SV修正',
    'SVの補正',
    'スーパーバイザー補正',
    'スーパーバイザーの補正',
    '管理者補正',
    'エスブイ補正',
    'SVほせい',
    'エスブイほせい',
    'sv correction',
    'sv corrections',
    'sv fix',
    'supervisor correction',
    'supervisor corrections',
    "supervisor's correction",
    'correction by supervisor',
    'correction by sv',
    'sv hosei',
  ],
  ['補正', '補整', 'ほせい', 'correction', 'corrections', 'correcting', 'hosei'],
  [
    '目検',
    '目視検査',
    '目視確認',
    '目視チェック',
    '目視',
    'もっけん',
    'もくけん',
    'めけん',
    '目けん',
    'visual check',
    'visual checks',
    'visual checking',
    'visual inspection',
    'visual inspections',
    'visual verification',
    'eye check',
    'eyeball check',
    'mokken',
    'meken',
  ],
];
