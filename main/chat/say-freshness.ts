import type { Bilingual, Freshness, Lang } from '../api/contract/common.ts';
import { wordFailing, wordOwnTable, wordTable } from '../sync/contract/words.ts';
import type { Draft } from './draft.ts';
import { both } from './facts.ts';

/** After an answer that holds numbers of the company: how old they are, where they are older than they should be. */
export function sayFreshness(draft: Draft, freshness: Freshness): void {
  sayOldData(draft, freshness);
  sayFailing(draft, freshness);
}
/** The numbers that are older than the rest because a table could not be read. */
function sayFailing(draft: Draft, { failing }: Freshness): void {
  if (failing.length === 0) return;
  draft.paragraph();
  for (const one of failing) {
    const { table, source, readAt } = one;
    const named = draft.book.words(
      both(wordOwnTable({ table, source }, 'ja'), wordOwnTable({ table, source }, 'en')),
      both('更新できていない表', 'Table that could not be updated'),
    );
    const label = both(`${wordTable(table, 'ja')}の最後の更新`, `Last update of: ${wordTable(table, 'en')}`);
    const since = readAt === null ? '' : draft.book.instant(readAt, label, null);
    const words = (lang: Lang): string =>
      wordFailing(
        one,
        lang,
        () => since,
        () => named,
      );
    draft.say(words('ja'), words('en'));
  }
}
function sayOldData(draft: Draft, freshness: Freshness): void {
  const offline = freshness.source === 'mysql' && !freshness.online;
  if ((!freshness.stale && !offline) || freshness.dataAt === null) return;
  const at = draft.book.instant(freshness.dataAt, both('データの時刻', 'Time of the data'), null);
  const why: Bilingual = offline
    ? both(
        '会社データベースにつながらないため、最後に取り込んだ',
        'The company database cannot be reached, so these are',
      )
    : both('取り込みが遅れているため、', 'Syncing is behind, so these are');
  draft.paragraph();
  draft.say(`${why.ja}${at}時点の数字です。`, `${why.en} the numbers of ${at}.`);
}
