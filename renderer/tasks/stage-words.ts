import { useTranslation } from 'react-i18next';
import type { tasks as words } from '../locales/ja/tasks.ts';
import { useFormat } from '../use-format.ts';

type Stage = keyof (typeof words)['stages'];

/** What a task is doing now: stages that are codes in words, others (a table's name, say) as they are. */
export function useStageWords(): (stage: string | null) => string | null {
  const { t, i18n } = useTranslation('tasks');
  const isKnown = (stage: string): stage is Stage => i18n.exists(`tasks:stages.${stage}`);
  return (stage) => (stage !== null && isKnown(stage) ? t(`stages.${stage}`) : stage);
}

/** How much a task has done: bytes for what copies files, numbers for everything else. */
export function useAmountWords(): (kind: string) => (amount: number) => string {
  const format = useFormat();
  return (kind) => (kind === 'model-import' ? format.bytes : (amount) => format.number(amount));
}
