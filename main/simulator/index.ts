export { bulkSnapshots } from './bulk-snapshots.ts';
export { BEHAVIOUR, type Behaviour } from './config.ts';
export { createDemo, type Demo } from './demo.ts';
export { createSite, type Site, type SiteOptions } from './site.ts';
export {
  type GroundTruth,
  type Outcome,
  SCENARIOS,
  type ScenarioName,
  type SimMove,
} from './types.ts';
