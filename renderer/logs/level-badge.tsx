import {
  IconAlertTriangle,
  IconBug,
  IconCircleDashed,
  IconFlame,
  IconInfoCircle,
  IconRoute,
  IconXboxX,
} from '@tabler/icons-react';
import type { LogLevel } from '../../main/logs/contract/logs.ts';
import { useWords } from '../words.ts';
import classes from './level-badge.module.css';

const ICON = {
  fatal: IconFlame,
  error: IconXboxX,
  warn: IconAlertTriangle,
  info: IconInfoCircle,
  debug: IconBug,
  trace: IconRoute,
  none: IconCircleDashed,
};

/** How bad a line says it is: icon, word, then colour. */
export function LevelBadge({ level }: { readonly level: LogLevel | null }) {
  const t = useWords('logs');
  const key = level ?? 'none';
  const Icon = ICON[key];
  return (
    <span className={classes['level']} data-level={key}>
      <Icon size={13} stroke={2} aria-hidden />
      {t(`level.${key}`)}
    </span>
  );
}
