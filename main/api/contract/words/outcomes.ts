/** What became of an approved proposal in words, the same on the card, in the history, on the command line and in notifications. Pure. */
import type { Lang } from '../../../kernel/errors.ts';
import { formatNumber, formatPercent, formatTime } from '../format.ts';
import type { CellOutcome, HitRate, OutcomeCheck, ProposalOutcome } from '../placement.ts';

const VERDICT: Readonly<Record<CellOutcome['verdict'], Record<Lang, string>>> = {
  'as-predicted': { ja: '見込みどおり', en: 'As predicted' },
  better: { ja: '見込みより良い', en: 'Better than predicted' },
  worse: { ja: '見込みより悪い', en: 'Worse than predicted' },
  'not-measurable': { ja: '確認できず', en: 'Not measurable' },
};
export const wordVerdict = (verdict: CellOutcome['verdict'], lang: Lang): string => VERDICT[verdict][lang];

const WHY: Readonly<Record<NonNullable<CellOutcome['why']>, Record<Lang, string>>> = {
  'no-snapshot': {
    ja: 'この時刻の進捗データがないため、比べられません',
    en: 'There are no progress data of this time to compare with',
  },
  undone: {
    ja: '承認が取り消されたため、比べません',
    en: 'The approval was undone, so there is nothing to compare',
  },
  'other-decision': {
    ja: 'この間に別の決定で同じ工程の人員が変わったため、この案だけの結果は分かりません',
    en: 'Another decision changed the staff of this process in the meantime, so the result is not this plan’s alone',
  },
};

/** What the difference comes from: the larger of more or less coming in, and more or less being finished. */
function wordCause({ predicted, actual, arrived, finished, verdict }: CellOutcome, lang: Lang): string {
  if (actual === null || arrived.actual === null || finished.actual === null || verdict === 'as-predicted')
    return '';
  const sign = actual > predicted.mean ? 1 : -1;
  const came = (arrived.actual - arrived.predicted) * sign;
  const done = (finished.predicted - finished.actual) * sign;
  const items = formatNumber(Math.max(came, done), lang);
  if (came >= done)
    return lang === 'ja'
      ? `届いた件数が見込みより${items}件${sign > 0 ? '多かった' : '少なかった'}ためです`
      : `because ${items} ${sign > 0 ? 'more' : 'fewer'} items came in than expected`;
  return lang === 'ja'
    ? `処理した件数が見込みより${items}件${sign > 0 ? '少なかった' : '多かった'}ためです`
    : `because ${items} ${sign > 0 ? 'fewer' : 'more'} items were finished than expected`;
}

/** `310件（見込み 280〜420件）` */
export function wordBacklog({ predicted, actual }: CellOutcome, lang: Lang): string {
  const n = (value: number): string => formatNumber(Math.round(value), lang);
  const [low, high] = [n(predicted.low), n(predicted.high)];
  const range = low === high ? low : lang === 'ja' ? `${low}〜${high}` : `${low}–${high}`;
  const came = actual === null ? '–' : n(actual);
  return lang === 'ja' ? `${came}件（見込み ${range}件）` : `${came} items (predicted ${range})`;
}
/** The verdict on one cell as a sentence without a full stop, with what the difference comes from. */
export function wordCellOutcome(cell: CellOutcome, lang: Lang): string {
  if (cell.why !== null) return WHY[cell.why][lang];
  const cause = wordCause(cell, lang);
  const verdict = wordVerdict(cell.verdict, lang);
  if (!cause) return verdict;
  return lang === 'ja' ? `${verdict}結果です。${cause}` : `${verdict}, ${cause}`;
}

/** Whether a deadline was met, and what the proposal had promised; null for a check that is not one. */
export function wordDeadline(cell: CellOutcome, lang: Lang): string | null {
  if (!cell.deadline || cell.why === 'undone') return null;
  const { met, lateItems, pWithout, pWith } = cell.deadline;
  const [without, withIt] = [formatPercent(pWithout, lang), formatPercent(pWith, lang)];
  const late = formatNumber(lateItems ?? 0, lang);
  if (lang === 'ja') {
    const promised = `達成の見込みは、動かさない場合 ${without}、動かした場合 ${withIt}でした`;
    if (met === null) return '納期に間に合ったかどうかは、データからは分かりません';
    return met
      ? `納期に間に合いました。${promised}`
      : `納期に遅れ、その時点で${late}件が残っていました。${promised}`;
  }
  const promised = `(predicted chance: ${without} without the moves, ${withIt} with them)`;
  if (met === null) return 'The data do not tell whether the deadline was met';
  if (met) return `Met its deadline ${promised}`;
  return `Missed its deadline by ${late} ${lateItems === 1 ? 'item' : 'items'} ${promised}`;
}

/** `承認の30分後` or `納期`: what a check is. The moment itself is `check.at`. */
export const wordCheck = ({ kind, minutes }: OutcomeCheck, lang: Lang): string =>
  kind === 'deadline'
    ? lang === 'ja'
      ? '納期'
      : 'Deadline'
    : lang === 'ja'
      ? `開始${formatNumber(minutes, lang)}分後`
      : `${formatNumber(minutes, lang)} min in`;

export type OutcomeSummary = {
  readonly tone: 'plain' | 'ok' | 'watch' | 'danger';
  readonly text: string;
};
/** A whole outcome in one or two sentences: deadlines first, then the last backlogs, then when it is looked at next. */
export function wordOutcome(
  outcome: ProposalOutcome,
  { lang, zone, now }: { lang: Lang; zone: string; now: number },
): OutcomeSummary {
  const ja = lang === 'ja';
  const looked = outcome.checks.flatMap(({ kind, cells }) => (cells ? [{ kind, cells }] : []));
  const counted = looked.flatMap(({ kind, cells }) =>
    cells.filter((cell) => cell.why === null).map((cell) => ({ kind, cell })),
  );
  const deadlines = counted.filter(({ cell }) => typeof cell.deadline?.met === 'boolean');
  const targets = deadlines.filter(({ cell }) => cell.role !== 'source');
  const met = targets.filter(({ cell }) => cell.deadline?.met).length;
  const harmed = deadlines.filter(({ cell }) => cell.role === 'source' && !cell.deadline?.met).length;
  const last = new Map(
    counted.filter(({ kind }) => kind === 'after').map(({ cell }) => [cell.cell.cellId, cell.verdict]),
  );
  const verdicts = [...last.values()];
  const asPredicted = verdicts.filter((verdict) => verdict === 'as-predicted').length;
  const worse = verdicts.filter((verdict) => verdict === 'worse').length;
  const next = outcome.checks.find(({ cells }) => cells === null);

  const said: string[] = [];
  if (targets.length > 0) said.push(wordTargets(met, targets.length, lang));
  if (harmed > 0)
    said.push(
      ja
        ? `応援を出した工程が納期${harmed}件に遅れました。`
        : `${harmed} ${harmed === 1 ? 'deadline was' : 'deadlines were'} missed where people came from.`,
    );
  if (verdicts.length > 0)
    said.push(
      ja
        ? `残件が見込みどおりだったのは${verdicts.length}工程のうち${asPredicted}工程です。`
        : `Backlog as predicted in ${asPredicted} of ${verdicts.length} ${verdicts.length === 1 ? 'process' : 'processes'}.`,
    );
  if (said.length === 0) {
    const why =
      looked.flatMap(({ cells }) => cells.flatMap((cell) => cell.why ?? []))[0] ??
      (outcome.undone ? 'undone' : null);
    if (why) said.push(ja ? `${WHY[why].ja}。` : `${WHY[why].en}.`);
  }
  if (next && !outcome.undone)
    said.push(
      next.at <= now
        ? ja
          ? '進捗データが届きしだい確認します。'
          : 'Will be checked as soon as the progress data arrive.'
        : ja
          ? `次の確認は${formatTime(next.at, zone, lang)}です。`
          : `Next check at ${formatTime(next.at, zone, lang)}.`,
    );
  const tone =
    met < targets.length || harmed > 0
      ? 'danger'
      : worse > 0
        ? 'watch'
        : targets.length > 0 || asPredicted > 0
          ? 'ok'
          : 'plain';
  return { tone, text: said.join(ja ? '' : ' ') };
}

function wordTargets(met: number, of: number, lang: Lang): string {
  const missed = of - met;
  if (lang === 'ja') {
    if (of === 1) return missed ? '納期に遅れました。' : '納期に間に合いました。';
    return missed ? `納期${of}件のうち${missed}件に遅れました。` : `納期${of}件すべてに間に合いました。`;
  }
  if (of === 1) return missed ? 'Missed its deadline.' : 'Met its deadline.';
  if (missed) return `Missed ${missed} of ${of} deadlines.`;
  return of === 2 ? 'Met both deadlines.' : `Met all ${of} deadlines.`;
}

/** `12件中9件（推定 71%、90%区間 51%〜89%）`; null while nothing was measured. */
export function wordRate(rate: HitRate, lang: Lang): string | null {
  if (rate.of === 0) return null;
  const [estimate, low, high] = [rate.estimate, rate.low, rate.high].map((share) =>
    formatPercent(share, lang),
  );
  return lang === 'ja'
    ? `${rate.of}件中${rate.hits}件（推定 ${estimate}、90%区間 ${low}〜${high}）`
    : `${rate.hits} of ${rate.of} (estimated ${estimate}, 90% interval ${low}–${high})`;
}

export const RATES = ['deadlines', 'predictions', 'sources'] as const;
const RATE: Readonly<Record<(typeof RATES)[number], Record<Lang, string>>> = {
  deadlines: { ja: '応援先の納期に間に合った割合', en: 'Deadlines met where people were sent' },
  sources: { ja: '応援元の納期に間に合った割合', en: 'Deadlines met where people came from' },
  predictions: { ja: '残件が見込みの範囲に収まった割合', en: 'Backlogs within the predicted range' },
};
export const wordRateName = (rate: (typeof RATES)[number], lang: Lang): string => RATE[rate][lang];

/** How often what was promised for a site held so far, for the card of the next proposal; honest where nothing was measured. */
export function wordSiteRate(location: string, rate: HitRate | undefined, lang: Lang): string {
  const ja = lang === 'ja';
  if (!rate || rate.of === 0)
    return ja
      ? `${location}の提案で、結果を確かめられたものはまだありません`
      : `No result of a proposal for ${location} could be checked yet`;
  return ja
    ? `${location}の提案は、これまで${rate.of}件中${rate.hits}件が見込みどおりでした（90%区間 ${formatPercent(rate.low, lang)}〜${formatPercent(rate.high, lang)}）`
    : `For ${location}, ${rate.hits} of ${rate.of} predictions held so far (90% interval ${formatPercent(rate.low, lang)}–${formatPercent(rate.high, lang)})`;
}
/** The same for moves against a soft rule; null where there is nothing to say yet. `rule`: its sentence. */
export function wordRuleRate(rule: string, rate: HitRate, lang: Lang): string | null {
  if (rate.of === 0) return null;
  return lang === 'ja'
    ? `「${rule}」に反して動かした提案は、${rate.of}件中${rate.hits}件が見込みどおりでした（90%区間 ${formatPercent(rate.low, lang)}〜${formatPercent(rate.high, lang)}）`
    : `Of moves against “${rule}”, ${rate.hits} of ${rate.of} predictions held (90% interval ${formatPercent(rate.low, lang)}–${formatPercent(rate.high, lang)})`;
}
