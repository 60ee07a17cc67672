import type { Lang } from '../../api/contract/common.ts';
import type { Place } from './knowledge.ts';

/** 3ページ, 「対処」シート 5〜9行目: as it is said after the name of the file. */
export function wordPlace(place: Place, lang: Lang): string {
  if (place.kind === 'heading') return lang === 'ja' ? `「${place.heading}」` : `“${place.heading}”`;
  const { first, last } = place;
  const isOne = first === last;
  const span = isOne ? `${first}` : lang === 'ja' ? `${first}〜${last}` : `${first}–${last}`;
  switch (place.kind) {
    case 'page':
      return lang === 'ja' ? `${span}ページ` : `${isOne ? 'page' : 'pages'} ${span}`;
    case 'slide':
      return lang === 'ja' ? `スライド${span}` : `${isOne ? 'slide' : 'slides'} ${span}`;
    case 'sheet':
      return lang === 'ja'
        ? `「${place.sheet}」シート ${span}行目`
        : `sheet “${place.sheet}”, ${isOne ? 'row' : 'rows'} ${span}`;
  }
}

/** 手順書.pdf 3ページ: a document with the place in it, as citations name it. */
export const wordSource = (title: string, place: Place | null | undefined, lang: Lang): string =>
  place ? `${title} ${wordPlace(place, lang)}` : title;
