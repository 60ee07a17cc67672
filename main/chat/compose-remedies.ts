import type { Recommendation } from '../anomalies/contract/anomalies.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatPercent } from '../api/contract/format.ts';
import { clip } from './clip.ts';
import type { Draft } from './draft.ts';
import { both } from './facts.ts';
import type { LogInquiry } from './types.ts';

const LISTED = 3;

/** k of n, how sure that makes it, and when it was used last: a remedy tried once must not look proven. */
function recordOf({ book }: Draft, remedy: Recommendation): Bilingual {
  const tried = book.count(
    remedy.tried,
    'tries',
    both('対処を試した回数', 'Times the remedy was tried'),
    null,
  );
  const worked = book.add({
    value: remedy.worked,
    unit: 'count',
    label: both('対処が効いた回数', 'Times the remedy worked'),
    text: both(`${remedy.worked}回`, `${remedy.worked}`),
    table: null,
  });
  const label = both(
    '効く割合の見込み（90%の確からしさ）',
    'Share in which it is likely to work (90 % sure)',
  );
  const range = book.words(
    both(
      `${formatPercent(remedy.low, 'ja')}〜${formatPercent(remedy.high, 'ja')}`,
      `${formatPercent(remedy.low, 'en')}–${formatPercent(remedy.high, 'en')}`,
    ),
    label,
  );
  const last =
    remedy.lastUsedAt === null
      ? null
      : book.instant(
          remedy.lastUsedAt,
          both('対処を最後に使った時刻', 'When the remedy was used last'),
          null,
        );
  return both(
    `${tried}中${worked}効きました（効く割合の見込みは${range}${last ? `、最後に使ったのは${last}` : ''}）`,
    `worked ${worked} of ${tried} (likely to work in ${range} of cases${last ? `, last used ${last}` : ''})`,
  );
}

/** Similar incidents and what helped in them. */
export function sayRemedies(draft: Draft, logs: LogInquiry): void {
  const { book, lang } = draft;
  const found = logs.incidents.find(
    ({ recommendations, similar }) => recommendations.length + similar.length > 0,
  );
  if (!found) return;
  draft.paragraph();
  const past = found.similar[0]?.incident;
  if (past) {
    const title = book.name(clip(past.title[lang]), both('似た障害', 'Similar incident'));
    const at = book.instant(past.from, both('似た障害の始まり', 'Start of the similar incident'), null);
    draft.say(
      `似た障害『${title}』が${at}にもありました。`,
      `A similar incident, “${title}”, began at ${at}.`,
    );
  }
  for (const remedy of found.recommendations.slice(0, LISTED)) {
    const name = book.name(clip(remedy.title), both('対処', 'Remedy'));
    if (remedy.tried === 0) {
      draft.entry(`対処『${name}』：まだ試されていません`, `Remedy “${name}”: not tried yet`);
      continue;
    }
    const record = recordOf(draft, remedy);
    draft.entry(`対処『${name}』：${record.ja}`, `Remedy “${name}”: ${record.en}`);
  }
  if (found.recommendations.length > 0) draft.paragraph();
}

/** The remedy to try before any other in one of these incidents, where one is known to have worked. */
export function sayWhatHelped(draft: Draft, logs: LogInquiry, incidentIds: readonly string[]): void {
  const remedy = logs.incidents
    .filter(({ incident }) => incidentIds.includes(incident.id))
    .flatMap(({ recommendations }) => recommendations)
    .filter(({ worked }) => worked > 0)
    .sort((a, b) => b.score - a.score)[0];
  if (!remedy) return;
  const name = draft.book.name(clip(remedy.title), both('対処', 'Remedy'));
  const record = recordOf(draft, remedy);
  draft.say(
    `似た障害では、対処『${name}』が${record.ja}。`,
    `In incidents like it, the remedy “${name}” ${record.en}.`,
  );
}
