import { CATALOGUE } from '../locales/index.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';

type Stage = keyof typeof CATALOGUE.tasks.stages;

/** What a task is doing now: stages that are codes in words, others (a table's name, say) as they are. */
export function useStageWords(): (stage: string | null) => string | null {
  const t = useWords('tasks');
  const isKnown = (stage: string): stage is Stage => stage in CATALOGUE.tasks.stages;
  return (stage) => (stage !== null && isKnown(stage) ? t(`stages.${stage}`) : stage);
}

/** Two of a kind are told apart by what they are about. */
export const nameWith = (kind: string, about: string | null): string =>
  about === null ? kind : `${kind}: ${about}`;

const OF_FILES = ['model-import', 'model-load', 'backup', 'backup-drill', 'backup-restore'];
/** How much a task has done: bytes for what reads or copies files, numbers for everything else. */
export function useAmountWords(): (kind: string) => (amount: number) => string {
  const format = useFormat();
  return (kind) => (OF_FILES.includes(kind) ? format.bytes : (amount) => format.number(amount));
}
