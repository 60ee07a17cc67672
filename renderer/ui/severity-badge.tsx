import { IconAlertTriangleFilled, IconEye, IconInfoCircle } from '@tabler/icons-react';
import { ToneBadge } from './tone-badge.tsx';

type Props = { readonly severity: 'low' | 'medium' | 'high'; readonly label: string };
const LOOK = {
  low: { icon: IconInfoCircle, tone: 'calm' },
  medium: { icon: IconEye, tone: 'watch' },
  high: { icon: IconAlertTriangleFilled, tone: 'danger' },
} as const;

/** How bad an anomaly or incident is. */
export function SeverityBadge({ severity, label }: Props) {
  return <ToneBadge {...LOOK[severity]} label={label} />;
}
