/** The company's tables in words, the same on screen, in the chat, in alerts and on the command line. Pure. */

import type { FailingTable, NumberKind } from '../../api/contract/common.ts';
import { formatMoment } from '../../api/contract/format.ts';
import type { ErrorParams } from '../../kernel/errors.ts';
import { fill, type Lang, type Words } from '../../kernel/words.ts';
import words from './words.json' with { type: 'json' };

const TABLES: Readonly<Record<string, Words>> = words.tables;
/** A company table as people call it; one we have no word for keeps its own name. */
export const wordTable = (table: string, lang: Lang): string => TABLES[table]?.[lang] ?? table;

const NUMBERS: Readonly<Record<NumberKind, Words>> = words.numbers;
/** `人数・間に合う確率` / `headcounts and chances of being on time` */
export function wordNumbers(kinds: readonly NumberKind[], lang: Lang): string {
  const names = kinds.map((kind) => NUMBERS[kind][lang]);
  if (lang === 'ja') return names.join('・');
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** `出欠 (attendance_records)` */
export const wordOwnTable = ({ table, source }: Pick<FailingTable, 'table' | 'source'>, lang: Lang): string =>
  `${wordTable(table, lang)} (${source})`;

/** Which table is behind since when, and what is old because of it. `moment` writes the instant, `own` the table. */
export function wordFailing(
  failing: FailingTable,
  lang: Lang,
  moment: (at: number) => string,
  own: typeof wordOwnTable = wordOwnTable,
): string {
  const { chances, never, since } = words.failing;
  const params = {
    name: own(failing, lang),
    chances: failing.numbers.includes('on-time') ? chances : '',
    numbers: wordNumbers(
      failing.numbers.filter((kind) => kind !== 'on-time'),
      lang,
    ),
  };
  return failing.readAt === null
    ? fill(never, params, lang)
    : fill(since, { ...params, since: moment(failing.readAt) }, lang);
}
export const wordAllFailing = (failing: readonly FailingTable[], lang: Lang, at: At): string =>
  failing
    .map((one) => wordFailing(one, lang, (then) => formatMoment(then, at.zone, lang, at.now)))
    .join(lang === 'ja' ? '' : ' ');
type At = { readonly zone: string; readonly now: number };
/** Params of `sync.tables-failed`. */
export const failingParams = (failing: readonly FailingTable[], at: At): ErrorParams => ({
  'tables.ja': wordAllFailing(failing, 'ja', at),
  'tables.en': wordAllFailing(failing, 'en', at),
});
