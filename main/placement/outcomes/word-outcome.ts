import type { Notification } from '../../alerts/contract/alerts.ts';
import type { Bilingual } from '../../api/contract/common.ts';
import {
  formatCell,
  formatDateTime,
  formatNumber,
  formatPercent,
  formatTime,
} from '../../api/contract/format.ts';
import { dateIn } from '../../kernel/clock.ts';
import type { Lang } from '../../kernel/errors.ts';
import type { CellOutcome } from '../contract/placement.ts';

type Notice = Omit<Notification, 'id' | 'at' | 'readAt'>;
/** Below it a deadline was expected to be missed. */
const LIKELY = 0.5;
const both = (word: (lang: Lang) => string): Bilingual => ({ ja: word('ja'), en: word('en') });

/**
 * What people are told of a measured check: a deadline met that would probably have been missed, and every deadline missed in
 * spite of the plan or because of it. What went as everybody expected is in the history only.
 */
export function outcomeNotices(
  proposalId: string,
  check: { readonly at: number; readonly cells: readonly CellOutcome[] },
  { now, zone }: { now: number; zone: string },
): Notice[] {
  const time = (lang: Lang): string =>
    dateIn(check.at, zone) === dateIn(now, zone)
      ? formatTime(check.at, zone, lang)
      : formatDateTime(check.at, zone, lang);
  return check.cells.flatMap((cell): Notice[] => {
    const { deadline, role, why } = cell;
    if (!deadline || deadline.met === null || why !== null) return [];
    const base = { kind: 'outcome' as const, subject: proposalId };
    const place = formatCell(cell.cell);
    if (deadline.met) {
      if (role === 'source' || deadline.pWithout >= LIKELY) return [];
      return [
        {
          ...base,
          severity: 'info',
          title: both((lang) =>
            lang === 'ja'
              ? `${place} は納期 ${time(lang)} に間に合いました`
              : `${place} met its ${time(lang)} deadline`,
          ),
          text: both((lang) => metText(deadline, lang)),
        },
      ];
    }
    return [
      {
        ...base,
        severity: 'watch',
        title: both((lang) =>
          lang === 'ja'
            ? `${place} は納期 ${time(lang)} に間に合いませんでした`
            : `${place} missed its ${time(lang)} deadline`,
        ),
        text: both((lang) => missedText(cell, deadline, lang)),
      },
    ];
  });
}

type Deadline = NonNullable<CellOutcome['deadline']>;
const metText = ({ pWithout, pWith }: Deadline, lang: Lang): string => {
  const [without, withIt] = [formatPercent(pWithout, lang), formatPercent(pWith, lang)];
  return lang === 'ja'
    ? `承認した配置変更が効きました。間に合う見込みは、動かさなければ${without}、動かせば${withIt}でした。`
    : `The approved moves helped: it was ${without} likely to be on time without them, ${withIt} with them.`;
};

function missedText({ role }: CellOutcome, { pWithout, pWith, lateItems }: Deadline, lang: Lang): string {
  const [without, withIt] = [formatPercent(pWithout, lang), formatPercent(pWith, lang)];
  const late = formatNumber(lateItems ?? 0, lang);
  const items = lateItems === 1 ? 'item was' : 'items were';
  if (role === 'source')
    return lang === 'ja'
      ? `応援を出した工程で${late}件が残りました。間に合う見込みは、応援を出さなければ${without}、出しても${withIt}でした。`
      : `${late} ${items} left where people had been sent from. It was ${without} likely to be on time before they left, ${withIt} after.`;
  return lang === 'ja'
    ? `配置変更を承認しましたが、${late}件が残りました。間に合う見込みは、動かさなければ${without}、動かせば${withIt}でした。`
    : `${late} ${items} left in spite of the approved moves. It was ${without} likely to be on time without them, ${withIt} with them.`;
}
