import type { Rules } from './contract/placement.ts';

/**
 * The rules a site starts with, until a manager changes them. Costs are in units of one ordinary move (= 1); see README.
 * A plan that covers exactly what is due is met only every second time: `safety` aims at nine times in ten, `sourceBuffer`
 * keeps sources above four in five.
 */
export const DEFAULT_RULES: Rules = {
  maxMoves: 12,
  maxReleaseShare: 0.34,
  maxMovesPerDay: 2,
  maxMovesPer30Days: 20,
  switchMinutes: { sameSite: 5, nearSite: 10, farSite: 15, business: 5, process: 5 },
  rampMinutes: 20,
  rampLoss: 0.3,
  minSkill: [
    { process: 'エントリ1', level: 2 },
    { process: 'エントリ2', level: 2 },
    { process: '補正', level: 2 },
    { process: '目検', level: 3 },
    { process: 'SV補正', level: 4 },
  ],
  minStaff: 2,
  checkpoint: { minutesBefore: 20, minStaff: 3 },
  seniorsPerCell: 1,
  sourceBuffer: 0.1,
  nearSites: [
    ['札幌', '盛岡'],
    ['品川', '横浜'],
  ],
  priorities: [],
  breaks: [
    { from: 12 * 60, to: 13 * 60 },
    { from: 15 * 60, to: 15 * 60 + 15 },
  ],
  constraints: [
    { id: 'experience 1', toProcess: 'エントリ1', monthsBelow: 24, hard: false, weight: 0.3 },
    { id: 'experience 2', toProcess: 'エントリ2', monthsBelow: 24, hard: false, weight: 0.3 },
  ],
  costs: {
    near: 0.1,
    far: 0.25,
    business: 0.15,
    process: 0.15,
    repeat: 0.4,
    ledger: 0.02,
    skill: 0.05,
  },
  safety: 0.15,
};

/** What the objective trades against a move's cost (1 = one ordinary move). */
export const WEIGHTS = {
  /** one person-hour missing at a deadline, times the cell's priority */
  shortHour: 4,
  /** one deadline missed, times the cell's priority */
  missedLot: 40,
  /** one person missing at a checkpoint */
  checkpoint: 0.5,
} as const;

/**
 * Of the planning model: raised whenever the same snapshot may be solved to another plan or objective (build-model, arithmetic, greedy,
 * limits), so that an old proposal is not called different for it.
 */
export const MODEL_VERSION = 5;

export const SOLVE = {
  directSeconds: 6,
  chainSeconds: 10,
  relaxationSeconds: 3,
  /** relative gap at which HiGHS may stop; up to `optimalGap` the result is called optimal */
  gap: 0.005,
  optimalGap: 1e-4,
  /** rules worth a full solve: those whose LP relaxation wins the most, at least so many person-hours */
  relaxations: 3,
  relaxationHours: 0.25,
  overtimeMinutes: 60,
  /** the solver's thread is replaced above this much WebAssembly memory, in bytes */
  maxMemory: 700_000_000,
} as const;

/** Days of the ledger of moves, the current one included. */
export const LEDGER_DAYS = 30;

/** Items whose deadline has passed are planned as if due so many minutes from now: as soon as can be. */
export const OVERDUE_MINUTES = 60;
/** An amount below this many items is rounding, not a shortage. */
export const SHORT_EPSILON = 0.5;
/** From this level on somebody counts as senior (ベテラン). */
export const SENIOR_SKILL = 4;
/** From so many months on experience is worth mentioning where no rule asks for it. */
export const EXPERIENCED_MONTHS = 24;
/** Who has fewer months is new to the work (新人). */
export const NOVICE_MONTHS = 12;

export const STALE = {
  afterMinutes: 10,
  /** a touched cell's backlog off the course expected by more than this share of it … */
  share: 0.05,
  /** … and by more than so many items */
  items: 10,
} as const;

/** Looking back at approved proposals. */
export const OUTCOME = {
  /** after the people began to move */
  afterMinutes: [30, 60],
  /** a snapshot farther away from an instant says nothing about it */
  nearMinutes: 15,
  /** what comes in during so many minutes, and so many items more, may be here or not: work arrives in batches */
  unevenItems: 5,
  unevenMinutes: 2,
  /** decisions older than this are neither measured nor counted any more */
  keepDays: 90,
} as const;
