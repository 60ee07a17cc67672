import type { Bilingual } from '../api/contract/common.ts';
import { formatTemplate } from '../api/contract/format.ts';
import { type Params, wordsOf } from '../kernel/words.ts';
import { DAY, HOUR, MINUTE } from './config.ts';
import type { Drifting } from './detect/learn-drift.ts';
import type { Deviation } from './detect/learn-sequences.ts';
import { severityOf } from './detect/severity-of.ts';
import type { Finding, TemplateFact } from './types.ts';
import words from './words.json' with { type: 'json' };

const say = wordsOf(words.anomalies);
type Unworded = Omit<Finding, 'words'>;
const LONGEST = 48;
/** What ends later than this is not foretold. */
const FORESEEN_MS = 14 * DAY;

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
  if (minutes % 60 !== 0 || ms < HOUR) return minutes === 1 ? say('minute') : say('minutes', { n: minutes });
  return minutes === 60 ? say('hour') : say('hours', { n: minutes / 60 });
}

/** what it is about: 「db-main のエラー『…』」 */
export function subject(service: string | null, fact: TemplateFact | null): Bilingual {
  if (!fact) return service === null ? say('whole-log') : say('log-of', { service });
  const template = { kind: words.logs[severityOf(fact)], text: shortTemplate(fact.text) };
  return service === null ? say('template', template) : say('template-of', { ...template, service });
}
export const sourceLog = (): Bilingual => say('source');
/** The same as a sentence begins. */
export const begun = ({ ja, en }: Bilingual): Bilingual => ({
  ja,
  en: en.charAt(0).toUpperCase() + en.slice(1),
});
const lines = (n: number): Bilingual => say('lines', { n, shown: figure(n) });
/** What most sentences say of a finding. */
const common = (f: Unworded): Params => ({
  length: lengthOf(f.windowMs),
  note: f.learning ? say('learning') : '',
});

export const wordNewTemplate = (f: Unworded, fact: TemplateFact): Bilingual =>
  say('new-template', {
    ...common(f),
    about: subject(f.service, fact),
    lines: lines(f.observed),
    unlike: f.score !== null && f.score >= 0.5 ? say('unlike-all') : '',
  });
/** How far out in words: managers read "hardly ever", experts find the standard deviations beside it (`score`). */
function rarity(score: number | null): Bilingual {
  const z = Math.abs(score ?? 0);
  return say(z >= 5 ? 'hardly-ever' : z >= 3 ? 'seldom' : 'somewhat');
}
/** 「ふだんは12行、その3.4倍」 */
function againstUsual(f: Unworded): Bilingual {
  const expected = f.expected ?? 0;
  const times = f.observed / expected;
  const usual = figure(expected);
  return expected >= 1 && times >= 1.5
    ? say('usual-times', { usual, times: figure(times) })
    : say('usual', { usual });
}
const against = (f: Unworded): Params => ({
  lines: lines(f.observed),
  usual: againstUsual(f),
  rare: rarity(f.score),
});
export const wordSpike = (f: Unworded, fact: TemplateFact): Bilingual =>
  say('spike', { ...common(f), ...against(f), about: begun(subject(f.service, fact)) });
/** `observed`: minutes of the window with lines of it */
export const wordDrip = (f: Unworded, fact: TemplateFact): Bilingual =>
  say('drip', {
    ...common(f),
    about: begun(subject(f.service, fact)),
    n: figure(f.observed),
    usual: figure(f.expected ?? 0),
  });
export const wordRate = (
  f: Unworded,
  fact: TemplateFact | null,
  basis: keyof typeof words.basis,
): Bilingual =>
  say((f.score ?? 0) > 0 ? 'rate-above' : 'rate-below', {
    ...common(f),
    ...against(f),
    about: begun(subject(f.service, fact)),
    basis: words.basis[basis],
  });
/** `gap`: usual minutes from line to line */
export function wordMissing(f: Unworded, fact: TemplateFact | null, gap: number): Bilingual {
  const every = gap <= 1 ? say('every-minute') : say('every-minutes', { gap: figure(gap) });
  const usual = gap >= 1 ? every : say('a-minute', { n: figure(1 / gap) });
  return say('missing', { ...common(f), about: subject(f.service, fact), usual });
}
const timeOf = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
/** `earliest`, `latest`: minutes of the day at which it came on days like this */
export function wordJob(
  f: Unworded,
  fact: TemplateFact,
  o: { readonly earliest: number; readonly latest: number },
): Bilingual {
  const [from, to] = [timeOf(o.earliest), timeOf(o.latest)];
  return say('job', {
    ...common(f),
    // in the middle of the Japanese sentence, at the beginning of the English one
    about: begun(subject(f.service, fact)),
    when: from === to ? say('at', { from }) : say('between', { from, to }),
    days: figure(f.baselineDays),
  });
}
export const wordSilentSource = (f: Unworded, name: string): Bilingual =>
  say('silent-source', { ...common(f), name, basis: words.basis.day, usual: figure(f.expected ?? 0) });
export function wordComponent(f: Unworded, inHour: number): Bilingual {
  const was = f.expected ?? 0;
  const said = { ...common(f), service: String(f.service), share: percent(f.observed), lines: lines(inHour) };
  return was === 0 ? say('component-new', said) : say('component', { ...said, was: percent(was) });
}
const withUnit = (value: number, unit: string | null): Bilingual => {
  if (unit === 'ms' && Math.abs(value) >= 10_000) return say('seconds', { n: figure(value / 1000) });
  const n = figure(value);
  return unit ? say('with-unit', { n, unit }) : { ja: n, en: n };
};
export const wordValue = (
  f: Unworded,
  o: { fact: TemplateFact; numbers: { p01: number; p99: number; unit: string | null }; share: number },
): Bilingual =>
  say('value', {
    ...common(f),
    about: subject(f.service, o.fact),
    low: withUnit(o.numbers.p01, o.numbers.unit),
    high: withUnit(o.numbers.p99, o.numbers.unit),
    share: percent(o.share),
    seen: withUnit(f.observed, o.numbers.unit),
  });
/** `reached`: the end of what it can be, and when it is there at this pace */
export function wordDrift(
  f: Unworded,
  o: {
    readonly fact: TemplateFact;
    readonly drifting: Drifting;
    readonly unit: string | null;
    readonly reached: { readonly end: number; readonly inMs: number } | null;
  },
): Bilingual {
  const { now, change, low, high } = o.drifting;
  const usual = change > 0 ? Math.max(0, high) : Math.min(0, low);
  const { end, inMs } = o.reached ?? { end: 0, inMs: Number.POSITIVE_INFINITY };
  const inTime =
    inMs < 2 * DAY
      ? lengthOf(Math.max(1, Math.round(inMs / HOUR)) * HOUR)
      : say('days', { n: figure(Math.round(inMs / DAY)) });
  return say(change > 0 ? 'value-rises' : 'value-falls', {
    ...common(f),
    about: begun(subject(f.service, o.fact)),
    before: withUnit(now - change, o.unit),
    now: withUnit(now, o.unit),
    usual: withUnit(Math.abs(usual), o.unit),
    reached: inMs < FORESEEN_MS ? say('reached', { end: withUnit(end, o.unit), time: inTime }) : '',
  });
}
/** never, once, twice, 3 times */
const times = (n: number): Bilingual => ({
  ja: `${n}回`,
  en: ['never', 'once', 'twice'][n] ?? `${n} times`,
});
/** What most of the sessions did otherwise; `after`: what the template came before, of an order. */
function howOtherwise(d: Deviation, text: string, after: TemplateFact | null): Bilingual {
  if (d.kind === 'rare') return say('session-rare', { text });
  if (d.kind === 'order') return say('session-order', { text, other: shortTemplate(after?.text ?? '') });
  if (d.observed === 0) return say('session-never', { text, times: times(d.usual) });
  return say(d.observed < d.usual ? 'session-fewer' : 'session-more', {
    text,
    times: times(d.observed),
    often: times(d.usual),
  });
}
export function wordSequence(
  f: Unworded,
  o: { fact: TemplateFact; after: TemplateFact | null; first: Deviation; judged: number },
): Bilingual {
  const usual = f.expected ?? 0;
  return say('sequence', {
    ...common(f),
    judged: figure(o.judged),
    n: figure(f.observed),
    usual: usual < 1 ? say('under-one') : say('about', { n: figure(usual) }),
    how: howOtherwise(o.first, shortTemplate(o.fact.text), o.after),
  });
}
