import { IconAlertTriangleFilled, IconEye, IconInfoCircle } from '@tabler/icons-react';
import classes from './risk-badge.module.css';

type Props = { readonly severity: 'low' | 'medium' | 'high'; readonly label: string };
const ICON = { low: IconInfoCircle, medium: IconEye, high: IconAlertTriangleFilled };
const RISK = { low: 'unknown', medium: 'watch', high: 'danger' };

/** How bad an anomaly or incident is: icon, word, then colour. */
export function SeverityBadge({ severity, label }: Props) {
  const Icon = ICON[severity];
  return (
    <span className={classes['badge']} data-risk={RISK[severity]}>
      <Icon size={13} aria-hidden />
      {label}
    </span>
  );
}
