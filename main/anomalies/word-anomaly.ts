import type { Bilingual } from '../api/contract/common.ts';
import { formatTemplate } from '../api/contract/format.ts';
import { HOUR, MINUTE } from './config.ts';
import type { Deviation } from './detect/learn-sequences.ts';
import { severityOf } from './detect/severity-of.ts';
import type { Finding, TemplateFact } from './types.ts';

type Unworded = Omit<Finding, 'words'>;
const LONGEST = 48;

/** A template as people read it, no longer than a line has room for. */
export function shortTemplate(text: string): string {
  const plain = formatTemplate(text);
  const characters = [...plain];
  return characters.length > LONGEST
    ? `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`
    : plain;
}
/** 12, 3.4, 0.05: as many digits as say something */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  const digits = size >= 20 || Number.isInteger(value) ? 0 : size >= 1 ? 1 : size >= 0.095 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
};
const percent = (share: number): string => `${figure(share * 100)}%`;
export function lengthOf(ms: number): Bilingual {
  const minutes = Math.round(ms / MINUTE);
  return minutes % 60 === 0 && ms >= HOUR
    ? { ja: `${minutes / 60}時間`, en: minutes === 60 ? 'an hour' : `${minutes / 60} hours` }
    : { ja: `${minutes}分`, en: minutes === 1 ? 'a minute' : `${minutes} minutes` };
}

const KIND = {
  error: { ja: 'エラー', en: 'error' },
  warn: { ja: '警告', en: 'warning' },
  info: { ja: 'ログ', en: 'message' },
} as const;
/** what it is about: 「db-main のエラー『…』」 */
export function subject(service: string | null, fact: TemplateFact | null): Bilingual {
  if (!fact)
    return service === null
      ? { ja: 'ログ全体', en: 'the whole log' }
      : { ja: `${service} のログ`, en: `the log of ${service}` };
  const kind = KIND[severityOf(fact)];
  const text = shortTemplate(fact.text);
  return {
    ja: `${service === null ? '' : `${service} の`}${kind.ja}「${text}」`,
    en: `${kind.en} “${text}”${service === null ? '' : ` of ${service}`}`,
  };
}
const still = (learning: boolean): Bilingual =>
  learning ? { ja: '(学習中)', en: ' (still learning)' } : { ja: '', en: '' };
const inLines = (lines: number): Bilingual => ({
  ja: `${figure(lines)}行`,
  en: lines === 1 ? '1 line' : `${figure(lines)} lines`,
});

export function wordNewTemplate(f: Unworded, fact: TemplateFact): Bilingual {
  const about = subject(f.service, fact);
  const lines = inLines(f.observed);
  const length = lengthOf(f.windowMs);
  const far = f.score !== null && f.score >= 0.5;
  const note = still(f.learning);
  return {
    ja: `${about.ja}が初めて出ました(${length.ja}で${lines.ja})。${far ? 'これまでのどの定型文とも似ていません。' : ''}${note.ja}`,
    en: `Never seen before: ${about.en}, ${lines.en} in ${length.en}.${far ? ' It resembles nothing seen so far.' : ''}${note.en}`,
  };
}
/** How far out in words: managers read "hardly ever", experts find the standard deviations beside it (`score`). */
function rarity(score: number | null): Bilingual {
  const z = Math.abs(score ?? 0);
  if (z >= 5)
    return { ja: 'ふだんの揺れではまず起きません。', en: 'The usual ups and downs hardly ever do that.' };
  if (z >= 3)
    return { ja: 'ふだんの揺れではめったに起きません。', en: 'The usual ups and downs seldom do that.' };
  return { ja: 'ふだんの揺れをやや超えています。', en: 'That is somewhat beyond the usual ups and downs.' };
}
/** 「ふだんは12行、その3.4倍」 */
function againstUsual(f: Unworded): Bilingual {
  const usual = f.expected ?? 0;
  const times = f.observed / usual;
  const told = figure(usual);
  return usual >= 1 && times >= 1.5
    ? {
        ja: `ふだんは${told}行、その${figure(times)}倍`,
        en: `usually ${told}, ${figure(times)} times as many`,
      }
    : { ja: `ふだんは${told}行`, en: `usually ${told}` };
}
export function wordSpike(f: Unworded, fact: TemplateFact): Bilingual {
  const about = subject(f.service, fact);
  const length = lengthOf(f.windowMs);
  const [usual, rare] = [againstUsual(f), rarity(f.score)];
  const note = still(f.learning);
  return {
    ja: `${about.ja}が急に増えました。${length.ja}で${figure(f.observed)}行(${usual.ja})。${rare.ja}${note.ja}`,
    en: `${capital(about.en)} suddenly rose: ${inLines(f.observed).en} in ${length.en} (${usual.en}). ${rare.en}${note.en}`,
  };
}
/** `observed`: minutes of the window with lines of it */
export function wordDrip(f: Unworded, fact: TemplateFact): Bilingual {
  const about = subject(f.service, fact);
  const length = lengthOf(f.windowMs);
  const note = still(f.learning);
  return {
    ja: `${about.ja}が繰り返し出ています。${length.ja}のうち${figure(f.observed)}回の時点で記録されました(ふだんは${figure(f.expected ?? 0)}回)。${note.ja}`,
    en: `${capital(about.en)} keeps coming back: in ${figure(f.observed)} of the last ${length.en} (usually ${figure(f.expected ?? 0)}).${note.en}`,
  };
}
const BASIS = {
  week: { ja: '同じ曜日・同じ時刻', en: 'the same hour of the week' },
  day: { ja: '同じ時刻', en: 'the same hour of other days' },
  hours: { ja: '直前の数時間', en: 'the hours before' },
} as const;
export function wordRate(f: Unworded, fact: TemplateFact | null, basis: keyof typeof BASIS): Bilingual {
  const about = subject(f.service, fact);
  const rises = (f.score ?? 0) > 0;
  const [usual, rare] = [againstUsual(f), rarity(f.score)];
  const note = still(f.learning);
  return {
    ja: `${about.ja}が${BASIS[basis].ja}のふだんより${rises ? '多く' : '少なく'}なっています。1時間に${figure(f.observed)}行(${usual.ja})。${rare.ja}${note.ja}`,
    en: `${capital(about.en)} is ${rises ? 'above' : 'below'} what ${BASIS[basis].en} usually has: ${inLines(f.observed).en} in an hour (${usual.en}). ${rare.en}${note.en}`,
  };
}
/** `gap`: usual minutes from line to line */
export function wordMissing(f: Unworded, fact: TemplateFact | null, gap: number): Bilingual {
  const about = subject(f.service, fact);
  const length = lengthOf(f.windowMs);
  const note = still(f.learning);
  const usual =
    gap >= 1
      ? {
          ja: `ふだんは${figure(gap)}分ごと`,
          en: `usually every ${gap <= 1 ? 'minute' : `${figure(gap)} minutes`}`,
        }
      : { ja: `ふだんは1分に${figure(1 / gap)}行`, en: `usually ${figure(1 / gap)} lines a minute` };
  return {
    ja: `${about.ja}が${length.ja}出ていません(${usual.ja})。${note.ja}`,
    en: `Nothing from ${about.en} for ${length.en} (${usual.en}).${note.en}`,
  };
}
const timeOf = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
/** `earliest`, `latest`: minutes of the day at which it came on days like this */
export function wordJob(
  f: Unworded,
  fact: TemplateFact,
  o: { readonly earliest: number; readonly latest: number },
): Bilingual {
  const about = subject(f.service, fact);
  const note = still(f.learning);
  const [from, to] = [timeOf(o.earliest), timeOf(o.latest)];
  const [ja, en] = from === to ? [from, `at ${from}`] : [`${from}〜${to}`, `between ${from} and ${to}`];
  return {
    ja: `いつも${ja}に出る${about.ja}が、まだ出ていません(同じような日${figure(f.baselineDays)}日では毎回出ていました)。${note.ja}`,
    en: `${capital(about.en)}, which always comes ${en}, has not come yet (it did on all ${figure(f.baselineDays)} days like this).${note.en}`,
  };
}
export function wordSilentSource(f: Unworded, name: string): Bilingual {
  const length = lengthOf(f.windowMs);
  const note = still(f.learning);
  return {
    ja: `取り込み元「${name}」のログが${length.ja}、1行も来ていません(${BASIS.day.ja}のふだんは${figure(f.expected ?? 0)}行)。${note.ja}`,
    en: `Not a single line from the source “${name}” for ${length.en} (${BASIS.day.en} usually has ${figure(f.expected ?? 0)}).${note.en}`,
  };
}
export function wordComponent(f: Unworded, lines: number): Bilingual {
  const note = still(f.learning);
  const was = f.expected ?? 0;
  return {
    ja: `${f.service} のログが全体の${percent(f.observed)}(1時間に${figure(lines)}行)を占めています。${was === 0 ? 'これまでは出ていませんでした。' : `これまでは${percent(was)}でした。`}${note.ja}`,
    en: `${f.service} makes up ${percent(f.observed)} of all lines (${inLines(lines).en} in an hour); ${was === 0 ? 'it was absent before' : `before it was ${percent(was)}`}.${note.en}`,
  };
}
const withUnit = (value: number, unit: string | null): Bilingual =>
  unit === 'ms' && Math.abs(value) >= 10_000
    ? { ja: `${figure(value / 1000)}秒`, en: `${figure(value / 1000)} s` }
    : { ja: `${figure(value)}${unit ?? ''}`, en: `${figure(value)}${unit ? ` ${unit}` : ''}` };
export function wordValue(
  f: Unworded,
  o: { fact: TemplateFact; numbers: { p01: number; p99: number; unit: string | null }; share: number },
): Bilingual {
  const about = subject(f.service, o.fact);
  const [low, high] = [withUnit(o.numbers.p01, o.numbers.unit), withUnit(o.numbers.p99, o.numbers.unit)];
  const seen = withUnit(f.observed, o.numbers.unit);
  const length = lengthOf(f.windowMs);
  const note = still(f.learning);
  return {
    ja: `${about.ja}の値が、いつもの範囲(${low.ja}〜${high.ja})を外れています。${length.ja}の値の${percent(o.share)}が範囲外で、その中央値は${seen.ja}です。${note.ja}`,
    en: `Values of ${about.en} are out of their usual range (${low.en} to ${high.en}): ${percent(o.share)} of those in ${length.en}, half of them beyond ${seen.en}.${note.en}`,
  };
}
/** never, once, twice, 3 times */
const timesOf = (n: number): string => ['never', 'once', 'twice'][n] ?? `${n} times`;
/** What most of the sessions did otherwise; `after`: what the template came before, of an order. */
function howOtherwise(d: Deviation, text: string, after: TemplateFact | null): Bilingual {
  if (d.kind === 'rare')
    return { ja: `ふだん出ない「${text}」が出ています`, en: `“${text}” came, which hardly ever does` };
  if (d.kind === 'order') {
    const other = shortTemplate(after?.text ?? '');
    return {
      ja: `「${text}」が、ふだんは先に出る「${other}」より先に出ています`,
      en: `“${text}” came before “${other}”, usually after it`,
    };
  }
  if (d.observed === 0)
    return {
      ja: `ふだん${d.usual}回出る「${text}」が、1回も出ないまま終わっています`,
      en: `they ended without “${text}”, which usually comes ${timesOf(d.usual)}`,
    };
  return {
    ja: `「${text}」が、ふだんの${d.usual}回${d.observed < d.usual ? 'に足りず' : 'を超えて'}${d.observed}回出ています`,
    en: `“${text}” came ${timesOf(d.observed)}, usually ${timesOf(d.usual)}`,
  };
}
export function wordSequence(
  f: Unworded,
  o: { fact: TemplateFact; after: TemplateFact | null; first: Deviation; judged: number },
): Bilingual {
  const how = howOtherwise(o.first, shortTemplate(o.fact.text), o.after);
  const length = lengthOf(f.windowMs);
  const usual = f.expected ?? 0;
  const note = still(f.learning);
  return {
    ja: `同じ番号を持つ行を一つの処理として追うと、${length.ja}の間に終わった${figure(o.judged)}件のうち${figure(f.observed)}件の流れがいつもと違います(ふだんは${usual < 1 ? '1件未満' : `${figure(usual)}件ほど`})。多いのは次の違いです: ${how.ja}。${note.ja}`,
    en: `Lines with the same id are one run: of ${figure(o.judged)} that ended in ${length.en}, ${figure(f.observed)} went another way than usual (usually ${usual < 1 ? 'fewer than one' : `about ${figure(usual)}`}). Mostly: ${how.en}.${note.en}`,
  };
}
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
