/** Ways to say a composed line otherwise that keep what it says. `S` stands for a slot, `$1`… for the slots in their order. */
import type { Lang } from '../../main/api/contract/common.ts';

export const REWORDINGS: Readonly<
  Record<Lang, readonly (readonly [pattern: string, ...templates: string[]])[]>
> = {
  ja: [
    [
      '^Sは、このままではSの納期に間に合わない確率がSです。$',
      'このままだと、$1が$2の納期に間に合わない確率は$3です。',
      '$1は、今のままでは$2の納期に遅れる確率が$3あります。',
      '現状のままでは、$1が$2の納期に遅れる確率は$3です。',
      '$2の納期に$1が間に合わない確率は、このままでは$3になります。',
    ],
    [
      '^Sは、Sの納期に間に合う見込みです（確率S）。$',
      '$1は$2の納期に間に合う見込みで、その確率は$3です。',
      '$2の納期に対して、$1は間に合いそうです（確率$3）。',
      '$1については、$2の納期を守れる見込みです（確率$3）。',
    ],
    [
      '^残件はSです。処理速度はSですが、間に合わせるにはSが必要で、S足りません（今のペースでS分）。$',
      '残件は$1です。処理速度$2に対して$3が必要なため、$4不足しています（今のペースで$5分）。',
      '$1の残件があり、処理速度は$2です。間に合わせるには$3が必要で、$4足りていません（今のペースで$5分）。',
      '残件$1に対し、処理速度は$2です。間に合わせるには$3が必要で、$4が不足しています（今のペースで$5分）。',
    ],
    [
      '^残件はS、処理速度はS（必要な速さはS）です。$',
      '残件$1に対し、処理速度は$2です（必要な速さは$3）。',
      '現在の残件は$1、処理速度は$2（必要な速さは$3）となっています。',
    ],
    [
      '^納期の時点でSが残り、終わるのはSごろの見込みです。$',
      '納期の時点では$1が残り、完了は$2ごろになる見込みです。',
      '納期の時点でまだ$1が残っており、終わるのは$2ごろになりそうです。',
    ],
    [
      '^・S：納期S、間に合わない確率S、残件S、Sの不足$',
      '・$1は納期$2で、間に合わない確率が$3、残件が$4、$5の不足です',
      '・$1（納期$2）：間に合わない確率$3、残件$4、不足$5',
    ],
    [
      '^・S：納期S、間に合わない確率S、残件S$',
      '・$1は納期$2で、間に合わない確率が$3、残件が$4です',
      '・$1（納期$2）：間に合わない確率は$3、残件は$4',
    ],
    [
      '^・Sさん：SからSへ、SからSまで（最も効果が大きいため）$',
      '・$1さんは、$2から$3へ、$4から$5まで移ります（最も効果が大きいため）',
    ],
    [
      '^・Sさん：SからSへ、SからSまで（元の工程に余裕があるため）$',
      '・$1さんは$4から$5まで、$2から$3へ移ります（元の工程に余裕があるため）',
    ],
    [
      '^SがSに間に合う確率は、SからSに上がります。$',
      '$1が$2に間に合う確率が$3から$4へ上がります。',
      '$1は、$2に間に合う確率が$3から$4に上がる見込みです。',
    ],
    ['^間に合わない納期は、SからSに減ります。$', '間に合わない納期が$1から$2へ減ります。'],
    [
      '^このままでは間に合わない納期Sが、すべて間に合う見込みになります。$',
      'このままだと遅れる納期$1が、すべて間に合う見込みになります。',
    ],
    ['^Sの配置変更を提案します。$', '$1の配置変更をご提案します。', '提案するのは$1の配置変更です。'],
    [
      '^Sに残業をお願いできれば、不足はSからSに減ります。$',
      '$1に残業していただければ、不足は$2から$3へ減ります。',
    ],
    ['^それでもSは、Sの時点でSが残る見込みです。$', 'それでも、$1では$2の時点で$3が残る見込みです。'],
    [
      '^今のルールの中で最適であることを計算で確かめています。$',
      '今のルールの中で最適な案であることを、計算で確かめてあります。',
    ],
    [
      '^内容をご確認のうえ',
      '内容をご覧いただき、よければ提案カードから承認してください。承認いただくまで何も変わりません。',
    ],
    [
      '^納期遅れのアラートがS出ています。$',
      '納期遅れのアラートが$1あります。',
      'いま、納期遅れのアラートが$1出ています。',
    ],
    [
      '^Sの人数がSからSになる場合の試算です。$',
      '$1の人数を$2から$3にした場合の試算です。',
      '$1の人数が$2から$3になったらどうなるかの試算です。',
    ],
    [
      '^Sの納期に間に合う確率はSからSに下がります。$',
      '$1の納期に間に合う確率が、$2から$3へ下がります。',
      '$1の納期に間に合う確率は、$2から$3に低下する見込みです。',
    ],
    ['^終わる見込みはSからSへ、S遅くなります。$', '完了の見込みは$1から$2へ、$3遅くなります。'],
    ['^試算だけで、配置は何も変えていません。$', 'これは試算だけで、配置は何も変えていません。'],
    [
      '^いま続いている障害がSあります。$',
      '現在、続いている障害は$1あります。',
      '続いている障害が$1あります。',
    ],
    [
      '^直近SのシステムログSのうち、エラーはSです。その前のSはSで、増えています。$',
      '直近$1のシステムログ$2のうち、エラーは$3でした。その前の$4は$5だったので、増えています。',
    ],
    ['^・対処『S』：S試してSで収まりました$', '・対処『$1』は、$2試して$3で収まっています'],
    [
      '^今のところ、納期に遅れそうな工程はありません（Sを確認）。$',
      '納期に遅れそうな工程は、今のところ見当たりません（$1を確認）。',
    ],
    [
      '^(?:全体|ご指定の範囲)ではSに納期遅れの恐れがあります。危険がS、警戒がSです。$',
      '$1に納期遅れの恐れがあり、危険が$2、警戒が$3です。',
    ],
    [
      '^Sの遅れは、人員の不足とシステムの異常が先に起きています。$',
      '$1の遅れに先立って、人員の不足とシステムの異常が起きています。',
    ],
    ['^人を出す側の納期には、ほとんど影響しません。$', '人を出す側の納期への影響は、ほとんどありません。'],
    ['^ほかの工程は間に合う見込みです。$', 'ほかの工程については、間に合う見込みです。'],
    [
      '^今の配置のままで納期に間に合う見込みのため、人を動かす必要はありません。$',
      '今の配置のままで納期に間に合う見込みですので、人を動かさなくても構いません。',
    ],
  ],
  en: [
    [
      '^As things stand, the chance that S misses its S deadline is S\\.$',
      'There is a $3 chance that $1 misses its $2 deadline as things stand.',
      'As things stand, $1 has a $3 chance of missing its $2 deadline.',
      'If nothing is done, the chance that $1 is late for $2 is $3.',
    ],
    [
      '^S should make its S deadline \\(S likely\\)\\.$',
      '$1 is expected to make its $2 deadline, with a chance of $3.',
      'The $2 deadline of $1 should be met ($3 likely).',
    ],
    [
      '^It has S waiting\\. Work is running at S against the S it needs: S short, or S’s work at today’s pace\\.$',
      'It has $1 waiting. It is running at $2 but needs $3, which is $4 short, or $5’s work at today’s pace.',
      'With $1 waiting, work is running at $2 against the $3 it needs: a shortfall of $4, or $5’s work at today’s pace.',
    ],
    [
      '^It has S waiting and runs at S \\(S needed\\)\\.$',
      'It runs at $2 ($3 needed), with $1 waiting.',
      'There are $1 waiting; it runs at $2 ($3 needed).',
    ],
    [
      '^S would be left at the deadline, and the work would be done around S\\.$',
      'At the deadline $1 would be left, with the work done around $2.',
    ],
    [
      '^• S: due S, S chance of being late, S waiting, S short$',
      '• $1 is due at $2, with a $3 chance of being late, $4 waiting and $5 short',
    ],
    [
      '^• S: due S, S chance of being late, S waiting$',
      '• $1 is due at $2, with a $3 chance of being late and $4 waiting',
    ],
    [
      '^For S, the chance of making S goes up from S to S\\.$',
      'The chance that $1 makes $2 rises from $3 to $4.',
      '$1’s chance of making $2 goes up from $3 to $4.',
    ],
    ['^What would be missed falls from S to S\\.$', 'What would be missed drops from $1 to $2.'],
    ['^I propose moving S\\.$', 'My proposal is to move $1.', 'I suggest moving $1.'],
    [
      '^If S can work overtime, the shortage falls from S to S\\.$',
      'The shortage falls from $2 to $3 if $1 can work overtime.',
    ],
    ['^Even so, S would still have S left at S\\.$', 'Even then, $1 would still have $2 left at $3.'],
    [
      '^Please look it over and approve',
      'Please have a look and approve it on the card if you agree. Nothing changes until you do.',
    ],
    [
      '^The chance of making the S deadline falls from S to S\\.$',
      'The $1 deadline becomes harder to make: its chance falls from $2 to $3.',
      'The chance of making the $1 deadline drops from $2 to $3.',
    ],
    [
      '^The expected finish moves from S to S, S later\\.$',
      'The expected finish moves $3 later, from $1 to $2.',
    ],
    ['^Suppose the team at S goes from S to S\\.$', 'Suppose the team at $1 changes from $2 to $3.'],
    ['^S (?:is|are) going on\\.$', 'There are $1 going on.'],
    [
      '^Nothing is likely to be late at the moment \\(S checked\\)\\.$',
      'At the moment, nothing is likely to be late ($1 checked).',
    ],
    ['^Everything else should be on time\\.$', 'Everything else is expected to be on time.'],
    [
      '^The queues that give people up are hardly affected\\.$',
      'There is hardly any effect on the queues that give people up.',
    ],
    ['^• Remedy “S”: tried S, worked S$', '• Remedy “$1”: it was tried $2 and worked $3'],
    [
      '^The delay of S is preceded by ',
      'The delay of $1 is preceded by a shortage of people and trouble in the system.',
    ],
    ['^S about late work (?:is|are) open\\.$', 'There are $1 about late work open.'],
  ],
};
