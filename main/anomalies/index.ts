export { createAnomalies } from './anomalies.ts';
export { Conditions } from './track-conditions.ts';
export type { Anomalies } from './types.ts';
export { MinuteWatch } from './watch-minutes.ts';
