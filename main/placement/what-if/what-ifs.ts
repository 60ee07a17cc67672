import type { Freshness } from '../../api/contract/common.ts';
import type { Change, Comparison, Scenario } from '../../api/contract/what-if.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import { newId } from '../../kernel/ids.ts';
import type { Store } from '../../store/index.ts';
import type { Instance } from '../types.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { markRemoved, purgeRemoved, saveScenario, scenarioById, scenarios } from './queries.ts';

/** A removed scenario can be brought back for this long. */
const KEEP_REMOVED_MS = 24 * 3_600_000;

export interface WhatIfs {
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
  /** saved ones, newest first */
  list(): Scenario[];
  /** without an `id` a new one */
  save(o: {
    readonly id?: string | undefined;
    readonly name: string;
    readonly changes: readonly Change[];
  }): Promise<Scenario>;
  /** hides it; gone for good a day later */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<Scenario>;
  /** a saved scenario is new, changed or gone */
  readonly changed: Emitter<void>;
}

export function createWhatIfs(o: {
  store: Store;
  clock: Clock;
  freshness: () => Freshness;
  /** what a plan would be made from just now */
  instance: () => Instance | null;
}): WhatIfs {
  const { read, write } = o.store;
  const changed = new Emitter<void>();
  const get = (id: string): Scenario => {
    const scenario = scenarioById(read, id);
    if (!scenario) throw new AppError('not-found', { what: id });
    return scenario;
  };
  return {
    changed,
    async compare({ scenarios: tried, cellId }, signal) {
      const instance = o.instance();
      if (!instance) throw new AppError('placement.no-data');
      const changes = tried.map((scenario) => scenario.changes);
      return { ...(await compareScenarios(instance, changes, { cellId, signal })), freshness: o.freshness() };
    },
    list: () => scenarios(read),
    async save({ id, name, changes }) {
      const now = o.clock.now();
      const old = id === undefined ? null : get(id);
      const scenario: Scenario = {
        id: old?.id ?? newId(),
        name,
        changes: [...changes],
        createdAt: old?.createdAt ?? now,
        updatedAt: now,
      };
      await write([saveScenario(scenario)]);
      changed.emit();
      return scenario;
    },
    async remove(id) {
      get(id);
      const now = o.clock.now();
      await write([purgeRemoved(now - KEEP_REMOVED_MS), markRemoved(id, now)]);
      changed.emit();
    },
    async restore(id) {
      await write([markRemoved(id, null)]);
      changed.emit();
      return get(id);
    },
  };
}
