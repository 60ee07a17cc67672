import { IconAlertTriangleFilled, IconCircleCheck, IconEye, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RiskLevel } from '../../main/api/contract/situation.ts';
import { ToneBadge } from './tone-badge.tsx';

type Props = {
  readonly risk: RiskLevel;
  /** instead of the level's own word */
  readonly label?: string;
};
const LOOK = {
  ok: { icon: IconCircleCheck, tone: 'ok' },
  watch: { icon: IconEye, tone: 'watch' },
  danger: { icon: IconAlertTriangleFilled, tone: 'danger' },
  unknown: { icon: IconHelpCircle, tone: 'calm' },
} as const;

/** How near a deadline is to being missed, or whatever is told by the same levels. */
export function RiskBadge({ risk, label }: Props) {
  const { t } = useTranslation();
  return <ToneBadge {...LOOK[risk]} label={label ?? t(`risk.${risk}`)} />;
}
