import { z } from 'zod';
import { Severity } from '../../anomalies/contract/anomalies.ts';
import { Bilingual, Cell, Freshness, Instant } from '../../api/contract/common.ts';
import { base } from '../../api/contract/procedure.ts';

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
/**
 * What each kind of evidence is about, and whether it speaks for that side (`for`), clears it (`against`) or only tells where to look
 * (`neither`). By its kind alone, so that a badge never says otherwise than its sentence.
 */
export const EVIDENCE = {
  'people-missing': ['people', 'for'],
  'people-left': ['people', 'for'],
  'people-slow': ['people', 'for'],
  'steady-people': ['people', 'against'],
  'throughput-fell': ['system', 'for'],
  'errors-rose': ['system', 'for'],
  'new-error': ['system', 'for'],
  silent: ['system', 'for'],
  'other-cells-too': ['system', 'for'],
  'steady-throughput': ['system', 'against'],
  'no-errors': ['system', 'against'],
  'errors-unfelt': ['system', 'neither'],
  'no-logs': ['system', 'neither'],
  'volume-rose': ['volume', 'for'],
  'steady-volume': ['volume', 'against'],
  'no-forecast': ['volume', 'neither'],
} as const satisfies Record<string, readonly [VerdictSide, 'for' | 'against' | 'neither']>;
export type EvidenceKind = keyof typeof EVIDENCE;
/** One piece of evidence, with the numbers in its sentence; "precedes", never "caused". */
export const VerdictEvidence = z.object({
  kind: z.enum(Object.keys(EVIDENCE) as [EvidenceKind, ...EvidenceKind[]]),
  at: Instant.nullable(),
  /** the process its sentence names; null: none */
  cell: Cell.nullable(),
  words: Bilingual,
  incidentId: z.string().nullable(),
  templateId: z.number().int().nullable(),
  /** what the sentence's figures are, for facts: value and how it is written */
  figures: z.array(z.object({ value: z.number(), text: Bilingual })),
});
export type VerdictEvidence = z.infer<typeof VerdictEvidence>;
/** Items that came in to a line's first process, and how many were to be expected by then: forecast, or usual for the hour of the week. */
export const Volume = z.object({
  arrived: z.number(),
  expected: z.number(),
  basis: z.enum(['forecast', 'usual']),
});
export type Volume = z.infer<typeof Volume>;
export const Verdict = z.object({
  /** what it is late for, in the order of `VerdictSide`; none: that cannot be told */
  sides: z.array(VerdictSide),
  /** where volume is one of the sides */
  volume: Volume.nullable(),
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

/** Nothing but this side is named: trouble in the system alone cannot be met by moving people. */
export const isOnly = ({ sides }: Pick<Verdict, 'sides'>, side: VerdictSide): boolean =>
  sides.length === 1 && sides[0] === side;

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

export const timeline = {
  view: base
    .input(
      z.object({
        location: z.string().optional(),
        businessId: z.string().optional(),
        process: z.string().optional(),
        from: Instant.optional(),
        to: Instant.optional(),
      }),
    )
    .output(Timeline),
  verdict: base.input(z.object({ cellId: z.string().max(500), at: Instant.optional() })).output(Verdict),
};
