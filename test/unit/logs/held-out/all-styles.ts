import { BUSINESS } from './business-styles.ts';
import { MACHINES } from './machine-styles.ts';
import { SERVERS } from './server-styles.ts';

export { drawLines, type HeldOut } from './draw-lines.ts';
export const HELD_OUT = [...SERVERS, ...MACHINES, ...BUSINESS];
export const SEEDS: readonly number[] = [11, 12, 13];
