/**
 * A fifth batch, of kinds that the ones before did not have: hearsay and doubt, idioms without a number, loanwords for limits, what is left out
 * or counted in, a slot said twice, a duty or a wish for a fact, an aside that takes it back. Slots are those of `HOSTILE_FACTS`.
 */
import type { ByHand } from './gate-answers-by-hand.ts';

export const SLY: readonly ByHand[] = [
  {
    lang: 'ja',
    draft: '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
    honest: [
      'このままでは{{f1}}が{{f3}}の納期に間に合わない確率は{{f4}}となっております。',
      '{{f3}}が納期の{{f1}}ですが、このままでは間に合わない確率が{{f4}}です。',
      'このままですと、{{f1}}が{{f3}}の納期に遅れる確率は{{f4}}になります。',
    ],
    lies: [
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}という噂です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}とのことですが、信じがたい値です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}で、焼け石に水です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が桁違いの{{f4}}です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率がマックス{{f4}}です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}オーバーです。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}であってほしいです。',
      '{{f1}}を除き、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
      '{{f1}}を含む工程は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。ただし参考値です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}でしょうか。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}。もう手遅れです。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}とされています。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}と伝えられています。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}との報告です。',
      '{{f1}}は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}のようです。',
      '{{f1}}を含めて、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
      '{{f1}}と同じ工程は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
      '{{f1}}に関係する工程は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
      '{{f1}}の人は、このままでは{{f3}}の納期に間に合わない確率が{{f4}}です。',
    ],
  },
  {
    lang: 'ja',
    draft:
      '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分）。',
    honest: [
      '処理速度が{{f6}}のところ、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分）。',
      '現在の処理速度は{{f6}}です。間に合わせるには{{f7}}が必要ですので、{{f8}}足りません（今のペースで{{f9}}分）。',
    ],
    lies: [
      '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分、つまり{{f8}}の残業）。',
      '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分、休憩込み）。',
      '処理速度はフルで{{f6}}ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分）。',
      '処理速度は{{f6}}が関の山ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分）。',
      '処理速度は{{f6}}に届いていませんが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（今のペースで{{f9}}分）。',
      '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要で、{{f8}}足りません（新人のペースで{{f9}}分）。',
      '処理速度は{{f6}}ですが、間に合わせるには{{f7}}が必要で、差し引き{{f8}}足りません（今のペースで{{f9}}分の給料）。',
    ],
  },
  {
    lang: 'ja',
    draft: '納期の時点で{{f10}}が残り、終わるのは{{f11}}ごろの見込みです。',
    honest: [
      '納期の時点では{{f10}}が残り、終わる見込みは{{f11}}ごろです。',
      '納期の時点で{{f10}}が残っており、終わるのは{{f11}}ごろになる見込みです。',
    ],
    lies: [
      '納期の時点で{{f10}}が手つかずで残り、終わるのは{{f11}}ごろの見込みです。',
      '納期の時点で{{f10}}が残り、終わるのは朝一の{{f11}}ごろの見込みです。',
      '納期の時点で{{f10}}が残り、終わるのは{{f11}}ごろの見込みですが、当てになりません。',
      '納期の時点で{{f10}}が残り、終わるのは{{f11}}ごろという見込みは外れます。',
      '納期の時点で{{f10}}のやり直しが残り、終わるのは{{f11}}ごろの見込みです。',
    ],
  },
  {
    lang: 'ja',
    draft: '・{{f12}}さん：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで（元の工程に余裕があるため）',
    honest: [
      '・{{f12}}さん：{{f14}}から{{f15}}まで{{f13}}から{{f1}}へ（元の工程に余裕があるため）',
      '・{{f12}}さんは、{{f13}}から{{f1}}へ{{f14}}から{{f15}}まで移動します（元の工程に余裕があるため）',
    ],
    lies: [
      '・{{f12}}さん：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで（本人の希望、元の工程に余裕があるため）',
      '・{{f12}}さん：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで（元の工程に余裕があるため、戻りません）',
      '・{{f12}}さん：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで（交代で元の工程に余裕があるため）',
      '・{{f12}}さんの後任：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで（元の工程に余裕があるため）',
      '・{{f12}}さん：{{f13}}から{{f1}}へ、{{f14}}から{{f15}}まで在宅（元の工程に余裕があるため）',
      '・{{f12}}さん：{{f13}}と{{f1}}を兼務、{{f14}}から{{f15}}まで（元の工程に余裕があるため）',
    ],
  },
  {
    lang: 'ja',
    draft: '{{f16}}の配置変更を提案します。',
    honest: ['{{f16}}の配置変更についてご提案します。', '提案は、{{f16}}の配置変更です。'],
    lies: [
      '{{f16}}の配置変更を撤回する提案をします。',
      '{{f16}}を超過勤務させる配置変更を提案します。',
      '{{f16}}の配置変更を本部に提案します。',
      '{{f16}}の配置変更を提案しますが、お勧めはしません。',
      '{{f16}}の配置変更を提案するつもりでした。',
    ],
  },
  {
    lang: 'ja',
    draft: 'その{{f20}}前（{{f23}}）から、『{{f26}}』が普段の {{f17}}（{{f18}}）に増えています。',
    honest: ['その{{f20}}前（{{f23}}）から『{{f26}}』が増え、普段の {{f17}}（{{f18}}）になっています。'],
    lies: [
      'その{{f20}}前（{{f23}}）から、『{{f26}}』が普段の {{f17}}（{{f18}}）に増えていますが、誤報です。',
      'その{{f20}}前（{{f23}}）から、『{{f26}}』が普段の {{f17}}（{{f18}}）に増えており、攻撃とみられます。',
      'その{{f20}}前（{{f23}}）から、『{{f26}}』の復旧が普段の {{f17}}（{{f18}}）に増えています。',
    ],
  },
  {
    lang: 'ja',
    draft: 'ほかの工程は間に合う見込みです。',
    honest: ['ほかの工程は、間に合う見込みでございます。'],
    lies: [
      'ほかの工程は間に合う見込みとでも言うのでしょうか。',
      'ほかの工程は間に合う見込みだと聞いています。',
    ],
  },
  {
    lang: 'en',
    draft: 'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}.',
    honest: [
      'As things stand, {{f4}} is the chance that {{f1}} misses its {{f3}} deadline.',
      'As things stand, {{f1}} misses its {{f3}} deadline with a chance of {{f4}}.',
    ],
    lies: [
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is said to be {{f4}}.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}, if the clerks are to be believed.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}} on a good day.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}, give or take.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}, hopeless.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}, pending review.',
      'As things stand, the chance that {{f1}} misses its extended {{f3}} deadline is {{f4}}.',
      'As things stand, the chance that {{f1}} misses its {{f3}} deadline is given as {{f4}}.',
      'As things stand, the chance that work with {{f1}} misses its {{f3}} deadline is {{f4}}.',
      'As things stand, the chance that the people at {{f1}} miss the {{f3}} deadline is {{f4}}.',
      'Were it not for luck, as things stand, the chance that {{f1}} misses its {{f3}} deadline is {{f4}}.',
    ],
  },
  {
    lang: 'en',
    draft: '{{f10}} would be left at the deadline, and the work would be done around {{f11}}.',
    honest: ['At the deadline {{f10}} would be left, and around {{f11}} the work would be done.'],
    lies: [
      '{{f10}} would be left to rot at the deadline, and the work would be done around {{f11}}.',
      '{{f10}} would be left at the deadline, and the work would be done around {{f11}}, weather permitting.',
      '{{f10}} would be left at the deadline, and the work would be redone around {{f11}}.',
      '{{f10}} would be left at the deadline, and the work would be done badly around {{f11}}.',
    ],
  },
  {
    lang: 'en',
    draft: '• {{f12}}: from {{f13}} to {{f1}}, {{f14}} to {{f15}} (can be spared there)',
    honest: ['• {{f12}}: to {{f1}} from {{f13}}, {{f14}} to {{f15}} (can be spared there)'],
    lies: [
      '• {{f12}}: from {{f13}} to {{f1}}, {{f14}} to {{f15}} (can be spared there, and asked for it)',
      '• {{f12}}: from {{f13}} to {{f1}}, {{f14}} to {{f15}} unpaid (can be spared there)',
      '• {{f12}} (trainee): from {{f13}} to {{f1}}, {{f14}} to {{f15}} (can be spared there)',
      '• {{f12}}: from {{f13}} via {{f1}}, {{f14}} to {{f15}} (can be spared there)',
    ],
  },
  {
    lang: 'en',
    draft: 'I propose moving {{f16}}.',
    honest: ['I propose that {{f16}} be moved.'],
    lies: [
      'I propose moving {{f16}}, though I doubt it helps.',
      'I propose moving {{f16}} without asking.',
      'I propose demoting {{f16}}.',
      'The night shift and I propose moving {{f16}}.',
    ],
  },
];
