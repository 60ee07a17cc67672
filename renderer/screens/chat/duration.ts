import type { Lang } from '../../../main/api/contract/common.ts';
import { formatNumber } from '../../../main/api/contract/format.ts';

/** A step's time: `85 ms` below a second, `1.4秒` / `1.4 s` above. */
export const formatDuration = (ms: number, lang: Lang): string =>
  ms < 1000
    ? `${formatNumber(ms, lang)} ms`
    : `${formatNumber(ms / 1000, lang, 1)}${lang === 'ja' ? '秒' : ' s'}`;
