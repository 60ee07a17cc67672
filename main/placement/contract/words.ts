/** Proposals in words: reasons, badge, relaxations and moves, the same in chat, on the card and in the audit. Pure. */

import {
  formatCell,
  formatMinutes,
  formatNumber,
  formatPercent,
  formatTime,
} from '../../api/contract/format.ts';
import { fill, type Lang, type Words } from '../../kernel/words.ts';
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
} from './placement.ts';
import words from './words.json' with { type: 'json' };

const { sentences: say } = words;
/** What a rule names; its strength aside. */
type NamedRule = Omit<Constraint, 'id' | 'hard' | 'weight' | 'leaving'> & { readonly leaving?: unknown };
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
  const isKept = from !== '' && to === '' && !rule.leaving;
  const isOut = from !== '' && to === '' && !isKept;
  if (lang === 'ja') {
    const who = [
      isKept && `${from}にいる人`,
      person && `${person}さん`,
      rule.monthsBelow !== undefined && `${to || 'その工程'}の経験が${rule.monthsBelow}か月未満の人`,
    ].filter(Boolean);
    return [
      rule.after !== undefined && `${minuteText(rule.after)}以降は、`,
      !isKept && from && `${from}から`,
      who.length > 0 ? `${who.join('で、')}を` : isOut && '人を',
      to && `${to}へ`,
      isOut ? '出さない' : '動かさない',
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
    from && `${isKept ? 'at' : isOut ? 'out of' : 'from'} ${from}`,
    to && `to ${to}`,
    rule.after !== undefined && `after ${minuteText(rule.after)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const TIMES = new Set(['deadline', 'since', 'until']);
/** A reason's numbers and names as they are written; 1 stays a number, so that it takes the singular. */
function written({ params }: Reason, lang: Lang, zone: string): Record<string, string | number> {
  const text = (key: string, value: string | number | boolean): string | number => {
    if (typeof value !== 'number') return String(value);
    if (TIMES.has(key)) return formatTime(value, zone, lang);
    if (key === 'pOnTime') return formatPercent(value, lang);
    return value === 1 && key !== 'hours' ? 1 : formatNumber(value, lang, key === 'hours' ? 1 : 0);
  };
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) =>
      value === undefined || value === null || typeof value === 'object' ? [] : [[key, text(key, value)]],
    ),
  );
}
/** One reason as a sentence without a full stop. `zone`: the site's. */
export function wordReason(reason: Reason, lang: Lang, zone: string): string {
  const { code, params } = reason;
  const has = (key: string): boolean => params[key] !== undefined;
  const { reasons } = words;
  const sentence = (): Words => {
    if (code === 'adds-capacity' && has('overdue')) return reasons['adds-capacity-overdue'];
    if (code === 'adds-capacity' && has('deadline')) return reasons['adds-capacity-by'];
    if (code === 'highest-contribution' && Number(params['rank']) !== 1) return reasons['high-contribution'];
    if (code === 'source-would-miss' && has('items')) return reasons['source-would-miss-items'];
    return reasons[code];
  };
  const rule =
    code === 'despite-rule' || code === 'against-rule' ? wordConstraint(params as NamedRule, lang) : '';
  return fill(sentence(), { ...written(reason, lang, zone), rule }, lang);
}

/** How good the plan is, and how we know. */
export function wordBadge({ kind, gap, seconds }: Badge, lang: Lang): string {
  const time =
    seconds < 0.1
      ? say.instant[lang]
      : fill(say.seconds, { n: formatNumber(seconds, lang, seconds < 10 ? 1 : 0) }, lang);
  const within = gap === null ? '' : `${formatNumber(gap * 100, lang, gap < 0.01 ? 2 : 1)}%`;
  const { badges } = words;
  const isPlain = within === '' || within === '0%';
  const badge =
    isPlain && (kind === 'time-limit' || kind === 'searched') ? badges[`${kind}-alone`] : badges[kind];
  return fill(badge, { time, gap: within }, lang);
}

/** What keeps people where they are, in a few words; other reasons are about one person. */
const BLOCKS: Readonly<Partial<Record<Reason['code'], Words>>> = words.blocks;
/** `動かせない理由: 経験月数が足りない（12名）、…`; null where nothing is known to be in the way. */
export function wordBlocks(blocks: readonly Block[], lang: Lang): string | null {
  const parts = blocks.flatMap(({ code, people }) => {
    const what = BLOCKS[code]?.[lang];
    if (!what || people === 0) return what ?? [];
    return fill(say.blocked, { what, people: formatNumber(people, lang) }, lang);
  });
  if (parts.length === 0) return null;
  return fill(say.blocks, { all: parts.join(lang === 'ja' ? '、' : '; ') }, lang);
}

/** What relaxing one rule would win, as one sentence. */
export function wordRelaxation(r: Relaxation, lang: Lang): string {
  const n = r.people === 1 ? 1 : formatNumber(r.people, lang);
  const missed =
    r.missedAfter < r.missedBefore
      ? fill(say['relaxed-missed'], { before: r.missedBefore, after: r.missedAfter }, lang)
      : '';
  const rule = fill(words.relaxed[r.rule], { n }, lang);
  const [before, after] = [formatNumber(r.before, lang, 1), formatNumber(r.after, lang, 1)];
  return fill(say.relaxation, { rule, before, after, missed }, lang);
}

/** Items of a move and the deadline they are for: `18:00の納期までに 約141件`. `zone`: the site's. */
export function wordGain({ items, deadline, startsAt }: Move, lang: Lang, zone: string): string {
  const n = formatNumber(items, lang);
  if (deadline === undefined) return fill(say.gain, { n }, lang);
  const sentence = deadline <= startsAt ? say['gain-overdue'] : say['gain-by'];
  return fill(sentence, { n, time: formatTime(deadline, zone, lang) }, lang);
}

/** `直近30日で5回目`: this move among those of the last 30 days; null where nobody counted. */
export function wordLedger({ moves30Days }: Move, lang: Lang): string | null {
  if (moves30Days === undefined) return null;
  if (moves30Days === 0) return say['first-in-30-days'][lang];
  return fill(say['moves-in-30-days'], { n: formatNumber(moves30Days + 1, lang) }, lang);
}

/** One move as a line. `zone`: the site's. */
export function wordMove(move: Move, lang: Lang, zone: string): string {
  const params = {
    name: move.name,
    from: formatCell(move.from),
    to: formatCell(move.to),
    start: formatTime(move.startsAt, zone, lang),
    end: formatTime(move.endsAt, zone, lang),
    lost: formatMinutes(move.switchMinutes, lang),
    gain: wordGain(move, lang, zone),
  };
  return fill(say.move, params, lang);
}

/** What came of solving a stored proposal again, line by line: the result, what differs, and what both were made with. */
export function wordVerification(v: Verification, lang: Lang): string[] {
  const place = (cell: Verification['people'][number]['stored']): string =>
    cell ? formatCell(cell) : say.stays[lang];
  const made = (p: Verification['stored']): string =>
    p === null
      ? say.unrecorded[lang]
      : fill(
          say.made,
          { model: p.model, highs: p.highs ?? '–', objective: formatNumber(p.objective, lang, 4) },
          lang,
        );
  const what = v.differences.map((d) => words.differences[d][lang]).join(lang === 'ja' ? '、' : ', ');
  return [
    fill(words.results[v.result], { id: v.id }, lang),
    ...(v.why ? [words.incomparable[v.why][lang]] : []),
    ...(what ? [fill(say.different, { what }, lang)] : []),
    ...v.people.map((p) => `  ${p.name}: ${place(p.stored)} → ${place(p.solved)}`),
    fill(say.rules, { version: v.rulesVersion }, lang),
    fill(say.recorded, { made: made(v.stored) }, lang),
    fill(say.now, { made: made(v.solved) }, lang),
  ];
}

/** What a draft would change, as a sentence without a full stop. */
export function wordChange(change: RuleChange, lang: Lang, business?: (id: string) => string): string {
  if (change.kind === 'constraint') return wordConstraint(change.constraint, lang, business);
  const params = { business: change.businessName, weight: formatNumber(change.weight, lang, 1) };
  return fill(say.priority, params, lang);
}

/** What came of trying a change on past proposals: `この規則なら過去30件のうち4件が変わった`. */
export function wordBackTest({ of, changed, cut }: BackTest, lang: Lang): string {
  if (of === 0) return say['nothing-past'][lang];
  const n = changed.length;
  const [none, some] = of === 1 ? [say['unchanged-one'], say['changed-one']] : [say.unchanged, say.changed];
  const what = fill(n === 0 ? none : some, { of, n }, lang);
  return cut ? fill(say.cut, { what, n: cut }, lang) : what;
}
