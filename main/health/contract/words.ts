/** What the health page and `toride health` say. Pure. */

import { formatBytes, formatDateTime, formatNumber } from '../../api/contract/format.ts';
import type { Lang, Words } from '../../kernel/words.ts';
import { fill } from '../../kernel/words.ts';
import type { Health } from './health.ts';
import words from './words.json' with { type: 'json' };

export const { stores: STORE_WORDS, queues: QUEUE_WORDS, page: HEALTH_WORDS } = words;
const TIMING_WORDS: Readonly<Record<string, Words>> = words.timings;

/** What a timed thing is called: a statement and a request by themselves. */
export const wordTiming = (name: string, lang: Lang): string => TIMING_WORDS[name]?.[lang] ?? name;

/** When the disk is full, or why that is not known. */
export function wordFull({ disk, at }: Health, lang: Lang, zone: string): string {
  if (disk.perDay === null) return words.says.tooSoon[lang];
  if (disk.fullAt === null) return words.says.noFull[lang];
  return fill(words.says.fullAt, { at: formatDateTime(disk.fullAt, zone, lang, at) }, lang);
}

/** Memory, disk and when it is full: what each is called, and what it is. */
export function wordNow(health: Health, lang: Lang, zone: string): [string, string][] {
  const amounts = (of: Readonly<Record<string, number>>): Record<string, string> =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, formatBytes(value, lang)]));
  const { process, free, total } = health.memory;
  const { disk } = health;
  return [
    [words.now.memory[lang], fill(words.says.memory, amounts({ process, free, total }), lang)],
    [words.now.disk[lang], fill(words.says.disk, amounts({ free: disk.free, total: disk.total }), lang)],
    [words.now.full[lang], wordFull(health, lang, zone)],
  ];
}

/** The whole of it as lines of text. */
export function wordHealth(health: Health, lang: Lang, zone: string): string[] {
  const bytes = (value: number): string => formatBytes(value, lang);
  const ms = (value: number): string => formatNumber(value, lang, value < 10 ? 1 : 0);
  const grown = (perDay: number | null): string =>
    perDay === null ? '' : `  ${fill(words.says.growth, { bytes: bytes(Math.max(0, perDay)) }, lang)}`;
  return [
    ...wordNow(health, lang, zone).map(([name, value]) => `${name}  ${value}`),
    ...health.stores.map((s) => `  ${words.stores[s.name][lang]}  ${bytes(s.bytes)}${grown(s.perDay)}`),
    ...health.queues.map(
      ({ name, length }) =>
        `  ${words.queues[name][lang]}  ${name === 'unreadBytes' ? bytes(length) : formatNumber(length, lang)}`,
    ),
    ...[...health.solver, ...health.models, ...health.slow].map(
      (t) =>
        `  ${fill(words.says.timing, { name: wordTiming(t.name, lang), count: t.count, median: ms(t.medianMs), worst: ms(t.worstMs) }, lang)}`,
    ),
  ];
}
