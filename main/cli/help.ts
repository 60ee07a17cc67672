// The command line's help in the user's language. The commands describe themselves in English, where they stand; this is the same in Japanese.
import type { Lang } from '../kernel/errors.ts';

/** Every description of a command, an argument or an option. A specification holds this list to them. */
export const HELP_JA: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Arguments:': '引数:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
  'output the version number': '版を表示する',
  'display help for command': '使い方を表示する',
  'Toride: 工程の遅れは人か、システムか、どうするか。 / Is it the people or the system, and what do I do about it?':
    'Toride: 工程の遅れは人か、システムか、どうするか。',
  'data folder': 'データフォルダ',
  'print JSON': 'JSON で出力する',
  'language of text output': '出力の言語',
  'company database for this run, mysql://user:password@host:3306/database':
    '今回使う会社のデータベース。mysql://ユーザー:パスワード@ホスト:3306/データベース',

  'test and save the company database connection (uses --url)':
    '会社のデータベースへの接続を試して保存する (--url を使う)',
  'where the password is kept': 'パスワードの置き場所',
  'write decisions to approval_history': '決定を approval_history に書き戻す',
  'sync every table from the company database now; exit status 76 when some tables could not be read':
    '会社のデータベースの全表を今すぐ取り込む。取り込めない表があれば終了状態 76',
  'connection, sync and write-back state, freshness, demo':
    '接続・取り込み・書き戻しの状態、データの鮮度、デモ',
  'suggest a mapping from their tables to ours; --save writes it':
    '会社の表との対応を提案する。--save で保存する',
  'save the suggestion': '提案を保存する',
  'every site × process: backlog, throughput, deadline, P(on time)':
    '拠点 × 工程ごとの残件、処理速度、納期、間に合う確率',
  site: '拠点',
  process: '工程',
  'business id': '業務の番号',
  'what would become of the deadlines; PLACE: SITE, SITE/PROCESS, SITE/BUSINESS/PROCESS, empty for all':
    '納期がどうなるかの試算。PLACE は 拠点、拠点/工程、拠点/業務/工程 (空なら全体)',
  'so many people (or n%) are missing; may be repeated, like the others':
    'n 人 (または n%) が不在。ほかと同じく繰り返せる',
  'this person is missing': 'この人が不在',
  'so many people more from outside, at one queue': 'ひとつの工程に外から n 人追加',
  'so many items more (or ±n%) arrive': '入る件数が n 件増 (または ±n%)',
  'all work, waiting and to come, ±n%': '残件とこれから入る件数が ±n%',
  'speed ±n%': '処理速度が ±n%',
  'deadlines by ±m minutes, or to HH:MM': '納期を ±m 分、または HH:MM に',
  'everybody stays until HH:MM': '全員が HH:MM まで残業',
  'figures by measure; --measures lists what can be asked': '指標ごとの値。--measures で聞けるものの一覧',
  'what can be asked, and by what': '聞ける指標と、その分け方',
  'what to count, e.g. backlog': '数えるもの (例: backlog、残件)',
  'what to split by, e.g. location': '分け方 (例: location、拠点)',
  'only these, e.g. location=札幌': 'これだけ (例: location=札幌)',
  'all but these': 'これ以外',
  'only groups that fit, e.g. "backlog>500"': '条件に合うものだけ (例: "backlog>500")',
  'now, yesterday, week-1, fri-1, last-7d, a date, from..to':
    'now、yesterday、week-1、fri-1、last-7d、日付、日付..日付',
  'as it was at this time of day': 'この時刻の値',
  'from this time of day': 'この時刻から',
  'until before this time of day': 'この時刻の前まで',
  'only the n largest': '大きい方から n 件',
  'only the n smallest': '小さい方から n 件',
  'only the n-th largest': '大きい方から n 番目だけ',
  'forecast, plan, or another span': 'forecast (予測)、plan (予定)、または別の期間',
  'ask in words; may answer with a proposal, never decides':
    '言葉でたずねる。提案を返すことはあるが、決めることはない',
  'go on with this session': 'この会話を続ける',
  'what a question means; --file reads JSON lines with a "text" field (or plain lines) and prints one JSON line each':
    '質問の意図を読み取る。--file は "text" を持つ JSON の行 (またはただの行) を読み、1 行ずつ JSON で出力する',
  'many questions': '質問をまとめたファイル',
  'solve for the late processes and store the proposal': '遅れる工程への配置変更を計算し、提案として保存する',
  'plan the next working day': '次の稼働日の計画を立てる',
  'plan a whole day with people lent and returned, and store the proposal; with a question: only how it is read, nothing is run':
    '一日の配置を、応援に出して戻すところまで計画し、提案として保存する。質問を付けると、その読み取り方だけを示し、何も実行しない',
  'the day, up to 14 days ahead; absent: the next working day': '計画する日 (14 日先まで)。省くと次の稼働日',
  'the newest proposals and their decisions': '新しい提案と、その決定',
  'how many': '件数',
  'approve a proposal and write it back': '提案を承認し、書き戻す',
  'who decides': '決める人',
  'a note': 'メモ',
  'reject a proposal': '提案を却下する',
  why: '理由',
  'why, in words': '理由の説明',
  'what the next shift has to know, as text': '次の担当者への引き継ぎを、文字で出す',
  'what was decided, looked at again': '決定を確かめ直す',
  'solve a stored proposal (or the one of a decision) again from its snapshot and compare bit for bit; exit 0: the same, 65: differs, 69: cannot be compared':
    '保存した提案 (または決定の提案) を、当時のデータから解き直し、ビット単位で比べる。終了状態 0: 一致、65: 相違、69: 比べられない',
  'undo a decision within the undo window (a compensating record)':
    '取り消せる時間のうちに決定を取り消す (打ち消す記録を残す)',
  'who did what, why, on which data; says whether the chain is whole':
    '誰が、何を、なぜ、どのデータで行ったか。記録がつながっているかも示す',
  'what became of approved proposals: prediction against what came, and how often it held':
    '承認した提案の結果。見込みと実際、当たった割合',
  'how many decisions': '決定の件数',
  'check now and list the alerts': '今すぐ確かめ、アラートを一覧にする',
  'what alert levels would have raised in the past, and how much of it was really late':
    'この基準なら過去に何回鳴り、うち何回本当に遅れたか',
  'how many days back': '何日さかのぼるか',
  'level for watch': '警戒の基準',
  'level for late': '危険の基準',
  'snapshots in a row': '続けて何回の記録か',
  'search the know-how': 'ノウハウを探す',
  'forecast a series in a CSV file, with a 95% interval': 'CSV の系列を予測する (95% 区間つき)',
  'values ahead': '予測する個数',
  'lengths of its seasons in values, with commas between': '周期の長さ (値の個数、コンマ区切り)',
  'one series a row, its name first': '1 行に 1 系列、先頭の列は名前',
  'register a file as know-how: PDF, Word, Excel, PowerPoint, text, Markdown, CSV, HTML, log':
    'ファイルをノウハウとして登録する (PDF、Word、Excel、PowerPoint、テキスト、Markdown、CSV、HTML、ログ)',

  'the built-in demo site': '内蔵のデモ拠点',
  'start the demo in the data folder (replaces the local copy)':
    'データフォルダでデモを始める (手元のデータは置き換わる)',
  'stop the demo and remove its data': 'デモを終え、そのデータを消す',
  'the demo and its clock': 'デモの状態と時刻',
  'fill a real MySQL (--url) with the simulated company':
    '本物の MySQL (--url) に、模擬の会社のデータを書き込む',
  seed: '乱数の種',
  'what happens': '何が起きるか',
  'the day (default: today)': '対象の日 (省略すると今日)',
  'until when': '何時まで',
  'days of history': '過去の日数',
  'time zone': 'タイムゾーン',
  'additional progress rows, for a large first sync': '追加する進捗の行数 (大きな初回取り込みを試すため)',

  'log lines, templates and their accounting': 'ログの行、定型文、行数の照合',
  'templates of a file (-: standard input), from a fresh state; stores nothing':
    'ファイル (- は標準入力) の定型文を、まっさらな状態から求める。何も保存しない',
  'write LineId,cluster,template, one row per raw line':
    'LineId,cluster,template を、元の 1 行につき 1 行で書き出す',
  'skip the detection of the format': '書式を見分けず、これとして読む',
  'skip the detection of the format; see toride logs format list':
    '書式を見分けず、これとして読む。一覧は toride logs format list',
  'formats of log lines, and those of this site': 'ログの書式と、自分の書式',
  'every format, those of this site first (marked *)': '書式の一覧。自分の書式が先 (印 *)',
  'how a format reads the beginning of a file; keeps nothing':
    'ファイルの先頭がその書式でどう読まれるか。何も保存しない',
  'keep a format in the data folder; it is used from now on':
    '書式をデータフォルダに登録する。以後、使われる',
  'take away a format of this site': '自分の書式を外す',
  'read a file (-: standard input) into the store; goes on where it stopped':
    'ファイル (- は標準入力) を取り込む。止まったところから続ける',
  'skip the detection of the encoding': '文字コードを見分けず、これとして読む',
  'what times without an offset mean, e.g. Asia/Tokyo or +09:00':
    '時差の書かれていない時刻の意味。例: Asia/Tokyo、+09:00',
  'how far the clock it was written by is ahead': '書いた側の時計が進んでいる秒数',
  'the service of lines that name none': 'サービス名のない行のサービス',
  'go on with a source that is paused': '一時停止しているログ元を再開する',
  'lines in = templated + unparsed, counted afresh, for every source':
    '行 = 定型文あり + 未処理 を、ログ元ごとに数え直す',
  'the templates of everything stored': '保存されている定型文',
  'which first': '並べ方',
  'only those with these words': 'これらの語を含むものだけ',
  'lines with these words; --regex for a regular expression, --like for lines of the same meaning':
    'これらの語を含む行。--regex は正規表現、--like は意味の近いもの',
  'a regular expression': '正規表現として探す',
  'templates and incidents of like meaning': '意味の近い定型文と障害を探す',
  'of this service': 'このサービスのもの',
  'of this level': 'この重要度のもの',
  'not before': 'この時刻以後',
  before: 'この時刻より前',
  'follow all sources and print new lines until stopped':
    'すべてのログ元を追い、止めるまで新しい行を表示する',
  'tables of the company that can be read as logs, the likeliest first':
    'ログとして読める会社の表を、それらしい順に',
  'follow a table of the company as a log; what is not given is suggested, - stands for none':
    '会社の表をログとして追う。指定のないものは自動で選ぶ。- は「なし」',
  'how the source is called': 'ログ元の名前',
  'what tells rows apart, with commas between': '行を区別する列 (コンマ区切り)',
  'the order new rows are found by': '新しい行を見つけるための、並び順の列',
  'when it happened': '起きた時刻の列',
  'the text': '本文の列',
  'how bad it is': '重要度の列',
  'which system': 'サービスの列',
  'which server': 'サーバーの列',
  'which job': '処理を結びつける番号の列',
  'columns kept as fields, with commas between': '項目として残す列 (コンマ区切り)',
  'skip the detection of the format of its messages': '本文の書式を見分けず、これとして読む',
  'what its DATETIME means, e.g. UTC': 'DATETIME の意味。例: UTC',
  'from the first row, not from 90 days ago': '90 日前からではなく、最初の行から読む',
  'only show how its newest rows would be read': '新しい行がどう読まれるかだけを見る',
  'look now, and list what is unusual in the logs': '今すぐ調べ、ログの異常を一覧にする',
  'only those not over': '続いているものだけ',
  'group the templates or the incidents, and list the groups':
    '定型文または障害をまとめ、まとまりを一覧にする',
  what: 'まとめるもの',
  how: 'まとめ方',
  'cosine distance (default: from the k-distance curve)': 'コサイン距離 (省略すると k 距離の曲線から決める)',
  'how many make a group (default: 3, of incidents 2)':
    'いくつ集まればまとまりとするか (省略すると 3、障害は 2)',
  'the report of a day, as Markdown; --out writes .md, .csv or .json':
    '1 日のレポートを Markdown で。--out で .md、.csv、.json に書き出す',
  'write it there': '書き出す先',
  'measure the log analysis against days whose truth is known':
    '正解の分かっている日で、ログの分析を検証する',

  'local models: files, roles, benchmark': 'このパソコンのモデル: ファイル、役割、計測',
  'models, roles, and the known models': '取り込んだモデル、役割、対応しているモデル',
  'looks at a GGUF file or an ONNX folder without taking it in':
    'GGUF ファイルか ONNX のフォルダを、取り込まずに調べる',
  'takes a model in; a copy that was cut off goes on where it stopped':
    'モデルを取り込む。途中で切れたコピーは続きから始める',
  'use it where it lies instead of copying it': 'コピーせず、元の場所のまま使う',
  'gives a role (intent, wording, embedding) to a model; -: to none':
    '役割 (intent: 意図の理解、wording: 文章、embedding: 検索) をモデルに任せる。- はどれにも任せない',
  'deletes the copy; of a link only the entry goes': 'コピーを消す。元の場所のまま使うものは登録だけを外す',
  'loads a model, measures it and asks it the fixed questions of its role':
    'モデルを読み込んで速さを測り、役割ごとの決まった問題を解かせる',
  'as what': 'どの役割で',
};
/** what the parser adds to a description */
const EXTRAS = / ?\(((?:choices|default|env|preset): .*)\)$/s;
const EXTRAS_JA: readonly (readonly [RegExp, string])[] = [
  [/\bchoices: /g, '選べる値: '],
  [/\bdefault: /g, '省略時: '],
  [/\benv: /g, '環境変数: '],
];

const inJapanese = (text: string): string => {
  const known = HELP_JA[text];
  if (known) return known;
  const extras = EXTRAS.exec(text);
  if (!extras) return text;
  const plain = text.slice(0, extras.index);
  const more = EXTRAS_JA.reduce((said, [was, is]) => said.replace(was, is), extras[1] ?? '');
  return `${HELP_JA[plain] ?? plain} (${more})`;
};

/** Columns of a terminal: what East Asian Width calls wide takes two. */
export const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, c) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        c,
      )
        ? 2
        : 1),
    0,
  );
/** a word of narrow letters, or one wide letter with the marks that may not begin a line */
const PIECE = /\s*(?:[\x21-\x7e]+|[^\s\x21-\x7e])[、。，．・：；）」』】〕ー]*/gu;
/** Lines of at most `width` columns; Japanese breaks anywhere. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECE) ?? []) {
    if (line && widthOf(line) + widthOf(piece) > width) {
      lines.push(line);
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line].join('\n');
}

/** What the parser lets one say about how its help is printed. */
type Printed = {
  readonly styleTitle: (text: string) => string;
  readonly styleDescriptionText: (text: string) => string;
  readonly displayWidth: (text: string) => number;
  readonly boxWrap: (text: string, width: number) => string;
};
/** a column narrower than this is left to the terminal, as the parser does */
const NARROWEST = 40;

/** Help as the parser prints it, in the language that `lang` says when it is printed. */
export function helpIn(lang: () => Lang): Printed {
  const said = (text: string): string => (lang() === 'ja' ? inJapanese(text) : text);
  return {
    styleTitle: said,
    styleDescriptionText: said,
    displayWidth: widthOf,
    boxWrap: (text, width) => (width < NARROWEST ? text : wrap(text, width)),
  };
}
