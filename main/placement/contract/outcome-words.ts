/** What became of an approved proposal in words, the same on the card, in the history, on the command line and in notifications. Pure. */

import { formatNumber, formatPercent, formatTime } from '../../api/contract/format.ts';
import { fill, type Lang } from '../../kernel/words.ts';
import words from './outcome-words.json' with { type: 'json' };
import type { CellOutcome, HitRate, OutcomeCheck, ProposalOutcome } from './placement.ts';

const { sentences: say, targets: ofTargets, deadline: ofDeadline } = words;

/** What the difference comes from: the larger of more or less coming in, and more or less being finished. */
function wordCause({ predicted, actual, arrived, finished, verdict }: CellOutcome, lang: Lang): string {
  if (actual === null || arrived.actual === null || finished.actual === null || verdict === 'as-predicted')
    return '';
  const isMore = actual > predicted.mean;
  const sign = isMore ? 1 : -1;
  const came = (arrived.actual - arrived.predicted) * sign;
  const done = (finished.predicted - finished.actual) * sign;
  const { causes } = words;
  const cause =
    came >= done
      ? causes[isMore ? 'more-came' : 'fewer-came']
      : causes[isMore ? 'fewer-finished' : 'more-finished'];
  return fill(cause, { items: formatNumber(Math.max(came, done), lang) }, lang);
}

/** `310件（見込み 280〜420件）` */
export function wordBacklog({ predicted, actual }: CellOutcome, lang: Lang): string {
  const n = (value: number): string => formatNumber(Math.round(value), lang);
  const [low, high] = [n(predicted.low), n(predicted.high)];
  const range = low === high ? low : fill(say.range, { low, high }, lang);
  return fill(say.backlog, { actual: actual === null ? '–' : n(actual), range }, lang);
}
/** The verdict on one cell as a sentence without a full stop, with what the difference comes from. */
export function wordCellOutcome(cell: CellOutcome, lang: Lang): string {
  if (cell.why !== null) return words.why[cell.why][lang];
  const cause = wordCause(cell, lang);
  const verdict = words.verdicts[cell.verdict][lang];
  return cause ? fill(say.caused, { verdict, cause }, lang) : verdict;
}

/** Whether a deadline was met, and what the proposal had promised; null for a check that is not one. */
export function wordDeadline(cell: CellOutcome, lang: Lang): string | null {
  if (!cell.deadline || cell.why === 'undone') return null;
  const { met, lateItems, pWithout, pWith } = cell.deadline;
  if (met === null) return ofDeadline.unknown[lang];
  const chances = { without: formatPercent(pWithout, lang), withMoves: formatPercent(pWith, lang) };
  const promised = fill(ofDeadline.promised, chances, lang);
  const late = lateItems === 1 ? 1 : formatNumber(lateItems ?? 0, lang);
  return fill(met ? ofDeadline.met : ofDeadline.missed, { promised, late }, lang);
}

/** `開始30分後` or `納期`: what a check is. The moment itself is `check.at`. */
export const wordCheck = ({ kind, minutes }: OutcomeCheck, lang: Lang): string =>
  kind === 'deadline'
    ? say['at-deadline'][lang]
    : fill(say['minutes-in'], { n: formatNumber(minutes, lang) }, lang);

type OutcomeSummary = {
  readonly tone: 'plain' | 'ok' | 'watch' | 'danger';
  readonly text: string;
};
/** A whole outcome in one or two sentences: deadlines first, then the last backlogs, then when it is looked at next. */
export function wordOutcome(
  outcome: ProposalOutcome,
  { lang, zone, now }: { lang: Lang; zone: string; now: number },
): OutcomeSummary {
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
  if (harmed > 0) said.push(fill(ofTargets.harmed, { n: harmed }, lang));
  if (verdicts.length > 0) said.push(fill(say['as-expected'], { n: asPredicted, of: verdicts.length }, lang));
  if (said.length === 0) {
    const why =
      looked.flatMap(({ cells }) => cells.flatMap((cell) => cell.why ?? []))[0] ??
      (outcome.undone ? 'undone' : null);
    if (why) said.push(fill(say.stop, { text: words.why[why][lang] }, lang));
  }
  if (next && !outcome.undone)
    said.push(
      next.at <= now
        ? say['waits-for-data'][lang]
        : fill(say['next-check'], { time: formatTime(next.at, zone, lang) }, lang),
    );
  const tone =
    met < targets.length || harmed > 0
      ? 'danger'
      : worse > 0
        ? 'watch'
        : targets.length > 0 || asPredicted > 0
          ? 'ok'
          : 'plain';
  return { tone, text: said.join(lang === 'ja' ? '' : ' ') };
}

function wordTargets(met: number, of: number, lang: Lang): string {
  const missed = of - met;
  if (of === 1) return ofTargets[missed ? 'one-missed' : 'one-met'][lang];
  if (missed) return fill(ofTargets['some-missed'], { missed, of }, lang);
  return fill(ofTargets[of === 2 ? 'both-met' : 'all-met'], { of }, lang);
}

const shares = (rate: HitRate, lang: Lang): Record<string, string | number> => ({
  of: rate.of,
  hits: rate.hits,
  estimate: formatPercent(rate.estimate, lang),
  low: formatPercent(rate.low, lang),
  high: formatPercent(rate.high, lang),
});
/** `12件中9件（推定 71%、90%区間 51%〜89%）`; null while nothing was measured. */
export const wordRate = (rate: HitRate, lang: Lang): string | null =>
  rate.of === 0 ? null : fill(say.rate, shares(rate, lang), lang);

export const RATES = ['deadlines', 'predictions', 'sources'] as const;
export const wordRateName = (rate: (typeof RATES)[number], lang: Lang): string => words.rates[rate][lang];

/** How often what was promised for a site held so far, for the card of the next proposal; honest where nothing was measured. */
export const wordSiteRate = (location: string, rate: HitRate | undefined, lang: Lang): string =>
  rate && rate.of > 0
    ? fill(say['site-rate'], { location, ...shares(rate, lang) }, lang)
    : fill(say['site-unmeasured'], { location }, lang);
/** The same for moves against a soft rule; null where there is nothing to say yet. `rule`: its sentence. */
export const wordRuleRate = (rule: string, rate: HitRate, lang: Lang): string | null =>
  rate.of === 0 ? null : fill(say['rule-rate'], { rule, ...shares(rate, lang) }, lang);
