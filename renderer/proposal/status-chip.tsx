import { IconArrowBackUp, IconCheck, IconCircleDashed, IconReplace, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../main/api/contract/placement.ts';
import classes from './proposal.module.css';

const ICON = {
  open: IconCircleDashed,
  approved: IconCheck,
  rejected: IconX,
  superseded: IconReplace,
  undone: IconArrowBackUp,
};
const TONE = { open: 'info', approved: 'ok', rejected: 'plain', superseded: 'plain', undone: 'watch' };

export function StatusChip({ status }: { readonly status: Proposal['status'] }) {
  const { t } = useTranslation('proposals');
  const Icon = ICON[status];
  return (
    <span className={classes['chip']} data-tone={TONE[status]}>
      <Icon size={14} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}
