import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { ChoiceModel } from '../llm/types.ts';
import { run, type Store, sql } from '../store/index.ts';
import { calibrateIntent, IntentCalibration } from './calibrate-intent.ts';
import { decideIntent, hasNoRoom, type IntentDecision } from './decide-intent.ts';
import { INTENT_SYSTEM } from './prompts/intent-prompt.ts';
import type { MasterData, Understanding } from './types.ts';

export type IntentLadder = {
  decide(text: string, read: Understanding, signal: AbortSignal): Promise<IntentDecision>;
  /** Measures a model that has not been yet, minutes at most; later, where there is no room for it now. */
  measure(signal: AbortSignal): Promise<void>;
  /** Has a model that has a say evaluate what every question begins with. */
  prepare(signal: AbortSignal): Promise<void>;
};

/** Classifier first, a measured model where it is unsure. What was measured is kept, one row a model. */
export function createIntentLadder(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly master: () => MasterData;
  readonly model: () => ChoiceModel | null;
  readonly patienceMs?: number | undefined;
}): IntentLadder {
  const known = new Map<string, IntentCalibration | null>();
  const keyOf = (modelId: string): string => `chat.intent-calibration.${modelId}`;
  const calibrationOf = (modelId: string): IntentCalibration | null => {
    const held = known.get(modelId);
    if (held !== undefined) return held;
    const row = o.store.read.get<{ value: string }>(
      sql`SELECT value FROM settings WHERE key = ${keyOf(modelId)}`,
    );
    const parsed = row ? IntentCalibration.safeParse(JSON.parse(row.value)) : null;
    const found = parsed?.success ? parsed.data : null;
    known.set(modelId, found);
    return found;
  };
  return {
    decide(text, read, signal) {
      const model = o.model();
      return decideIntent(text, read, {
        model,
        calibration: model ? calibrationOf(model.modelId) : null,
        master: o.master(),
        clock: o.clock,
        log: o.log,
        patienceMs: o.patienceMs,
        signal,
      });
    },
    async measure(signal) {
      const model = o.model();
      if (!model || calibrationOf(model.modelId)) return;
      const measured = await calibrateIntent(model, o.clock.now(), signal).catch((thrown: unknown) => {
        if (hasNoRoom(thrown)) return null;
        throw thrown;
      });
      if (measured === null) return;
      await o.store.write([
        run(sql`INSERT INTO settings (key, value, changed_at)
          VALUES (${keyOf(model.modelId)}, ${JSON.stringify(measured)}, ${o.clock.now()})
          ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`),
      ]);
      known.set(model.modelId, measured);
      o.log.info('intent model measured', { ...measured, prior: undefined });
    },
    async prepare(signal) {
      const model = o.model();
      if (!model || (calibrationOf(model.modelId)?.weight ?? 0) === 0) return;
      const request = {
        system: INTENT_SYSTEM,
        user: '',
        maxTokens: 1,
        temperature: 0,
        seed: 0,
        onlyPrepare: true,
      };
      for await (const _ of model.write(request, signal));
    },
  };
}
