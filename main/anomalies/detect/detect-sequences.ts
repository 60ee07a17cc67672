import { DAY, SCAN, SEQUENCE } from '../config.ts';
import type { Finding, TemplateFact } from '../types.ts';
import { wordSequence } from '../word-anomaly.ts';
import { upperTail } from './count-tails.ts';
import { atMost, grade } from './detection-window.ts';
import type { Closed } from './follow-sessions.ts';

/**
 * More sessions off their usual course in a window than the share usual before lets expect. Single ones are part of every day; the
 * finding is about the template that most of them have to do with.
 */
export function detectSequences(
  closed: Closed,
  o: { at: number; fact: (id: number) => TemplateFact },
): Finding | null {
  const { from, judged, deviating, usualShare, before, since } = closed;
  if (deviating.length < SEQUENCE.least) return null;
  const expected = judged * usualShare;
  // how sure the usual share is, and that trouble comes in groups
  const variance = expected * 1.5 + expected ** 2 / (before * usualShare + 0.5);
  const severity = grade(upperTail(deviating.length, expected, variance), 1440 / SCAN.windowMinutes);
  if (severity === null) return null;
  const groups = Map.groupBy(deviating, (d) => `${d.first.kind} ${d.first.template}`);
  const [most] = [...groups.values()].sort((a, b) => b.length - a.length);
  const main = most?.[0];
  if (!most || !main) return null;
  const fact = o.fact(main.first.template);
  const finding = {
    kind: 'sequence',
    // order alone is weak: writers' buffers shuffle lines, but not those of many sessions that never were shuffled
    severity:
      main.first.kind === 'order'
        ? atMost(severity, most.length >= SEQUENCE.shuffledShare * judged ? 'medium' : 'low')
        : severity,
    from,
    at: o.at,
    templateId: fact.id,
    service: main.origin || null,
    level: fact.level,
    source: null,
    observed: deviating.length,
    expected,
    sd: Math.sqrt(variance),
    score: (deviating.length - expected) / Math.sqrt(variance),
    windowMs: o.at - from,
    baselineDays: Math.max(0, from - (since ?? from)) / DAY,
    learning: before < 10 * SEQUENCE.learn,
    examples: most.slice(0, SEQUENCE.examples).map((d) => d.id),
  } as const;
  const after = main.first.kind === 'order' ? o.fact(main.first.after) : null;
  return { ...finding, words: wordSequence(finding, { fact, after, first: main.first, judged }) };
}
