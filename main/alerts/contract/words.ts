import type { PlanUnderWay } from '../../api/contract/common.ts';
import { formatNumber, formatPercent } from '../../api/contract/format.ts';
import { fill, type Lang, type Params, type Words } from '../../kernel/words.ts';
import type { Alert, AlertAnswer, AlertKind, AlertMute, Backtest } from './alerts.ts';
import words from './words.json' with { type: 'json' };

const say = (key: keyof typeof words.sentences, lang: Lang, params: Params = {}): string =>
  fill(words.sentences[key], params, lang);
/** What an alert of a kind is about. */
export const ALERT_KINDS: Readonly<Record<AlertKind, Words>> = words.kinds;

const clockText = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
/** 札幌 SS エントリ1: 遅延のおそれ（22:00〜6:00） */
export function wordMute(mute: AlertMute, businessName: (id: string) => string, lang: Lang): string {
  const { location, businessId, process, kind, from, to } = mute;
  const place = [location, businessId === undefined ? undefined : businessName(businessId), process]
    .filter((part) => part !== undefined)
    .join(' ');
  const where = place || say('every-place', lang);
  const what = kind === undefined ? say('every-kind', lang) : ALERT_KINDS[kind][lang];
  return from === undefined || to === undefined
    ? say('mute', lang, { where, what })
    : say('mute-hours', lang, { where, what, from: clockText(from), to: clockText(to) });
}

/** What a setting would have done in the past, in a sentence or two. */
export function wordBacktest(result: Backtest, days: number, lang: Lang): string {
  const { fired, late, unknown, pending, unseen, looks } = result;
  if (looks === 0) return say('no-records', lang);
  const n = (value: number): string => formatNumber(value, lang);
  const asides = [
    ...(unknown > 0 ? [say('unknown', lang, { n: n(unknown) })] : []),
    ...(pending > 0 ? [say('pending', lang, { n: n(pending) })] : []),
  ].join(lang === 'ja' ? '、' : ', ');
  const past = days === 7 ? say('last-week', lang) : say('last-days', lang, { n: n(days) });
  const told = { past, fired: n(fired), n: fired, late: n(late) };
  return [
    fired === 0
      ? say('never-rung', lang, { past })
      : say('rung', lang, { ...told, asides: asides && say('asides', lang, { some: asides }) }),
    unseen > 0 ? say('unseen', lang, { shown: n(unseen), n: unseen }) : say('none-unseen', lang),
  ].join(lang === 'ja' ? '' : ' ');
}

/** What another level would have rung on the same days, beside what the one that is set rang; null: none is better. */
export function wordProposedLevel({ proposed, ...now }: Backtest, lang: Lang): string | null {
  if (!proposed) return null;
  const n = (value: number): string => formatNumber(value, lang);
  return say('proposed-level', lang, {
    level: formatPercent(proposed.watchAt, lang),
    right: n(proposed.late),
    fired: n(proposed.fired),
    unseen: n(proposed.unseen),
    rightNow: n(now.late),
    firedNow: n(now.fired),
    unseenNow: n(now.unseen),
  });
}

/** What the worked-out answer of an alert does, or why there is none; null while it is being worked out. */
export function wordAnswer(answer: AlertAnswer, lang: Lang): string | null {
  if (answer.kind === 'solving') return null;
  if (answer.kind === 'no-move') return words.noMove[answer.why][lang];
  const { people, before, after } = answer;
  const moved = { n: people, shown: formatNumber(people, lang) };
  return before === null || after === null
    ? say('plan', lang, moved)
    : say('plan-gain', lang, {
        ...moved,
        from: formatPercent(before, lang),
        to: formatPercent(after, lang),
      });
}

/** From this chance on a step after a delay is named with it. */
const NAMED_FROM = 0.5;
/** The other steps and deadlines that probably become late with a delay: エントリ2 16:30、補正 17:00; null without any. */
export function wordLateAfter(
  { deadlines }: Pick<Alert, 'deadlines'>,
  { lang, time }: { readonly lang: Lang; readonly time: (at: number) => string },
): string | null {
  const first = deadlines[0]?.deadline ?? 0;
  const late = deadlines.slice(1).filter(({ pMiss }) => pMiss >= NAMED_FROM);
  const steps = late.map((one) => `${one.cell.process} ${time(one.deadline)}`);
  return steps.length === 0
    ? null
    : say(late.every(({ deadline }) => deadline >= first) ? 'late-after' : 'late-beside', lang, {
        steps: steps.join(lang === 'ja' ? '、' : ', '),
      });
}

/** The state of what is handled but not over, in two words. */
export const UNDER_WAY: Words = words.sentences['under-way'];
/** 対策済み・確認中（SGT20261121-1a2b3c4d、次の確認 15:30） */
export const wordUnderWay = (
  { proposalId, nextCheckAt }: PlanUnderWay,
  { lang, time }: { readonly lang: Lang; readonly time: (at: number) => string },
): string => say('under-way-plan', lang, { id: proposalId, time: time(nextCheckAt) });
