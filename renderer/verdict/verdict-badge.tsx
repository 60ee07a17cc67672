import { IconArrowsSplit2, IconHelpCircle, IconServerBolt, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Verdict, VerdictEvidence } from '../../main/api/contract/timeline.ts';
import classes from './verdict.module.css';

export const VERDICT_ICON = {
  people: IconUsers,
  system: IconServerBolt,
  both: IconArrowsSplit2,
  unknown: IconHelpCircle,
};

/** People, system, both or not known: by icon and word, then by colour. */
export function VerdictBadge({ kind }: { readonly kind: Verdict['kind'] }) {
  const { t } = useTranslation('verdict');
  const Icon = VERDICT_ICON[kind];
  return (
    <span className={classes['badge']} data-kind={kind}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {t(`kind.${kind}`)}
    </span>
  );
}

/** Which side a piece of evidence speaks for. */
export function SideMark({ side }: { readonly side: VerdictEvidence['speaks'] }) {
  const { t } = useTranslation('verdict');
  return (
    <span className={classes['side']} data-kind={side}>
      {t(`side.${side}`)}
    </span>
  );
}
