// One site's line of work by hand: エントリ1 → エントリ2 → 補正, and the people on it.
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { plainLines } from '../../../main/placement/flow/plain-lines.ts';
import { PLANNED_PACE } from '../../../main/placement/flow/read-pace.ts';
import type { Line, Pace } from '../../../main/placement/flow/types.ts';
import { DEFAULT_RULES } from '../../../main/placement/index.ts';
import type {
  Instance,
  PlacementCell,
  PlacementLot,
  PlacementOperator,
} from '../../../main/placement/types.ts';
import { NOW } from './generate.ts';

const PROCESSES = ['エントリ1', 'エントリ2', '補正'];
export type StepDraft = {
  readonly lots: readonly PlacementLot[];
  /** people at work there, each 60 items/hour */
  readonly people: number;
  readonly person?: Partial<PlacementOperator>;
  readonly pace?: Partial<Pace>;
  readonly withoutDeadline?: number;
};
/** Steps without a `line` do not know of each other. */
export function makeLine(steps: readonly StepDraft[], line?: Partial<Line>): Instance {
  const cells = steps.map(({ lots, pace, withoutDeadline = 0 }, process): PlacementCell => {
    const [location, businessId, name] = ['札幌', '523201', PROCESSES[process] ?? ''];
    return {
      cell: {
        cellId: cellIdOf(location, businessId, name),
        location,
        businessId,
        businessName: 'SS',
        process: name,
      },
      site: 0,
      business: 0,
      process,
      lots,
      minSkill: 1,
      minStaff: 0,
      minStaffAtCheckpoint: 0,
      seniors: 0,
      priority: 1,
      pace: { ...PLANNED_PACE, ...pace },
      observed: [],
      backlog: lots.reduce((sum, lot) => sum + lot.items, withoutDeadline),
    };
  });
  const operators = steps.flatMap(({ people, person }, c) =>
    Array.from(
      { length: people },
      (_, i): PlacementOperator => ({
        id: `${c}-${i}`,
        name: `${c}-${i}`,
        site: 0,
        cell: c,
        skill: steps.map(() => 3),
        experience: steps.map(() => 30),
        speed: steps.map(() => 60),
        knows: [true],
        from: -60,
        until: 480,
        breaks: [],
        movesToday: 0,
        moves30Days: 0,
        movedBy: null,
        ...person,
      }),
    ),
  );
  return {
    now: NOW,
    sites: ['札幌'],
    distance: [[0]],
    processes: PROCESSES.slice(0, steps.length),
    businesses: ['523201'],
    cells,
    operators,
    lines: line
      ? [
          {
            cells: [...cells.keys()],
            lots: [],
            routing: cells.map((_, p) => cells.map((__, q) => (q === p + 1 ? 1 : 0))),
            arrivals: [],
            arrivalScale: { mean: 1, cv: 0.001 },
            notice: [0, 0],
            ...line,
          },
        ]
      : plainLines(cells),
    movesFrom: 0,
    rules: DEFAULT_RULES,
  };
}
