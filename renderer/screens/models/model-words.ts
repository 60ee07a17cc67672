import { useTranslation } from 'react-i18next';
import type { models as words } from '../../locales/ja/models.ts';

type ImportStage = keyof (typeof words)['tray']['stages'];
type BenchStage = keyof (typeof words)['bench']['stages'];

/** What an import or a benchmark is doing, in words; what is not known is shown as it is. */
export function useStageWords(of: 'tray' | 'bench' = 'tray'): (stage: string | null) => string | null {
  const { t, i18n } = useTranslation('models');
  const isImport = (stage: string): stage is ImportStage => i18n.exists(`models:tray.stages.${stage}`);
  const isBench = (stage: string): stage is BenchStage => i18n.exists(`models:bench.stages.${stage}`);
  return (stage) => {
    if (stage === null) return null;
    if (of === 'tray') return isImport(stage) ? t(`tray.stages.${stage}`) : stage;
    return isBench(stage) ? t(`bench.stages.${stage}`) : stage;
  };
}
