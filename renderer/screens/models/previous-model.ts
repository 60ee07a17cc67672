import type { ModelView, RoleView } from '../../../main/llm/contract/models.ts';

/** The model that played a role before and can be taken back; null while the company's server plays it, or where it is gone. */
export function previousModel(
  { source, modelId, previousId }: Pick<RoleView, 'source' | 'modelId' | 'previousId'>,
  models: readonly ModelView[],
): ModelView | null {
  if (source === 'server' || previousId === null || previousId === modelId) return null;
  return models.find(({ id }) => id === previousId) ?? null;
}
