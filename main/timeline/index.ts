export { createTimeline } from './timeline.ts';
export type { OneClock } from './types.ts';
