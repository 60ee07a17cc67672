import type { Freshness } from '../../api/contract/common.ts';
import type { Change, Comparison, Scenario } from '../../api/contract/what-if.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { type KeptNamed, keepNamed, type Store } from '../../store/index.ts';
import type { Instance } from '../types.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { saveScenario, scenarios } from './queries.ts';

/** Scenarios saved under a name, and what any come to. */
export interface WhatIfs extends KeptNamed<Scenario> {
  /**
   * Scenarios beside the situation as it is, on what a plan would be made from just now. `cellId`: told even where nothing changes. Stores
   * nothing; refused without data (`placement.no-data`).
   */
  compare(
    o: {
      readonly scenarios: readonly { readonly changes: readonly Change[] }[];
      readonly cellId?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<Comparison>;
}

export function createWhatIfs(o: {
  store: Store;
  clock: Clock;
  freshness: () => Freshness;
  /** what a plan would be made from just now */
  instance: () => Instance | null;
}): WhatIfs {
  const list = (): Scenario[] => scenarios(o.store.read);
  return {
    ...keepNamed({ ...o, table: 'what_if_scenarios', idColumn: 'scenario_id', list, saved: saveScenario }),
    async compare({ scenarios: tried, cellId }, signal) {
      const instance = o.instance();
      if (!instance) throw new AppError('placement.no-data');
      const changes = tried.map((scenario) => scenario.changes);
      return { ...(await compareScenarios(instance, changes, { cellId, signal })), freshness: o.freshness() };
    },
  };
}
