import type { Intent } from '../api/contract/chat.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { untilAborted } from '../kernel/task.ts';
import type { ChoiceModel, Chosen } from '../llm/types.ts';
import { askForIntent } from './ask-for-intent.ts';
import { type IntentCalibration, sharesOf, weigh } from './calibrate-intent.ts';
import type { Candidates } from './prompts/intent-prompt.ts';
import type { EntityKind, MasterData, Understanding } from './types.ts';
import { ACTS } from './understand.ts';

/** From here on the classifier is right often enough (test/bench/intent): no model is asked. */
export const SURE_ENOUGH = 0.75;
/** How long a person waits for a second opinion before the classifier's is taken. */
const PATIENCE_MS = 2500;
/** A word that fits several names is only settled by a model that is very sure; else the person is asked. */
const SETTLES = 0.9;
/** What the names found in the text are worth by themselves: the first named, the others, none of them. */
const FIRST = 0.6;
const NONE = 0.05;

type Kind = 'location' | 'process' | 'business';
const KINDS: readonly Kind[] = ['location', 'process', 'business'];

export type IntentDecision = {
  readonly understanding: Understanding;
  /** `kept`: a model was asked, and nothing changed; `no-room`: it would have to put another out of memory */
  readonly by: 'classifier' | 'model' | 'kept' | 'late' | 'no-room' | 'failed';
};
export type SecondOpinion = {
  readonly model: ChoiceModel | null;
  /** null: this model has not been measured yet, so it has no say */
  readonly calibration: IntentCalibration | null;
  readonly master: MasterData;
  readonly clock: Clock;
  readonly log: Log;
  readonly patienceMs?: number | undefined;
  readonly signal: AbortSignal;
};

/** The master data's names that the text may mean, the first named at the top; fewer than two leave nothing to choose. */
function candidatesOf({ mentions, ambiguous, result }: Understanding): Record<Kind, string[]> {
  const of = (kind: Kind): string[] => {
    const found = mentions.filter((m) => m.kind === kind).map((m) => m.value);
    const first = result[kind];
    const several = ambiguous.filter((a) => a.kind === kind).flatMap((a) => [...a.candidates]);
    return [...new Set([...(first === null ? [] : [first]), ...found, ...several])].slice(0, 9);
  };
  return { location: of('location'), process: of('process'), business: of('business') };
}
const named = (candidates: Record<Kind, string[]>, master: MasterData): Candidates => ({
  ...candidates,
  business: candidates.business.map((id) => master.businesses.find((b) => b.id === id)?.name ?? id),
});

/** The candidate the names' own evidence and the model's agree on; undefined: leave it as it was read. */
function settled(
  kind: Kind,
  candidates: readonly string[],
  chosen: Chosen,
  { result }: Understanding,
  weight: number,
): string | null | undefined {
  const slot = chosen.find(({ name }) => name === kind);
  if (!slot || candidates.length < 2) return undefined;
  const isNamed = result[kind] !== null;
  const scored = [...candidates, null].map((value, i) => {
    const share = (1 - NONE) / candidates.length;
    const prior =
      value === null
        ? NONE
        : !isNamed
          ? share
          : i === 0
            ? FIRST
            : (1 - NONE - FIRST) / (candidates.length - 1);
    const p = slot.options.find(({ option }) => option === (value === null ? '0' : String(i + 1)))?.p ?? 0;
    return { value, p: prior * Math.max(1e-4, p) ** weight };
  });
  const sum = scored.reduce((total, { p }) => total + p, 0);
  const best = scored.sort((a, b) => b.p - a.p)[0];
  return best && best.p / sum >= SETTLES ? best.value : undefined;
}

/**
 * The ladder's second step: where the classifier is unsure, a model that has earned it is asked, and both are weighed. Never throws but
 * Cancelled; a model that is slow, broken or unmeasured leaves what the classifier said.
 */
export async function decideIntent(
  text: string,
  read: Understanding,
  o: SecondOpinion,
): Promise<IntentDecision> {
  const { model, calibration, log, clock, signal } = o;
  if (!model || read.result.confidence >= SURE_ENOUGH) return { understanding: read, by: 'classifier' };
  if (!calibration || calibration.weight === 0) return { understanding: read, by: 'classifier' };
  const candidates = candidatesOf(read);
  const giveUp = new AbortController();
  const relay = (): void => giveUp.abort();
  signal.addEventListener('abort', relay, { once: true });
  const late = Promise.withResolvers<null>();
  const stop = clock.every(o.patienceMs ?? PATIENCE_MS, () => late.resolve(null));
  try {
    const asked = askForIntent(model, text, named(candidates, o.master), giveUp.signal);
    asked.catch(() => {});
    const answer = await untilAborted(Promise.race([asked, late.promise]), signal);
    if (answer === null) {
      log.warn('the intent model was too slow; the classifier decided', { modelId: model.modelId });
      return { understanding: read, by: 'late' };
    }
    const understanding = apply(read, candidates, answer.chosen, calibration);
    const isSame = understanding.result.intent === read.result.intent;
    return { understanding, by: isSame ? 'kept' : 'model' };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    if (hasNoRoom(thrown)) return { understanding: read, by: 'no-room' };
    log.warn('the intent model failed; the classifier decided', thrown);
    return { understanding: read, by: 'failed' };
  } finally {
    stop();
    relay();
    signal.removeEventListener('abort', relay);
  }
}

/** The model would have to put another out of memory, most often the one for words. */
export const hasNoRoom = (thrown: unknown): boolean =>
  thrown instanceof AppError && thrown.code === 'models.no-memory';

function apply(
  read: Understanding,
  candidates: Record<Kind, string[]>,
  chosen: Chosen,
  calibration: IntentCalibration,
): Understanding {
  const scores = weigh(read.scores, sharesOf(chosen), calibration);
  const [best] = scores;
  const intent: Intent = best?.intent ?? read.result.intent;
  const entities: Partial<Record<Kind, string | null>> = {};
  const done = new Set<EntityKind>();
  for (const kind of KINDS) {
    const value = settled(kind, candidates[kind], chosen, read, calibration.weight);
    if (value === undefined) continue;
    entities[kind] = value;
    done.add(kind);
  }
  return {
    ...read,
    scores,
    ambiguous: read.ambiguous.filter(({ kind }) => !done.has(kind)),
    result: {
      ...read.result,
      ...entities,
      intent,
      requires_action: ACTS.has(intent),
      confidence: best?.p ?? read.result.confidence,
    },
  };
}
