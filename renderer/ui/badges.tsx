import {
  IconAlertTriangleFilled,
  IconCircleCheck,
  IconEye,
  IconHelpCircle,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { RiskLevel } from '../../main/analytics/contract/situation.ts';
import { useWords } from '../words.ts';
import classes from './ui.module.css';

export type Tone = 'calm' | 'ok' | 'watch' | 'danger';
type Props = {
  readonly tone: Tone;
  readonly icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>;
  readonly label: string;
  /** what it means, on hover */
  readonly title?: string;
};

/** A state told by icon, word and colour, in that order of trust. */
export function ToneBadge({ tone, icon: Icon, label, title }: Props) {
  return (
    <span className={classes['badge']} data-tone={tone} title={title}>
      <Icon size={13} aria-hidden />
      {label}
    </span>
  );
}

type RiskBadgeProps = {
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
export function RiskBadge({ risk, label }: RiskBadgeProps) {
  const t = useWords('common');
  return <ToneBadge {...LOOK[risk]} label={label ?? t(`risk.${risk}`)} />;
}

type SeverityBadgeProps = { readonly severity: 'low' | 'medium' | 'high'; readonly label: string };
const SEVERITY_BADGE_LOOK = {
  low: { icon: IconInfoCircle, tone: 'calm' },
  medium: { icon: IconEye, tone: 'watch' },
  high: { icon: IconAlertTriangleFilled, tone: 'danger' },
} as const;

/** How bad an anomaly or incident is. */
export function SeverityBadge({ severity, label }: SeverityBadgeProps) {
  return <ToneBadge {...SEVERITY_BADGE_LOOK[severity]} label={label} />;
}
