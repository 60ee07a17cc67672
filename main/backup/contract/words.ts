/** What a restore drill found, in words: the same on the settings page and on the command line. Pure. */

import { formatNumber } from '../../api/contract/format.ts';
import type { Lang } from '../../kernel/errors.ts';
import { fill } from '../../kernel/words.ts';
import { type Drill, isWhole } from './backup.ts';
import words from './words.json' with { type: 'json' };

/** A line for each check; the first says whether it can be restored. */
export function wordDrill(drill: Drill, lang: Lang): string[] {
  const amount = (detail: string | null): string =>
    detail !== null && /^\d+$/.test(detail) ? formatNumber(Number(detail), lang) : (detail ?? '0');
  return [
    words.drill[isWhole(drill) ? 'whole' : 'damaged'][lang],
    ...drill.checks.map(({ what, ok, detail }) =>
      ok
        ? `✓ ${fill(words.whole[what], { detail: amount(detail) }, lang)}`
        : `✗ ${words.names[what][lang]}: ${detail ?? '–'}`,
    ),
  ];
}
