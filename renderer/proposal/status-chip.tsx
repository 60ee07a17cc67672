import {
  IconArrowBackUp,
  IconArrowsSplit2,
  IconCheck,
  IconCircleDashed,
  IconReplace,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isAssumed, type Proposal } from '../../main/api/contract/placement.ts';
import classes from './proposal.module.css';

const ICON = {
  open: IconCircleDashed,
  approved: IconCheck,
  rejected: IconX,
  superseded: IconReplace,
  undone: IconArrowBackUp,
};
const TONE = { open: 'info', approved: 'ok', rejected: 'plain', superseded: 'plain', undone: 'watch' };

/** Where the decision stands; nothing for an open plan without a move: there is nothing to decide. */
export function StatusChip({ of }: { readonly of: Pick<Proposal, 'status' | 'moves' | 'scope'> }) {
  const { t } = useTranslation('proposals');
  const { status, moves } = of;
  if (status === 'open' && isAssumed(of))
    return (
      <span className={classes['chip']} data-tone="watch">
        <IconArrowsSplit2 size={14} aria-hidden />
        {t('assumed.chip')}
      </span>
    );
  if (status === 'open' && moves.length === 0) return null;
  const Icon = ICON[status];
  return (
    <span className={classes['chip']} data-tone={TONE[status]}>
      <Icon size={14} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
