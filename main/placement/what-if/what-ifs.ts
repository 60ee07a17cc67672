import type { Freshness } from '../../api/contract/common.ts';
import { dayParams } from '../../api/contract/format.ts';
import { dateIn } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Base, type KeptNamed, keepNamed } from '../../store/index.ts';
import type { Change, Comparison, Scenario } from '../contract/what-if.ts';
import type { Picture } from '../read/load-instance.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { saveScenario, scenarios } from './queries.ts';

/** Scenarios saved under a name, and what any come to. */
export interface WhatIfs extends KeptNamed<Scenario> {
  /**
   * Scenarios beside the situation as it is, on what a plan would be made from just now. `cellId`: told even where nothing changes. Stores
   * nothing; refused without data (`placement.no-data`) and with nobody down for today (`placement.no-roster`).
   */
  compare(
    o: {
      readonly scenarios: readonly { readonly changes: readonly Change[] }[];
      readonly cellId?: string | undefined;
    },
    signal?: AbortSignal,
  ): Promise<Comparison>;
}

export function createWhatIfs(
  o: Pick<Base, 'store' | 'clock' | 'zone'> & {
    freshness: () => Freshness;
    /** what a plan would be made from just now */
    picture: () => Pick<Picture, 'instance' | 'rostered'> | null;
  },
): WhatIfs {
  const list = (): Scenario[] => scenarios(o.store.read);
  return {
    ...keepNamed({ ...o, table: 'what_if_scenarios', idColumn: 'scenario_id', list, saved: saveScenario }),
    async compare({ scenarios: tried, cellId }, signal) {
      const picture = o.picture();
      if (!picture) throw new AppError('placement.no-data');
      const { instance } = picture;
      if (!picture.rostered)
        throw new AppError('placement.no-roster', dayParams({ date: dateIn(instance.now, o.zone()) }));
      const changes = tried.map((scenario) => scenario.changes);
      return { ...(await compareScenarios(instance, changes, { cellId, signal })), freshness: o.freshness() };
    },
  };
}
