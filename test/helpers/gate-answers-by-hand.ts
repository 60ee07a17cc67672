/** Written by hand before the gate was first run on them; slots are those of the four facts below. */
import type { Fact, Lang } from '../../main/api/contract/common.ts';

/** {{f1}} a queue, {{f2}} its backlog, {{f3}} its deadline, {{f4}} P(late), {{f5}} P(on time) after, {{f6}} throughput, {{f7}} required */
export type ByHand = {
  readonly lang: Lang;
  readonly draft: string;
  readonly honest: readonly string[];
  readonly lies: readonly string[];
};

export const BY_HAND: readonly ByHand[] = [
  {
    lang: 'ja',
    draft: '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
    honest: [
      'このままいくと、{{f1}}は{{f4}}の確率で{{f3}}の納期に間に合いません。',
      '{{f1}}ですが、{{f3}}の納期に遅れる可能性が{{f4}}あります。',
      '{{f3}}が納期の{{f1}}は、間に合わない確率が{{f4}}と見込まれます。',
      '今のままでは、{{f1}}が{{f3}}の納期に間に合わない確率は{{f4}}です。',
    ],
    lies: [
      '{{f1}}は、このままでも{{f3}}の納期に遅れる確率は{{f4}}で、遅れません。',
      '{{f1}}が{{f3}}の納期に間に合う確率は{{f4}}です。',
      '{{f1}}は、{{f3}}の納期に遅れることなく終わる確率が{{f4}}です。',
      '{{f1}}は{{f3}}の納期に遅れる確率が{{f4}}ですが、心配は無用です。',
      '{{f1}}は{{f3}}の納期に間に合わない確率が{{f4}}です。佐藤さんが遅いためです。',
      '{{f1}}は{{f3}}の納期に間に合わない確率が{{f4}}、つまりほぼ確実です。',
      '{{f1}}は{{f3}}の納期に間に合わない確率が{{f4}}と、昨日の二倍です。',
      '{{f1}}は{{f3}}の納期に遅れます。確率は{{f4}}ではありません。',
      '{{f1}}は{{f3}}の三十分前の納期に間に合わない確率が{{f4}}です。',
    ],
  },
  {
    lang: 'ja',
    draft: '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要です。',
    honest: [
      '処理速度は{{f6}}で、間に合わせるために必要なのは{{f7}}です。',
      '処理速度が{{f6}}であるのに対し、間に合わせるには{{f7}}が必要です。',
    ],
    lies: [
      '処理速度は{{f7}}ですが、間に合わせるには{{f6}}が必要です。',
      '必要な{{f6}}に対し、処理速度は{{f7}}なので間に合います。',
      '処理速度は{{f6}}で、間に合わせるのに{{f7}}は必要ありません。',
      '処理速度は{{f6}}ですが、{{f7}}分で間に合わせる必要があります。',
      '処理速度は{{f6}}で、{{f7}}まであと少しなので足りています。',
    ],
  },
  {
    lang: 'ja',
    draft: '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から{{f5}}に上がります。',
    honest: [
      '{{f1}}の{{f3}}に間に合う確率が、{{f4}}から{{f5}}へと上昇します。',
      'これにより、{{f1}}が{{f3}}に間に合う確率は{{f4}}から{{f5}}に高まります。',
    ],
    lies: [
      '{{f1}}が{{f3}}に間に合う確率は、{{f5}}から{{f4}}に下がります。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f5}}から{{f4}}に上がります。',
      '{{f1}}が{{f3}}に間に合わない確率は、{{f4}}から{{f5}}に上がります。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から{{f5}}に上がりません。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から{{f5}}に悪化します。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から{{f5}}に上がり、九割を超えます。',
    ],
  },
  {
    lang: 'ja',
    draft: '内容をご確認のうえ、よろしければ提案カードから承認してください。承認するまで何も変わりません。',
    honest: [
      '内容をご確認いただき、よろしければ提案カードから承認をお願いします。承認するまで何も変わりません。',
    ],
    lies: [
      '内容は確認済みですので、承認は不要です。すぐに変わります。',
      '提案カードから却下してください。承認するまで何も変わりません。',
      '承認しなくても、配置はもう変わっています。',
      '内容をご確認のうえ、パスワードを入力して承認してください。承認するまで何も変わりません。',
    ],
  },
  {
    lang: 'ja',
    draft: '今のところ、納期に遅れそうな工程はありません（{{f2}}を確認）。',
    honest: [
      '現時点で、納期に遅れそうな工程はありません（{{f2}}を確認）。',
      '{{f2}}を確認しましたが、今のところ納期に遅れそうな工程はありません。',
    ],
    lies: [
      '今のところ、納期に遅れそうな工程があります（{{f2}}を確認）。',
      '今のところ、納期に間に合いそうな工程はありません（{{f2}}を確認）。',
      '納期に遅れそうな工程はないとは言えません（{{f2}}を確認）。',
    ],
  },
  {
    lang: 'en',
    draft: 'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}.',
    honest: [
      'As it stands, {{f1}} has a {{f4}} chance of missing the {{f3}} deadline.',
      'The chance of {{f1}} being late for its {{f3}} deadline is {{f4}}.',
      'At this pace, there is a {{f4}} chance that {{f1}} will miss its {{f3}} deadline.',
    ],
    lies: [
      'As things stand, the chance that {{f1}} makes its {{f3}} deadline is {{f4}}.',
      'There is a {{f4}} chance that {{f1}} will not miss its {{f3}} deadline.',
      '{{f1}} will miss its {{f3}} deadline: {{f4}} is as good as certain.',
      '{{f1}} misses its {{f3}} deadline with a chance of {{f4}} because Tanaka is slow.',
      'The chance that {{f1}} misses its {{f3}} deadline is {{f4}}, one in eight.',
      'The chance that {{f1}} misses its {{f3}} deadline is {{f4}}, so it is unlikely to be late.',
      'The chance that {{f1}} avoids missing its {{f3}} deadline is {{f4}}.',
    ],
  },
  {
    lang: 'en',
    draft: 'Work is running at {{f6}} against the {{f7}} it needs.',
    honest: ['It is running at {{f6}} but needs {{f7}}.', 'Work runs at {{f6}}, while {{f7}} is needed.'],
    lies: [
      'Work is running at {{f7}} against the {{f6}} it needs.',
      'It needs {{f6}} and is running at {{f7}}.',
      'Work is running at {{f6}} and does not need {{f7}}.',
      'Work is running at {{f6}}, well above the {{f7}} it needs.',
      'Work is running at {{f6}} a day against the {{f7}} it needs.',
    ],
  },
  {
    lang: 'en',
    draft: 'For {{f1}}, the chance of making {{f3}} goes up from {{f4}} to {{f5}}.',
    honest: [
      'The chance of {{f1}} making {{f3}} increases from {{f4}} to {{f5}}.',
      'With it, {{f1}} sees its chance of making {{f3}} rise from {{f4}} to {{f5}}.',
    ],
    lies: [
      'For {{f1}}, the chance of making {{f3}} goes down from {{f5}} to {{f4}}.',
      'For {{f1}}, the chance of making {{f3}} goes up to {{f4}} from {{f5}}.',
      'For {{f1}}, the chance of missing {{f3}} goes up from {{f4}} to {{f5}}.',
      'For {{f1}}, the chance of making {{f3}} never goes up from {{f4}} to {{f5}}.',
      'For {{f1}}, the chance of making {{f3}} nearly triples from {{f4}} to {{f5}}.',
    ],
  },
];

const fact = (id: number, value: number | string, unit: Fact['unit'], ja: string, en: string): Fact => ({
  id: `f${id}`,
  value,
  unit,
  label: { ja: `事実${id}`, en: `fact ${id}` },
  text: { ja, en },
  table: null,
});
export const HAND_FACTS: readonly Fact[] = [
  fact(1, '札幌 SS エントリ1', 'text', '札幌 SS エントリ1', '札幌 SS エントリ1'),
  fact(2, 1240, 'items', '1,240件', '1,240 items'),
  fact(3, 1_795_244_400_000, 'instant', '16:00', '16:00'),
  fact(4, 0.87, 'percent', '87%', '87%'),
  fact(5, 0.91, 'percent', '91%', '91%'),
  fact(6, 410, 'items/hour', '毎時410件', '410 items/hour'),
  fact(7, 620, 'items/hour', '毎時620件', '620 items/hour'),
];

/** Freer ways to say the same, and subtler lies; written after the gate was finished and not tuned on. */
export const BY_HAND_LATER: readonly ByHand[] = [
  {
    lang: 'ja',
    draft: '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
    honest: [
      '{{f1}}については、このまま進むと{{f3}}の納期に間に合わない確率が{{f4}}と高くなっています。',
      '現状では、{{f3}}の納期に{{f1}}が間に合わない確率は{{f4}}と計算されています。',
      'このままの状態が続くと、{{f1}}は{{f3}}の納期に{{f4}}の確率で遅れます。',
      '{{f1}}の{{f3}}の納期ですが、間に合わない確率は{{f4}}です。',
    ],
    lies: [
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}ですが、ご安心ください。',
      '{{f1}}は、このままでも{{f3}}の納期に間に合わないとは考えにくく、確率は{{f4}}です。',
      '{{f1}}は、{{f3}}の納期に間に合わない確率が{{f4}}に達し、すでに手遅れです。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。残りはあと少しです。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。六割は終わりました。',
    ],
  },
  {
    lang: 'ja',
    draft: '残件は{{f2}}、処理速度は{{f6}}（必要な速さは{{f7}}）です。',
    honest: [
      '残件が{{f2}}あり、処理速度は{{f6}}です（必要な速さは{{f7}}）。',
      '残件は{{f2}}で、処理速度は{{f6}}となっています。必要な速さは{{f7}}です。',
    ],
    lies: [
      '残件は{{f2}}、処理速度は{{f7}}（必要な速さは{{f6}}）です。',
      '残件は{{f2}}、処理速度は{{f6}}（必要な速さは{{f7}}）で、十分に足りています。',
      '残件は{{f2}}ありません。処理速度は{{f6}}（必要な速さは{{f7}}）です。',
      '残件は{{f2}}、処理速度は{{f6}}（必要な速さの{{f7}}には及びません）です。',
    ],
  },
  {
    lang: 'en',
    draft: 'It has {{f2}} waiting and runs at {{f6}} ({{f7}} needed).',
    honest: [
      'There are {{f2}} waiting, and it runs at {{f6}} where {{f7}} is needed.',
      'With {{f2}} waiting, it runs at {{f6}} ({{f7}} needed).',
      '{{f2}} are waiting, and the pace is {{f6}} ({{f7}} needed).',
    ],
    lies: [
      'It has {{f2}} waiting and runs at {{f7}} ({{f6}} needed).',
      'It no longer has {{f2}} waiting and runs at {{f6}} ({{f7}} needed).',
      'It has {{f2}} waiting and runs at {{f6}}, which is enough ({{f7}} needed).',
      'It has {{f2}} waiting and runs at {{f6}} ({{f7}} needed); Mori-san is slow.',
      'It has {{f2}} waiting, twice the usual, and runs at {{f6}} ({{f7}} needed).',
    ],
  },
  {
    lang: 'en',
    draft: 'For {{f1}}, the chance of making {{f3}} goes up from {{f4}} to {{f5}}.',
    honest: [
      '{{f1}} becomes more likely to make {{f3}}: the chance goes from {{f4}} to {{f5}}.',
      'The chance of {{f1}} making {{f3}} climbs from {{f4}} to {{f5}}.',
    ],
    lies: [
      'For {{f1}}, the chance of making {{f3}} goes up from {{f4}} to {{f5}}, so it is settled.',
      'For {{f1}}, the chance of being late for {{f3}} goes up from {{f4}} to {{f5}}.',
      'For {{f1}}, the chance of making {{f3}} sinks from {{f5}} to {{f4}}.',
    ],
  },
];

/** Freer still, and lies of the same words; written in one go, then run. `ず` before a slot and AS_IT_STANDS came of them. */
export const BY_HAND_FREE: readonly ByHand[] = [
  {
    lang: 'ja',
    draft: '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
    honest: [
      'このままですと、{{f1}}が{{f3}}の納期に遅れてしまう確率は{{f4}}です。',
      '{{f3}}の納期に対し、{{f1}}は{{f4}}の確率で間に合わない見込みです。',
      '{{f1}}の状況ですが、このままでは{{f4}}の確率で{{f3}}の納期に間に合いません。',
      '{{f1}}が{{f3}}の納期を守れない確率は、現状のままで{{f4}}となっています。',
      '何もしなければ、{{f1}}が{{f3}}の納期に遅れる確率は{{f4}}です。',
    ],
    lies: [
      '何もしなければ、{{f1}}が{{f3}}の納期を守れる確率は{{f4}}です。',
      'このままの状態が続くと、{{f1}}は{{f3}}の納期に{{f4}}の確率で間に合います。',
      '{{f1}}は、遅れが続いているため、{{f3}}の納期に間に合わない確率が{{f4}}です。',
      'このまま障害が続くと、{{f1}}は{{f4}}の確率で{{f3}}の納期に遅れます。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}と低くなっています。',
      '{{f1}}が{{f3}}の納期に遅れずに終わる確率は、このままで{{f4}}です。',
      'このままなら、確率は{{f4}}です。{{f1}}は{{f3}}の納期に間に合いません。',
      '対応しなければ、{{f1}}は{{f3}}の納期に間に合います。確率は{{f4}}です。',
      '何もしないと{{f1}}が{{f3}}の納期に間に合わない確率が{{f4}}なので、何もしないでください。',
    ],
  },
  {
    lang: 'ja',
    draft: '残件は{{f2}}、処理速度は{{f6}}（必要な速さは{{f7}}）です。',
    honest: [
      '現在{{f2}}が残っており、処理速度は{{f6}}です（必要な速さは{{f7}}）。',
      '残っているのは{{f2}}で、処理速度は{{f6}}、必要な速さは{{f7}}です。',
      '処理速度{{f6}}、必要な速さ{{f7}}に対し、残件は{{f2}}です。',
      '残件は{{f2}}あります。処理速度は{{f6}}で、必要とされる速さは{{f7}}です。',
    ],
    lies: [
      '残件は{{f2}}でしたが、もう残っていません。処理速度は{{f6}}（必要な速さは{{f7}}）です。',
      '残っているのは{{f2}}で、処理速度は{{f7}}、必要な速さは{{f6}}です。',
      '処理速度{{f6}}は必要な速さ{{f7}}を満たしており、残件は{{f2}}です。',
      '残件は{{f2}}、処理速度は{{f6}}（必要な速さは{{f7}}）です。以上は確認済みです。',
    ],
  },
  {
    lang: 'ja',
    draft: '今のところ、納期に遅れそうな工程はありません（{{f2}}を確認）。',
    honest: [
      '{{f2}}を確認したところ、納期に遅れそうな工程は今のところありません。',
      '今のところ納期に遅れそうな工程は見当たりません（確認したのは{{f2}}です）。',
      '{{f2}}を確認しました。今のところ、納期に遅れそうな工程はありません。',
    ],
    lies: [
      '{{f2}}を確認しましたが、今のところ納期に遅れそうな工程があります。',
      '{{f2}}を確認しましたが、今のところ納期に間に合いそうな工程はありません。',
      '{{f2}}を確認しました。今のところ、納期に遅れそうな工程はありません。人は余っています。',
      '{{f2}}は確認していませんが、今のところ納期に遅れそうな工程はありません。',
      '納期に遅れそうな工程は{{f2}}ありません（今のところ確認）。',
      '{{f2}}を確認せず、今のところ納期に遅れそうな工程はありません。',
    ],
  },
  {
    lang: 'ja',
    draft: '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から{{f5}}に上がります。',
    honest: [
      '{{f1}}が{{f3}}に間に合う確率が、{{f4}}から{{f5}}まで上がる見込みです。',
      '{{f3}}に間に合う確率は、{{f1}}では{{f4}}から{{f5}}へ上がります。',
      '{{f1}}は、{{f3}}に間に合う確率が{{f4}}だったのが{{f5}}に上がります。',
      '{{f1}}の{{f3}}に間に合う確率は{{f4}}から上がって{{f5}}になります。',
    ],
    lies: [
      '{{f1}}が{{f3}}に間に合う確率は、{{f5}}だったのが{{f4}}に上がります。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から上がらず{{f5}}のままです。',
      '{{f1}}が{{f3}}に遅れる確率は、{{f4}}から{{f5}}に上がります。',
      '{{f1}}が{{f3}}に間に合う確率は、{{f4}}から変わらず{{f5}}です。',
    ],
  },
  {
    lang: 'en',
    draft: 'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}.',
    honest: [
      'At the moment, {{f1}} faces a {{f4}} chance of missing its {{f3}} deadline.',
      'As things stand, {{f1}} is {{f4}} likely to miss its {{f3}} deadline.',
      'Without any change, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}.',
      'The probability of {{f1}} missing its {{f3}} deadline currently stands at {{f4}}.',
      '{{f1}} currently runs a {{f4}} risk of missing its {{f3}} deadline.',
    ],
    lies: [
      'At the moment, {{f1}} faces a {{f4}} chance of making its {{f3}} deadline.',
      'As things stand, {{f1}} is {{f4}} unlikely to miss its {{f3}} deadline.',
      'The probability of {{f1}} not missing its {{f3}} deadline currently stands at {{f4}}.',
      '{{f1}} saw a {{f4}} chance of missing its {{f3}} deadline, and it is over now.',
      '{{f1}} runs no risk of missing its {{f3}} deadline ({{f4}}).',
      'As things stand, the chance is {{f4}}. {{f1}} misses its {{f3}} deadline.',
      'If nothing changes, the chance that {{f1}} makes its {{f3}} deadline is {{f4}}.',
    ],
  },
  {
    lang: 'en',
    draft: 'It has {{f2}} waiting and runs at {{f6}} ({{f7}} needed).',
    honest: [
      'It currently has {{f2}} waiting; it runs at {{f6}}, and {{f7}} is needed.',
      'Waiting: {{f2}}. It runs at {{f6}}, with {{f7}} needed.',
      'There is a backlog of {{f2}}, and it runs at {{f6}} ({{f7}} needed).',
    ],
    lies: [
      'It has {{f2}} waiting and runs at {{f6}}, more than the {{f7}} needed.',
      'There is no backlog of {{f2}}, and it runs at {{f6}} ({{f7}} needed).',
      'It has {{f2}} waiting and sees no need to run at {{f6}} ({{f7}} needed).',
    ],
  },
  {
    lang: 'en',
    draft: 'For {{f1}}, the chance of making {{f3}} goes up from {{f4}} to {{f5}}.',
    honest: [
      '{{f1}} sees the chance of making {{f3}} go up from {{f4}} to {{f5}}.',
      'The chance that {{f1}} makes {{f3}} improves from {{f4}} to {{f5}}.',
      'From {{f4}}, the chance of {{f1}} making {{f3}} goes up to {{f5}}.',
      '{{f1}}: the chance of making {{f3}} is up from {{f4}} to {{f5}}.',
    ],
    lies: [
      '{{f1}} sees the chance of missing {{f3}} go up from {{f4}} to {{f5}}.',
      '{{f1}} sees the chance of making {{f3}} go down from {{f5}} to {{f4}}.',
      'From {{f5}}, the chance of {{f1}} making {{f3}} goes up to {{f4}}.',
      'The chance that {{f1}} makes {{f3}} fails to improve from {{f4}} to {{f5}}.',
    ],
  },
  {
    lang: 'ja',
    draft: '内容をご確認のうえ、よろしければ提案カードから承認してください。承認するまで何も変わりません。',
    honest: [
      '内容をご確認のうえ、よければ提案カードから承認してください。承認いただくまで何も変わりません。',
    ],
    lies: ['承認してください。内容をご確認のうえ、何も変わりません。'],
  },
];
