import type { Statement } from '../../store/index.ts';
import type { Part } from '../types.ts';

/**
 * Moves the stored lines of a split. Whoever runs it lets ingest come to rest, has the miner `split`, rewrites the blocks and tails in which a
 * record of `family` stands with one of `values` in the parameter (`parametersOf`), and writes in one transaction: blocks, roll-ups, counts,
 * the miner's rows and `statements(made)`. Nothing is changed when it rejects.
 */
export type SplitJob = {
  readonly id: number;
  readonly parameter: number;
  readonly values: readonly string[];
  /** records may carry any of these numbers: the template's own and what the miner absorbed into it */
  readonly family: readonly number[];
  readonly parts: readonly Part[];
  /** the history and the rule; `made`: the new numbers in the order of `values` */
  readonly statements: (made: readonly number[]) => Statement[];
};
/** Resolves with the new numbers, in the order of the values, once everything is committed. */
export type RunSplit = (job: SplitJob) => Promise<readonly number[]>;
