export { DEFAULT_RULES } from './config.ts';
export { type CellRisk, cellRisk, outlook } from './delay-risk.ts';
export {
  type CellPicture,
  finishedPerInterval,
  loadInstance,
  loadPicture,
  type Picture,
  type TeamStint,
} from './load-instance.ts';
export { createOutcomes, type Outcomes } from './outcomes.ts';
export { createPlacement, type Placement, type ProposeInput } from './propose.ts';
export { attendanceOf } from './read-rosters.ts';
export { currentRules } from './rules.ts';
export { createSolver, type Solver } from './solver.ts';
