export { DEFAULT_RULES } from './config.ts';
export { finishedPerInterval } from './finished.ts';
export { assess, assessInTurns, type CellRisk, curveOf, outlook } from './flow/assess.ts';
export { readLateItems } from './flow/late-items.ts';
export { sharesOf } from './flow/learn-routing.ts';
export { flowsOf } from './flow/read-day.ts';
export {
  type CellPicture,
  loadInstance,
  loadPicture,
  type Picture,
  pictureInTurns,
  type TeamStint,
} from './load-instance.ts';
export { createOutcomes, type Outcomes } from './outcomes.ts';
export { createPlacement, type Placement, type ProposeInput } from './propose.ts';
export { attendanceOf } from './read-rosters.ts';
export { currentRules } from './rules.ts';
export { createSolver, type Solver } from './solver.ts';
export { type TeamTime, teamsAt } from './teams.ts';
export { createPlansUnderWay } from './under-way.ts';
export { createWhatIfs, type WhatIfs } from './what-if/what-ifs.ts';
