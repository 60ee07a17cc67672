export { createAnomalies } from './anomalies.ts';
export type { Anomalies, IncidentText } from './door.ts';
export { Conditions } from './track-conditions.ts';
export { MinuteWatch } from './watch-minutes.ts';
