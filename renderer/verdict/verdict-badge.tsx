import {
  IconArrowsSplit2,
  IconHelpCircle,
  IconServerBolt,
  IconStack2,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  EVIDENCE,
  type EvidenceKind,
  type Verdict,
  type VerdictSide,
} from '../../main/api/contract/timeline.ts';
import { useFormat } from '../use-format.ts';
import classes from './verdict.module.css';

/** One side, several, or none: what a verdict looks like. */
export type VerdictLook = VerdictSide | 'several' | 'unknown';
export const lookOf = ([first, second]: Verdict['sides']): VerdictLook =>
  first === undefined ? 'unknown' : second === undefined ? first : 'several';
export const VERDICT_ICON: Record<VerdictLook, TablerIcon> = {
  people: IconUsers,
  system: IconServerBolt,
  volume: IconStack2,
  several: IconArrowsSplit2,
  unknown: IconHelpCircle,
};

/** 人とシステムの要因: the sides of a verdict in a few words. */
export function useSidesText(): (sides: Verdict['sides']) => string {
  const { t } = useTranslation('verdict');
  const format = useFormat();
  return (sides) => {
    if (sides.length === 0) return t('unknown');
    const names = sides.map((side) => t(`sides.${side}`));
    const list =
      format.lang === 'ja'
        ? names.join(names.length > 2 ? '・' : 'と')
        : new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
    return t('sidesOf', { list: list.charAt(0).toUpperCase() + list.slice(1) });
  };
}

/** What a delay is put down to: by icon and word, then by colour. */
export function VerdictBadge({ sides }: { readonly sides: Verdict['sides'] }) {
  const text = useSidesText();
  const look = lookOf(sides);
  const Icon = VERDICT_ICON[look];
  return (
    <span className={classes['badge']} data-kind={look}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {text(sides)}
    </span>
  );
}

/** What a piece of evidence is about, and whether it speaks for that or clears it. */
export function SideMark({ kind }: { readonly kind: EvidenceKind }) {
  const { t } = useTranslation('verdict');
  const [side, speaks] = EVIDENCE[kind];
  return (
    <span className={classes['side']} data-kind={toneOf(kind)}>
      {t(`mark.${side}.${speaks}`)}
    </span>
  );
}
/** The colour of a piece of evidence: of its side where it speaks for it. */
export const toneOf = (kind: EvidenceKind): string => {
  const [side, speaks] = EVIDENCE[kind];
  return speaks === 'for' ? side : speaks;
};
