import type { ModelsOverview, ModelView } from '../../../main/llm/contract/models.ts';

export type TakingTurns = {
  readonly names: readonly string[];
  readonly needMb: number;
  readonly freeMb: number;
  /** an intent model is among them and plays nothing else: it gives a second opinion, and takes nobody's place for it */
  readonly isIntentLeft: boolean;
};

/** Models that play roles and find no place in memory beside each other; null where they do, or where there is just one. */
export function takingTurns({
  models,
  roles,
  machine,
}: Pick<ModelsOverview, 'models' | 'roles' | 'machine'>): TakingTurns | null {
  const local = roles.filter(({ source }) => source === 'local');
  const playing = models.filter(({ id }) => local.some(({ modelId }) => modelId === id));
  const needMb = playing.reduce((sum, { fit }) => sum + fit.needMb, 0);
  const freeMb = Math.max(machine.vramMb ?? 0, ...playing.map(({ fit }) => fit.freeMb));
  if (playing.length < 2 || needMb <= freeMb) return null;
  const intent = local.find(({ role }) => role === 'intent')?.modelId;
  const isIntentLeft =
    intent !== undefined && !local.some(({ role, modelId }) => role !== 'intent' && modelId === intent);
  return { names: playing.map(({ name }) => name), needMb, freeMb, isIntentLeft };
}

/** Names of the models that left memory while another was loaded by hand: there was no room for both. */
export const leftFor = (before: readonly ModelView[], now: readonly ModelView[]): string[] =>
  before
    .filter(({ id, state }) => state === 'loaded' && now.some((m) => m.id === id && m.state === 'ready'))
    .map(({ name }) => name);
