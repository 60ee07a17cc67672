import type { ComponentType } from 'react';
import classes from './tone-badge.module.css';

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
