/** Proposals in words: reasons, badge, relaxations and moves, the same in chat, on the card and in the audit. Pure. */
import type { Lang } from '../../../kernel/errors.ts';
import { formatCell, formatMinutes, formatNumber, formatPercent, formatTime } from '../format.ts';
import type {
  BackTest,
  Badge,
  Block,
  Constraint,
  Move,
  Reason,
  Relaxation,
  RuleChange,
  Verification,
} from '../placement.ts';

/** A reason's numbers and names, written for the reader's language. */
type Words = {
  readonly text: (key: string) => string;
  readonly number: (key: string, digits?: number) => string;
  readonly percent: (key: string) => string;
  /** `3 people`, `1 person` */
  readonly count: (key: string, one: string, many: string) => string;
  readonly has: (key: string) => boolean;
  readonly is: (key: string, number: number) => boolean;
  /** an instant as `18:00` */
  readonly time: (key: string) => string;
  /** the rule that it is about */
  readonly rule: () => NamedRule;
};
type Say = (words: Words, lang: Lang) => string;
const two =
  (ja: (p: Words) => string, en: (p: Words) => string): Say =>
  (p, lang) =>
    lang === 'ja' ? ja(p) : en(p);

/** What a rule names; its strength aside. */
type NamedRule = Omit<Constraint, 'id' | 'hard' | 'weight'>;
const minuteText = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
/** A rule against moves as a sentence without a full stop: `札幌から品川へは動かさない`. `business`: id → name. */
export function wordConstraint(
  rule: NamedRule,
  lang: Lang,
  business: (id: string) => string = (id) => id,
): string {
  const place = (location?: string, businessId?: string, process?: string): string =>
    [location, businessId === undefined ? undefined : business(businessId), process]
      .filter(Boolean)
      .join(lang === 'ja' ? 'の' : ' ');
  const from = place(rule.fromLocation, rule.fromBusiness, rule.fromProcess);
  const to = place(rule.toLocation, rule.toBusiness, rule.toProcess);
  const person = rule.operatorName ?? rule.operatorId;
  if (lang === 'ja') {
    const who = [
      person && `${person}さん`,
      rule.monthsBelow !== undefined && `${to || 'その工程'}の経験が${rule.monthsBelow}か月未満の人`,
    ].filter(Boolean);
    return [
      rule.after !== undefined && `${minuteText(rule.after)}以降は、`,
      who.length > 0 && `${who.join('で、')}を`,
      from && `${from}から`,
      to && `${to}へ`,
      '動かさない',
    ]
      .filter(Boolean)
      .join('');
  }
  const who = [
    person,
    rule.monthsBelow !== undefined && `anybody with less than ${rule.monthsBelow} months there`,
  ].filter(Boolean);
  return [
    `do not move ${who.join(', ') || 'anybody'}`,
    from && `from ${from}`,
    to && `to ${to}`,
    rule.after !== undefined && `after ${minuteText(rule.after)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const REASONS: Readonly<Record<Reason['code'], Say>> = {
  'adds-capacity': two(
    (p) => {
      const what = p.has('overdue')
        ? `${p.time('deadline')}の納期を過ぎた分のうち、${p.number('overdue')}分で`
        : `${p.has('deadline') ? `${p.time('deadline')}の` : ''}納期までに`;
      return `${what}約${p.number('items')}件を処理できます（毎時${p.number('perHour')}件）`;
    },
    (p) => {
      const what = p.has('overdue')
        ? `of the items overdue since ${p.time('deadline')} within ${p.number('overdue')} minutes`
        : `items by ${p.has('deadline') ? `the ${p.time('deadline')}` : 'the'} deadline`;
      return `Can finish about ${p.number('items')} ${what} (${p.number('perHour')} an hour)`;
    },
  ),
  'stands-still': two(
    (p) =>
      `${p.text('location')}の${p.text('process')}は${p.time('since')}頃からほぼ止まっています（件数は再開待ちを見込んだ値）`,
    (p) =>
      `${p.text('location')} ${p.text('process')} has nearly stood still since ${p.time('since')} (the items allow for the wait)`,
  ),
  'highest-contribution': two(
    (p) =>
      `応援できる${p.number('of')}名のうち、処理できる件数が${p.is('rank', 1) ? '最も' : `${p.number('rank')}番目に`}多い人です`,
    (p) =>
      p.is('rank', 1)
        ? `Finishes the most items in time of the ${p.count('of', 'person', 'people')} who could help`
        : `Ranks ${p.number('rank')} of the ${p.number('of')} people who could help, by items finished in time`,
  ),
  'spare-at-source': two(
    (p) =>
      `抜けたあとも${p.text('location')}の${p.text('process')}は間に合う見込みです（納期達成の確率 ${p.percent('pOnTime')}）`,
    (p) =>
      `${p.text('location')} ${p.text('process')} can spare them (still ${p.percent('pOnTime')} likely to be on time)`,
  ),
  'same-site': two(
    (p) => `同じ拠点なので${p.number('minutes')}分で切り替えられます`,
    (p) => `Same site: switches in ${p.number('minutes')} minutes`,
  ),
  'near-site': two(
    (p) => `近い拠点（${p.text('home')}）からの応援で、切り替えは${p.number('minutes')}分です`,
    (p) => `Supports from the nearby site ${p.text('home')}, switching in ${p.number('minutes')} minutes`,
  ),
  'far-site': two(
    (p) => `${p.text('home')}からの遠隔応援で、切り替えは${p.number('minutes')}分です`,
    (p) => `Supports remotely from ${p.text('home')}, switching in ${p.number('minutes')} minutes`,
  ),
  'knows-business': two(
    (p) => `${p.text('business')}の業務を経験しています`,
    (p) => `Has worked for ${p.text('business')} before`,
  ),
  'same-process': two(
    (p) => `今も${p.text('process')}を担当しているので、慣らしが要りません`,
    (p) => `Already does ${p.text('process')}, so needs no time to settle in`,
  ),
  experienced: two(
    (p) => `この工程の経験が${p.number('months')}か月あります`,
    (p) => `Has ${p.count('months', 'month', 'months')} of experience in this process`,
  ),
  senior: two(
    (p) => `スキルレベル${p.number('skill')}のベテランです`,
    (p) => `A senior at skill level ${p.number('skill')}`,
  ),
  pinned: two(
    () => '管理者の指定による配置です',
    () => 'Placed here at the manager’s request',
  ),
  chain: two(
    (p) => `${p.text('location')}の${p.text('process')}から応援に出る人の穴を埋めます（玉突き）`,
    (p) => `Fills in at ${p.text('location')} ${p.text('process')} for somebody who leaves to help (a chain)`,
  ),
  'first-move-today': two(
    () => '今日はまだ配置変更をしていません',
    () => 'Has not been moved yet today',
  ),
  'despite-rule': (p, lang) => {
    const rule = wordConstraint(p.rule(), lang);
    return lang === 'ja'
      ? `「${rule}」に反しますが、納期のために選びました`
      : `Goes against “${rule}”, for the deadline’s sake`;
  },
  'against-rule': (p, lang) => {
    const rule = wordConstraint(p.rule(), lang);
    return lang === 'ja' ? `ルール「${rule}」があります` : `There is a rule: “${rule}”`;
  },
  'not-needed': two(
    () => 'いまの案で足りているため、動いてもらう必要がありません',
    () => 'The plan already covers what is due, so there is no need',
  ),
  locked: two(
    () => 'ルールで「動かさない人」に登録されています',
    () => 'The rules list this person as not to be moved',
  ),
  'low-skill': two(
    (p) =>
      `${p.text('process')}のスキルレベルが${p.number('skill')}で、必要な${p.number('needed')}に届きません`,
    (p) => `Skill level ${p.number('skill')} in ${p.text('process')}; ${p.number('needed')} is needed`,
  ),
  untrained: two(
    (p) => `${p.text('process')}の作業ができる登録がありません`,
    (p) => `Is not trained for ${p.text('process')}`,
  ),
  'no-speed': two(
    (p) => `${p.text('process')}の処理速度が0か未登録で、見積もれません`,
    (p) => `Has no speed above 0 on record for ${p.text('process')}`,
  ),
  'all-break': two(
    () => '休憩のルールで、勤務時間がすべて休憩になっています',
    () => 'The rules make all of their shift a break',
  ),
  'nobody-there': two(
    () => '勤務している人がいません',
    () => 'Nobody is at work',
  ),
  'low-experience': two(
    (p) =>
      `${p.text('process')}の経験が${p.number('months')}か月で、必要な${p.number('needed')}か月に足りません`,
    (p) =>
      `Has ${p.count('months', 'month', 'months')} of experience in ${p.text('process')}; ${p.number('needed')} are needed`,
  ),
  'unknown-business': two(
    (p) => `${p.text('business')}の業務を担当したことがありません`,
    (p) => `Has never worked for ${p.text('business')}`,
  ),
  'shift-over': two(
    () => '切り替えている間に勤務時間が終わります',
    () => 'Their shift ends before they could start there',
  ),
  'would-wait': two(
    (p) =>
      `${p.text('location')}の${p.text('process')}は${p.time('since')}頃からほぼ止まっていて、行っても再開を待つことになります`,
    (p) =>
      `${p.text('location')} ${p.text('process')} has nearly stood still since ${p.time('since')}: they would only wait there`,
  ),
  'moved-too-often': two(
    (p) => `今日はすでに${p.number('moves')}回動いています（上限${p.number('limit')}回）`,
    (p) =>
      `Has already been moved ${p.count('moves', 'time', 'times')} today (the limit is ${p.number('limit')})`,
  ),
  'ledger-full': two(
    (p) => `直近30日ですでに${p.number('moves')}回動いています（上限${p.number('limit')}回）`,
    (p) =>
      `Has been moved ${p.count('moves', 'time', 'times')} in the last 30 days (the limit is ${p.number('limit')})`,
  ),
  'source-would-miss': two(
    (p) =>
      p.has('items')
        ? `抜けると${p.text('location')}の${p.text('process')}で約${p.number('items')}件が納期に間に合わなくなります`
        : '抜けると元の工程が納期に間に合わなくなります',
    (p) =>
      p.has('items')
        ? `Without them ${p.text('location')} ${p.text('process')} would be about ${p.number('items')} items short at a deadline`
        : 'Without them their own process would miss a deadline',
  ),
  'source-min-staff': two(
    (p) =>
      `${p.text('location')}の${p.text('process')}は${p.number('people')}名で、最低${p.number('needed')}名が必要です`,
    (p) =>
      `${p.text('location')} ${p.text('process')} has ${p.count('people', 'person', 'people')} and must keep ${p.number('needed')}`,
  ),
  'source-release-limit': two(
    (p) =>
      `${p.text('location')}の${p.text('process')}から出せる人数の上限（${p.number('limit')}名）に達しています`,
    (p) =>
      `${p.text('location')} ${p.text('process')} may release no more than ${p.count('limit', 'person', 'people')}`,
  ),
  'source-senior': two(
    (p) => `${p.text('location')}の${p.text('process')}にベテランを${p.number('needed')}名残す必要があります`,
    (p) => `${p.text('location')} ${p.text('process')} must keep ${p.count('needed', 'senior', 'seniors')}`,
  ),
  'max-moves': two(
    (p) => `一度に動かす人数の上限（${p.number('limit')}名）に達しています`,
    (p) => `The plan already moves as many people as allowed (${p.number('limit')})`,
  ),
  absent: two(
    () => '欠勤と記録されています',
    () => 'Is marked absent',
  ),
  'off-roster': two(
    () => 'その日の配置表に入っていません',
    () => 'Is not on the roster of that day',
  ),
  'taken-off': two(
    () => 'その日の配置が取り消されています',
    () => 'Was taken off the roster of that day',
  ),
  gone: two(
    (p) => `その日の勤務は${p.time('until')}に終わっています`,
    (p) => `Finished work at ${p.time('until')} that day`,
  ),
  'not-reported': two(
    (p) =>
      `${p.text('location')}の${p.text('process')}で勤務していますが、そこの進捗データが届いていないため、案に入れられません`,
    (p) =>
      `Is at work at ${p.text('location')} ${p.text('process')}, but no progress data come from there, so the plan cannot count on them`,
  ),
  'known-since': two(
    (p) =>
      `この案を作ったときには${p.text('location')}の${p.text('process')}にいることが記録されていませんでした。作り直すと対象になります`,
    (p) =>
      `Was not recorded at ${p.text('location')} ${p.text('process')} when this plan was made; a new plan counts on them`,
  ),
  'no-gain': two(
    () => '動いても、間に合わない件数は減りません',
    () => 'Moving them would not lessen what is missing at a deadline',
  ),
  dropped: two(
    () => 'この案から外すよう指定されています',
    () => 'Was taken out of this plan',
  ),
  'already-there': two(
    (p) => `すでに${p.text('location')}の${p.text('process')}を担当しています`,
    (p) => `Already works at ${p.text('location')} ${p.text('process')}`,
  ),
  dearer: two(
    (p) => `動かすと人員不足が合計で${p.number('hours', 1)}人時増えます`,
    (p) => `Moving them would add ${p.number('hours', 1)} person-hours of shortage in all`,
  ),
};

/** One reason as a sentence without a full stop. `zone`: the site's. */
export function wordReason(reason: Reason, lang: Lang, zone: string): string {
  const value = (key: string): number => Number(reason.params[key] ?? 0);
  const words: Words = {
    text: (key) => String(reason.params[key] ?? ''),
    number: (key, digits = 0) => formatNumber(value(key), lang, digits),
    percent: (key) => formatPercent(value(key), lang),
    count: (key, one, many) => `${formatNumber(value(key), lang)} ${value(key) === 1 ? one : many}`,
    has: (key) => reason.params[key] !== undefined,
    is: (key, number) => value(key) === number,
    time: (key) => formatTime(value(key), zone, lang),
    rule: () => reason.params as NamedRule,
  };
  return REASONS[reason.code](words, lang);
}

const seconds = (badge: Badge, lang: Lang): string => {
  if (badge.seconds < 0.1) return lang === 'ja' ? '0.1秒未満' : 'under 0.1 s';
  const text = formatNumber(badge.seconds, lang, badge.seconds < 10 ? 1 : 0);
  return lang === 'ja' ? `${text}秒` : `${text} s`;
};
/** How good the plan is, and how we know. */
export function wordBadge(badge: Badge, lang: Lang): string {
  const ja = lang === 'ja';
  const gap = badge.gap === null ? null : `${formatNumber(badge.gap * 100, lang, badge.gap < 0.01 ? 2 : 1)}%`;
  const time = seconds(badge, lang);
  switch (badge.kind) {
    case 'optimal':
      return ja ? `最適と証明済み（${time}）` : `Proven optimal (${time})`;
    case 'gap':
      return ja
        ? `最良との差 ${gap ?? ''}以内（${time}）`
        : `Within ${gap ?? ''} of the best possible (${time})`;
    case 'time-limit':
      if (gap === null)
        return ja ? `制限時間内の最良案（${time}）` : `Best found within the time limit (${time})`;
      return ja
        ? `制限時間内の最良案。最良との差は最大${gap}（${time}）`
        : `Best found within the time limit, at most ${gap} from the best possible (${time})`;
    case 'greedy':
      return ja
        ? '簡易計算による案（最適化は利用できませんでした）'
        : 'Quick estimate (the optimiser was not available)';
    case 'cancelled':
      return ja ? `途中で止めた時点の案（${time}）` : `Stopped early: best so far (${time})`;
    case 'nothing-needed':
      return ja ? '配置変更は不要です（すべて間に合う見込み）' : 'No move needed: everything is on course';
    case 'no-move-helps':
      return ja
        ? '今のルールでは、動かして改善できる人がいません'
        : 'Under today’s rules nobody’s move would help';
  }
}

/** What keeps people where they are, in a few words; other reasons are about one person. */
const BLOCKS: Readonly<Partial<Record<Reason['code'], Readonly<Record<Lang, string>>>>> = {
  'nobody-there': { ja: '勤務している人がいない', en: 'nobody is at work' },
  'all-break': {
    ja: '休憩のルールで勤務時間がすべて休憩になる',
    en: 'the rules make all of the shift a break',
  },
  'already-there': { ja: 'すでに遅れている工程にいる', en: 'already at a late process' },
  locked: { ja: '「動かさない人」に登録されている', en: 'listed as not to be moved' },
  'shift-over': { ja: '切り替えている間に勤務が終わる', en: 'shift ends before they could start' },
  'moved-too-often': { ja: '今日の移動回数の上限', en: 'moved often enough today' },
  'ledger-full': { ja: '30日の移動回数の上限', en: 'moved often enough in 30 days' },
  untrained: { ja: 'その工程ができる登録がない', en: 'not trained for it' },
  'no-speed': { ja: '処理速度が0か未登録', en: 'no speed above 0 on record' },
  'low-skill': { ja: 'スキルの下限に届かない', en: 'skill below the minimum' },
  'unknown-business': { ja: 'その業務の経験がない', en: 'never worked for that business' },
  'low-experience': { ja: '経験月数が足りない', en: 'too little experience' },
  'would-wait': { ja: '工程が止まっている', en: 'the process stands still' },
  'source-min-staff': { ja: '元の工程の最低人数', en: 'fewest people at their own process' },
  'source-release-limit': { ja: '元の工程から出せる人数の上限', en: 'most people their process may release' },
  'source-senior': { ja: '元の工程に残すベテランの人数', en: 'seniors their own process must keep' },
  'source-would-miss': { ja: '元の工程が間に合わなくなる', en: 'their own process would be late' },
  dearer: { ja: '動かしても良くならない', en: 'moving them would not help' },
  'max-moves': { ja: '一度に動かす人数の上限', en: 'most moves in one plan' },
};
/** `動かせない理由: 経験月数が足りない（12名）、…`; null where nothing is known to be in the way. */
export function wordBlocks(blocks: readonly Block[], lang: Lang): string | null {
  const parts = blocks.flatMap(({ code, people }) => {
    const words = BLOCKS[code]?.[lang];
    if (!words) return [];
    if (people === 0) return [words];
    return lang === 'ja'
      ? [`${words}（${formatNumber(people, lang)}名）`]
      : [`${words} (${formatNumber(people, lang)})`];
  });
  if (parts.length === 0) return null;
  return lang === 'ja'
    ? `動かせない理由: ${parts.join('、')}`
    : `What keeps people where they are: ${parts.join('; ')}`;
}

const RELAXED: Readonly<
  Record<Relaxation['rule'], { ja: (n: string) => string; en: (n: string, one: boolean) => string }>
> = {
  skill: {
    ja: (n) => `スキル下限を1段階下げると（${n}名）`,
    en: (n, one) => `Accepting a skill level one below the minimum (${n} ${one ? 'person' : 'people'})`,
  },
  cooldown: {
    ja: (n) => `配置変更の回数の上限を外すと（${n}名）`,
    en: (n, one) => `Lifting the limits on how often somebody is moved (${n} ${one ? 'person' : 'people'})`,
  },
  experience: {
    ja: (n) => `経験月数の条件を外すと（${n}名）`,
    en: (n, one) => `Waiving the experience rule (${n} ${one ? 'person' : 'people'})`,
  },
  overtime: {
    ja: (n) => `残業60分を${n}名に依頼すると`,
    en: (n, one) => `Asking ${n} ${one ? 'person' : 'people'} for 60 minutes of overtime`,
  },
  release: {
    ja: (n) => `元の工程から出す人数の上限を${n}名増やすと`,
    en: (n) => `Releasing ${n} more from their own processes`,
  },
  maxMoves: {
    ja: (n) => `一度に動かす人数の上限を${n}名増やすと`,
    en: (n) => `Moving ${n} more people than the limit allows`,
  },
};
/** What relaxing one rule would win, as one sentence. */
export function wordRelaxation(r: Relaxation, lang: Lang): string {
  const n = formatNumber(r.people, lang);
  const [before, after] = [formatNumber(r.before, lang, 1), formatNumber(r.after, lang, 1)];
  if (lang === 'ja') {
    const missed = r.missedAfter < r.missedBefore ? `、納期遅れは${r.missedBefore}→${r.missedAfter}件` : '';
    return `${RELAXED[r.rule].ja(n)}、人員不足が${before}→${after}人時に減ります${missed}`;
  }
  const missed =
    r.missedAfter < r.missedBefore ? `, and missed deadlines from ${r.missedBefore} to ${r.missedAfter}` : '';
  return `${RELAXED[r.rule].en(n, r.people === 1)} would cut the shortage from ${before} to ${after} person-hours${missed}`;
}

/** Items of a move and the deadline they are for: `18:00の納期までに 約141件`. `zone`: the site's. */
export function wordGain({ items, deadline, startsAt }: Move, lang: Lang, zone: string): string {
  const n = formatNumber(items, lang);
  if (deadline === undefined) return lang === 'ja' ? `納期までに 約${n}件` : `about ${n} items in time`;
  const time = formatTime(deadline, zone, lang);
  if (deadline <= startsAt)
    return lang === 'ja' ? `${time}の納期を過ぎた分 約${n}件` : `about ${n} items overdue since ${time}`;
  return lang === 'ja' ? `${time}の納期までに 約${n}件` : `about ${n} items by ${time}`;
}

/** `直近30日で5回目`: this move among those of the last 30 days; null where nobody counted. */
export function wordLedger({ moves30Days }: Move, lang: Lang): string | null {
  if (moves30Days === undefined) return null;
  const n = moves30Days + 1;
  if (lang === 'ja') return `直近30日で${formatNumber(n, lang)}回目`;
  return n === 1 ? 'first move in 30 days' : `move ${formatNumber(n, lang)} in 30 days`;
}

/** One move as a line. `zone`: the site's. */
export function wordMove(move: Move, lang: Lang, zone: string): string {
  const [from, to] = [formatCell(move.from), formatCell(move.to)];
  const [start, end] = [formatTime(move.startsAt, zone, lang), formatTime(move.endsAt, zone, lang)];
  const lost = formatMinutes(move.switchMinutes, lang);
  const gain = wordGain(move, lang, zone);
  return lang === 'ja'
    ? `${move.name}さん：${from} → ${to}（${start}〜${end}、切り替え${lost}、${gain}）`
    : `${move.name}: ${from} → ${to} (${start}–${end}, ${lost} to switch, ${gain})`;
}

/** What came of solving a stored proposal again, line by line: the result, what differs, and what both were made with. */
export function wordVerification(v: Verification, lang: Lang): string[] {
  const ja = lang === 'ja';
  const result = {
    match: ja
      ? `${v.id}: 一致しました。当時のデータから解き直し、配置・目的値・内訳がすべて同じです`
      : `${v.id}: matches. Solved again from its snapshot, plan, objective and details are the same`,
    differs: ja
      ? `${v.id}: 一致しません。当時のデータから解き直した結果が、記録と違います`
      : `${v.id}: differs. Solved again from its snapshot, the result is not the one on record`,
    'cannot-compare': ja ? `${v.id}: 比べられません` : `${v.id}: cannot be compared`,
  }[v.result];
  const why =
    v.why === 'cut'
      ? ja
        ? '計算が制限時間などで途中までだったため、同じ結果になるとは限りません'
        : 'The calculation was cut short by a time limit, a user or a failing solver, so another result proves nothing'
      : v.why === 'other-version'
        ? ja
          ? '作られたときと今とで、計算の版が違います'
          : 'It was made by another version of the calculation'
        : null;
  const WHAT = {
    plan: ja ? '配置' : 'plan',
    objective: ja ? '目的値' : 'objective',
    details: ja ? '内訳' : 'details',
  };
  const place = (cell: Verification['people'][number]['stored']): string =>
    cell ? formatCell(cell) : ja ? '動かない' : 'stays';
  const made = (p: Verification['stored']): string =>
    p === null
      ? ja
        ? '記録なし'
        : 'not recorded'
      : ja
        ? `モデル ${p.model}、HiGHS ${p.highs ?? '–'}、目的値 ${p.objective}`
        : `model ${p.model}, HiGHS ${p.highs ?? '–'}, objective ${p.objective}`;
  return [
    result,
    ...(why ? [why] : []),
    ...(v.differences.length
      ? [`${ja ? '違うもの: ' : 'Different: '}${v.differences.map((d) => WHAT[d]).join(ja ? '、' : ', ')}`]
      : []),
    ...v.people.map((p) => `  ${p.name}: ${place(p.stored)} → ${place(p.solved)}`),
    `${ja ? 'ルールの版' : 'Rules version'} ${v.rulesVersion}`,
    `${ja ? '記録' : 'Recorded'}: ${made(v.stored)}`,
    `${ja ? '今回' : 'Now'}: ${made(v.solved)}`,
  ];
}

/** What a draft would change, as a sentence without a full stop. */
export function wordChange(change: RuleChange, lang: Lang, business?: (id: string) => string): string {
  if (change.kind === 'constraint') return wordConstraint(change.constraint, lang, business);
  return lang === 'ja'
    ? `${change.businessName}の納期を優先する（重み ${formatNumber(change.weight, lang, 1)}）`
    : `deadlines of ${change.businessName} come first (weight ${formatNumber(change.weight, lang, 1)})`;
}

/** What came of trying a change on past proposals: `この規則なら過去30件のうち4件が変わった`. */
export function wordBackTest({ of, changed, cut }: BackTest, lang: Lang): string {
  const n = changed.length;
  if (lang === 'ja') {
    if (of === 0) return '過去の提案がまだないため、確かめられませんでした';
    const what =
      n === 0 ? `過去${of}件の提案は変わりません` : `この規則なら過去${of}件のうち${n}件が変わった`;
    return cut ? `${what}（${cut}件は計算が途中まで）` : what;
  }
  if (of === 0) return 'There are no past proposals yet to try it on';
  const past = of === 1 ? 'the 1 past proposal' : `the last ${of} proposals`;
  const what =
    n === 0
      ? `None of ${past} would have changed`
      : `With this rule ${n} of ${past} would have been different`;
  return cut ? `${what} (${cut} not solved to the end)` : what;
}
