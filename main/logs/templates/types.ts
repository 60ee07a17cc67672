import type { Level } from '../types.ts';

/** Lines of one template in one batch, as they are added to its counts. */
export type TemplateCount = {
  readonly template: number;
  readonly sourceId: string;
  /** as in the roll-ups: a name_id of log_names */
  readonly service: number;
  readonly level: Level | null;
  readonly lines: number;
  /** epoch ms of the oldest and newest of them */
  readonly minAt: number;
  readonly maxAt: number;
};
