/** What the bytes of a source are, in words: the same on the screen and on the command line. Pure. */

import { formatNumber } from '../../api/contract/format.ts';
import { fill, type Lang } from '../../kernel/words.ts';
import type { OriginalTold } from './original.ts';
import words from './words.json' with { type: 'json' };

export function wordOriginal({ from, isSame, missing }: OriginalTold, lang: Lang): string {
  const kind = from === 'file' ? 'file' : isSame === null ? 'unchecked' : isSame ? 'same' : 'differs';
  const said = fill(words[kind], {}, lang);
  return missing === 0 ? said : `${said} ${fill(words.missing, { n: formatNumber(missing, lang) }, lang)}`;
}
