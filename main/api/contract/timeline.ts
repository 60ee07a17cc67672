import { z } from 'zod';
import { Severity } from './anomalies.ts';
import { Bilingual, Cell, Freshness, Instant } from './common.ts';

/** What a process may be late for: missing people, trouble in the system, more work than was to be expected. */
export const VerdictSide = z.enum(['people', 'system', 'volume']);
export type VerdictSide = z.infer<typeof VerdictSide>;
/**
 * What a deadline is late for: the fewest sides without which it would be met. Where each of several would do, or only two or three
 * together, all of them. Null: it would be late without any of them.
 */
export function sidesOf(isMet: (without: readonly VerdictSide[]) => boolean): VerdictSide[] | null {
  const all = VerdictSide.options;
  const subsets: VerdictSide[][] = [[]];
  for (const side of all) subsets.push(...subsets.map((s) => [...s, side]));
  for (let size = 1; size <= all.length; size++) {
    const enough = subsets.filter((s) => s.length === size && isMet(s)).flat();
    if (enough.length > 0) return all.filter((side) => enough.includes(side));
  }
  return null;
}
/** Why a process is late. `unknown` when the evidence does not carry a verdict. */
export const VerdictKind = z.enum(['people', 'system', 'both', 'unknown']);
export type VerdictKind = z.infer<typeof VerdictKind>;
/** One piece of evidence, with the numbers in its sentence; "precedes", never "caused". */
export const VerdictEvidence = z.object({
  kind: z.enum([
    'throughput-fell',
    'people-missing',
    'people-left',
    'people-slow',
    'volume-rose',
    'errors-rose',
    'new-error',
    'silent',
    'steady-throughput',
    'steady-people',
    'no-errors',
    'no-logs',
    'other-cells-too',
  ]),
  /** which side it speaks for; `neither`: it only tells where to look */
  speaks: z.enum(['people', 'system', 'neither']),
  at: Instant.nullable(),
  words: Bilingual,
  incidentId: z.string().nullable(),
  templateId: z.number().int().nullable(),
  /** what the sentence's figures are, for facts: value and how it is written */
  figures: z.array(z.object({ value: z.number(), text: Bilingual })),
});
export type VerdictEvidence = z.infer<typeof VerdictEvidence>;
export const Verdict = z.object({
  kind: VerdictKind,
  /** 0…1; of the verdict, not of the delay */
  confidence: z.number(),
  cell: Cell,
  asOf: Instant,
  /** the window looked at */
  from: Instant,
  /** e.g. エントリ1 の遅れは、システムの異常が先に起きています。 */
  words: Bilingual,
  evidence: z.array(VerdictEvidence),
  incidents: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;

/** One clock: what production and the systems did, side by side. */
export const TimelineLane = z.object({
  cell: Cell,
  points: z.array(
    z.object({
      at: Instant,
      backlog: z.number().nullable(),
      /** items/hour */
      throughput: z.number().nullable(),
      people: z.number().nullable(),
    }),
  ),
  staffing: z.array(
    z.object({
      at: Instant,
      change: z.number().int(),
      words: Bilingual,
    }),
  ),
  deadlines: z.array(Instant),
});
export const Timeline = z.object({
  from: Instant,
  to: Instant,
  freshness: Freshness,
  lanes: z.array(TimelineLane),
  incidents: z.array(
    z.object({
      id: z.string(),
      from: Instant,
      to: Instant.nullable(),
      severity: Severity,
      title: Bilingual,
      services: z.array(z.string()),
    }),
  ),
  /** lines per bucket, errors and all, by service */
  logs: z.object({
    bucketMs: z.number().int(),
    services: z.array(
      z.object({ service: z.string(), lines: z.array(z.number().int()), errors: z.array(z.number().int()) }),
    ),
  }),
});
export type Timeline = z.infer<typeof Timeline>;
