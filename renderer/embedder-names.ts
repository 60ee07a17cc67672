import { useQuery } from '@tanstack/react-query';
import type { EmbedderStatus } from '../main/knowledge/contract/knowledge.ts';
import { orpc } from './engine-hooks.ts';
import { useWords } from './words.ts';

const WHILE_BUSY_MS = 1_000;

/** Who turns texts into vectors; read again while indexes are made. */
export const useEmbedder = () =>
  useQuery({
    ...orpc.knowledge.embedder.queryOptions(),
    refetchInterval: (query) => (query.state.data?.state === 'rebuilding' ? WHILE_BUSY_MS : false),
  });

/** An embedder's name for people: its model's, or the built-in one. */
export function useEmbedderNames(status: EmbedderStatus | undefined) {
  const t = useWords('knowledge');
  const hasModel = [status?.serving, status?.wanted].some((e) => e && e.modelId !== null);
  const models = useQuery({ ...orpc.models.overview.queryOptions(), enabled: hasModel }).data?.models ?? [];
  return ({ modelId }: EmbedderStatus['serving']): string =>
    modelId === null
      ? t('embedder.builtIn')
      : t('embedder.model', { name: models.find((model) => model.id === modelId)?.name ?? modelId });
}
