import type { VerdictSide } from '../timeline/contract/timeline.ts';

export const SCENARIOS = ['normal', 'shortage', 'outage', 'long-outage', 'volume', 'both', 'random'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export type SimCell = { readonly location: string; readonly businessId: string; readonly process: string };
/** From `startsAt` until `endsAt` (epoch ms) a person works in another cell; the way there costs the switch time. */
export type SimMove = SimCell & {
  readonly operatorId: string;
  readonly startsAt: number;
  readonly endsAt: number;
};

/** What becomes of one cell's deadline when nobody acts. Instants are epoch ms. */
export type Outcome = SimCell & {
  readonly deadline: number;
  readonly items: number;
  readonly lateItems: number;
  readonly late: boolean;
  /** when its last item was done; null: not that day */
  readonly finishedAt: number | null;
  /** decided by running the same day without the incidents (find-truth.ts); none: late all the same; null: not late */
  readonly why: readonly VerdictSide[] | null;
};
export type Incident = {
  readonly kind: VerdictSide;
  readonly from: number;
  readonly to: number;
  readonly cells: readonly SimCell[];
  /** who is missing; empty unless kind is `people` */
  readonly operatorIds: readonly string[];
  /** speed (system) or arrivals (volume) are multiplied by it; 0 for people */
  readonly factor: number;
  /** its lines in system_logs; empty unless kind is `system` */
  readonly logIds: readonly string[];
};
export type GroundTruth = {
  readonly seed: number;
  readonly scenario: ScenarioName;
  readonly date: string;
  readonly outcomes: readonly Outcome[];
  readonly incidents: readonly Incident[];
  /** times when errors seen every day come in numbers, and work goes on all the same */
  readonly bursts: readonly { readonly from: number; readonly to: number }[];
  /** lines that belong to no system incident: errors seen every day, and errors never seen before */
  readonly knownErrorIds: readonly string[];
  readonly unknownErrorIds: readonly string[];
};
