import { useWords } from './words.ts';

/** A model as people call it: its own name, or that it is the company's server that has it. */
export function useModelWords(): (modelId: string) => string {
  const t = useWords('common');
  return (modelId) =>
    modelId.startsWith('server:') ? t('serverModel', { name: modelId.slice('server:'.length) }) : modelId;
}
