// What precedes a delay, in the same words wherever it is said.
import type { Lang } from '../../api/contract/common.ts';
import { formatNumber, formatPercent } from '../../api/contract/format.ts';
import type { Verdict, VerdictSide, Volume } from './timeline.ts';
import words from './words.json' with { type: 'json' };

/** 人員の不足とシステムの異常; a shortage of people and trouble in the system. Empty where no side is named. */
export function wordSides(sides: readonly VerdictSide[], lang: Lang): string {
  const names = sides.map((side) => words.trouble[side][lang]);
  if (lang === 'ja') return names.join(names.length > 2 ? '、' : 'と');
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** How much more came in than was to be expected: 予測より31%多くなっています（412件の予測に対し540件）. */
export function wordVolume({ arrived, expected, basis }: Volume, lang: Lang): string {
  const more = formatPercent(arrived / expected - 1, lang);
  const [came, due] = [formatNumber(arrived, lang), formatNumber(expected, lang)];
  if (lang === 'ja')
    return basis === 'forecast'
      ? `予測より${more}多くなっています（${due}件の予測に対し${came}件）`
      : `この曜日と時間帯のふだんより${more}多くなっています（ふだんの${due}件に対し${came}件）`;
  return basis === 'forecast'
    ? `${more} more than forecast (${came} items against ${due} items forecast)`
    : `${more} more than usual for this hour of the week (${came} items against the usual ${due} items)`;
}

/** What precedes a delay, in a clause with its figures; null while it cannot be told. */
export function wordPrecedes(
  { sides, volume }: Pick<Verdict, 'sides' | 'volume'>,
  lang: Lang,
): string | null {
  if (sides.length === 0) return null;
  const what = wordSides(sides, lang);
  const figures = volume && wordVolume(volume, lang);
  if (lang === 'ja')
    return figures ? `${what}が先に起きていて、件数は${figures}` : `${what}が先に起きています`;
  const verb = sides.length > 1 ? 'precede' : 'precedes';
  return `${what} ${verb} it${figures ? `: ${figures}` : ''}`;
}
