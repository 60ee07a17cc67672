import { IconAlertTriangleFilled, IconCircleCheck, IconEye, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RiskLevel } from '../../main/api/contract/situation.ts';
import classes from './risk-badge.module.css';

type Props = {
  readonly risk: RiskLevel;
  /** instead of the level's own word */
  readonly label?: string;
};
const ICON = {
  ok: IconCircleCheck,
  watch: IconEye,
  danger: IconAlertTriangleFilled,
  unknown: IconHelpCircle,
};

/** A level told by icon, word and colour, in that order of trust. */
export function RiskBadge({ risk, label }: Props) {
  const { t } = useTranslation();
  const Icon = ICON[risk];
  return (
    <span className={classes['badge']} data-risk={risk}>
      <Icon size={13} aria-hidden />
      {label ?? t(`risk.${risk}`)}
    </span>
  );
}
