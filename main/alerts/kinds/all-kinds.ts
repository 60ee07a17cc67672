import { attendance } from './attendance/attendance.ts';
import { delay } from './delay/delay.ts';
import type { Kind } from './kind.ts';
import { overtime } from './overtime/overtime.ts';
import { productivityDrop } from './productivity-drop/productivity-drop.ts';
import { skillGap } from './skill-gap/skill-gap.ts';

/** Every kind of alert about a cell. A delay comes first: some of the others keep quiet about a cell that has one. */
export const KINDS: readonly Kind[] = [delay, productivityDrop, attendance, skillGap, overtime];
export const kindOf = (kind: string): Kind | undefined => KINDS.find((one) => one.kind === kind);
