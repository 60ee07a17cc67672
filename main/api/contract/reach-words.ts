/** What the app may open, in words. Pure. */
import { fill, type Lang } from '../../kernel/words.ts';
import type { Reach } from './reach.ts';
import words from './reach-words.json' with { type: 'json' };

export const REACH_WORDS = words;

/** Whether anything left this computer, and how much was refused. */
export const wordOutbound = ({ outbound, refused }: Reach, lang: Lang): string => {
  const { none, some, refused: stopped } = words.page;
  const left = fill(outbound === 0 ? none : some, { n: outbound }, lang);
  return refused === 0 ? left : `${left} ${fill(stopped, { n: refused }, lang)}`;
};
export const wordFoot = (
  of: Readonly<Record<'version' | 'at', string> & { pid: number }>,
  lang: Lang,
): string => fill(words.page.foot, of, lang);
