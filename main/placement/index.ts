export { DEFAULT_RULES } from './config.ts';
export { assess, assessInTurns, type CellRisk, curveOf, outlook } from './flow/assess.ts';
export { readLateItems } from './flow/late-items.ts';
export { sharesOf } from './flow/learn-routing.ts';
export { flowsOf } from './flow/read-day.ts';
export { createOutcomes, type Outcomes } from './outcomes/outcomes.ts';
export { createPlansUnderWay } from './outcomes/under-way.ts';
export { createPlacement, type Placement, type ProposeInput } from './propose.ts';
export { finishedPerInterval } from './read/finished.ts';
export {
  type CellPicture,
  loadPicture,
  type Picture,
  pictureInTurns,
  type TeamStint,
} from './read/load-instance.ts';
export { attendanceOf } from './read/read-rosters.ts';
export { type TeamTime, teamsAt } from './read/teams.ts';
export { rulesAgainst } from './rules/match-rules.ts';
export { currentRules } from './rules/rules.ts';
export { createSolver, type Solver } from './solve/solver.ts';
export { createWhatIfs, type WhatIfs } from './what-if/what-ifs.ts';
