import { Anchor, Box, Flex, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconArrowsSplit2,
  IconChevronDown,
  IconHelpCircle,
  IconServerBolt,
  IconStack2,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  EVIDENCE,
  type EvidenceKind,
  type Verdict,
  type VerdictEvidence,
  type VerdictSide,
} from '../../main/timeline/contract/timeline.ts';
import { orpc } from '../engine-hooks.ts';
import { linesHref } from '../logs/log-address.ts';
import { href } from '../router.ts';
import { TimeText } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './verdict.module.css';

/** The verdict in one line, with the way to its evidence. */
export function VerdictLine({ verdict }: { readonly verdict: Verdict }) {
  const t = useWords('verdict');
  const format = useFormat();
  return (
    <Flex component="p" wrap="wrap" align="center" gap="4px 10px" m="8px 0 12px" fz={13}>
      <VerdictBadge sides={verdict.sides} />
      <span>{format.pick(verdict.words)}</span>
      <Anchor size="sm" href={timelineHref(verdict)}>
        {t('openTimeline')}
      </Anchor>
    </Flex>
  );
}

/** For what was made for an alert: the verdict the alert carries, where it has one. */
export function VerdictOfAlert({ alertId }: { readonly alertId: string }) {
  const verdict = useQuery(orpc.alerts.get.queryOptions({ input: { id: alertId } })).data?.verdict;
  return verdict ? <VerdictLine verdict={verdict} /> : null;
}

/**
 * The verdict of a queue as things stand now, the same wherever it is shown; until it is there the one known `before`, if any. Says nothing
 * without either: it only adds to what is shown already.
 */
export function VerdictOfCell({
  cellId,
  before = null,
}: {
  readonly cellId: string;
  readonly before?: Verdict | null;
}) {
  const now = useQuery(orpc.timeline.verdict.queryOptions({ input: { cellId } })).data;
  const verdict = now ?? before;
  return verdict ? <VerdictCard verdict={verdict} first={3} /> : null;
}

/** One side, several, or none: what a verdict looks like. */
type VerdictLook = VerdictSide | 'several' | 'unknown';
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
  const t = useWords('verdict');
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
  const t = useWords('verdict');
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

type Props = {
  readonly verdict: Verdict;
  /** says which queue it is about */
  readonly named?: boolean;
  /** pieces of evidence shown at first */
  readonly first?: number;
  /** beside the one clock, under a headline: no link to it, no advice, no caution; they stand there once */
  readonly compact?: boolean;
};
const LINES_MS = 10 * 60_000;

/** Is it the people, the system or the volume of work? The answer, what to do about it, and every piece of evidence with its figures. */
export function VerdictCard({ verdict, named = false, first = 4, compact = false }: Props) {
  const t = useWords('verdict');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const text = useSidesText();
  const { sides, cell } = verdict;
  const look = lookOf(sides);
  const Icon = VERDICT_ICON[look];
  // in the engine's order: a sentence may speak of the one before it
  const { evidence } = verdict;
  const hidden = evidence.length - first;
  const shown = sides.includes('system') ? verdict.incidents.slice(0, 1) : [];
  return (
    <section className={classes['card']} data-kind={look} aria-label={`${t('title')} ${format.cell(cell)}`}>
      <div className={classes['head']}>
        <span className={classes['icon']} aria-hidden>
          <Icon size={24} stroke={1.7} />
        </span>
        <div>
          <div className={classes['kind']}>
            <b>{text(sides)}</b>
            {named && (
              <Box component="span" fw={600}>
                {format.cell(cell)}
              </Box>
            )}
            <Tooltip label={t('confidenceHint')} multiline maw={300}>
              {/* the hint must be reachable by keyboard */}
              <Box component="span" ms="auto" bdrs={4} fz={12} c="dimmed" tabIndex={0}>
                {t('confidence', { share: format.percent(verdict.confidence) })}
              </Box>
            </Tooltip>
          </div>
          <p className={classes['words']}>{format.pick(verdict.words)}</p>
          {!compact && <p className={classes['advice']}>{t(`advice.${adviceOf(verdict)}`)}</p>}
        </div>
      </div>
      {evidence.length > 0 ? (
        <ol className={classes['evidence']} aria-label={t('evidence')}>
          {(all ? evidence : evidence.slice(0, first)).map((piece, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same kind may speak twice at the same time
            <Piece key={`${piece.kind}${piece.at}${i}`} piece={piece} linked={shown} />
          ))}
        </ol>
      ) : (
        <p className={classes['advice']}>{t('noEvidence')}</p>
      )}
      {hidden > 0 && (
        <UnstyledButton className={classes['more']} aria-expanded={all} onClick={() => setAll(!all)}>
          <IconChevronDown size={14} aria-hidden data-up={all || undefined} />
          {all ? t('less') : t('more', { count: hidden })}
        </UnstyledButton>
      )}
      <div className={classes['foot']}>
        {!compact && (
          <Anchor size="sm" href={timelineHref(verdict)}>
            {t('openTimeline')}
          </Anchor>
        )}
        {shown.map((id) => (
          <Anchor key={id} size="sm" href={href('incidents', id)}>
            {t('openIncident')}
          </Anchor>
        ))}
        {sides.some((side) => side !== 'system') && (
          <Anchor
            size="sm"
            href={href('proposals', null, {
              location: cell.location,
              business: cell.businessId,
              process: cell.process,
            })}
          >
            {t('propose')}
          </Anchor>
        )}
        {!compact && <Caution verdict={verdict} />}
      </div>
    </section>
  );
}

/** What can be done about it, by what it is put down to. */
export const adviceOf = ({
  sides,
}: Pick<Verdict, 'sides'>): 'people' | 'system' | 'volume' | 'systemAndMore' | 'unknown' =>
  sides.includes('system')
    ? sides.length > 1
      ? 'systemAndMore'
      : 'system'
    : sides.includes('volume')
      ? 'volume'
      : (sides[0] ?? 'unknown');

/** What the verdict does not say. */
export function Caution({ verdict }: { readonly verdict: Verdict }) {
  const t = useWords('verdict');
  const format = useFormat();
  const looked = t('looked', { from: format.time(verdict.from), to: format.time(verdict.asOf) });
  return <span>{`${looked}${format.lang === 'ja' ? '。' : '. '}${t('caution')}`}</span>;
}

/** The one clock for this queue, over the window the verdict looked at. */
const timelineHref = ({ cell }: Verdict): string =>
  href('timeline', null, { location: cell.location, business: cell.businessId, process: cell.process });

type PieceProps = {
  readonly piece: VerdictEvidence;
  /** incidents the card links to already */
  readonly linked: readonly string[];
};
function Piece({ piece, linked }: PieceProps) {
  const t = useWords('verdict');
  const format = useFormat();
  return (
    <li data-kind={toneOf(piece.kind)}>
      <span className={classes['at']}>
        {piece.at === null ? '–' : <TimeText at={piece.at} kind="time" />}
      </span>
      <SideMark kind={piece.kind} />
      <Box component="span" style={{ textWrap: 'pretty' }}>
        {format.pick(piece.words)}
        {piece.incidentId !== null && !linked.includes(piece.incidentId) && (
          <>
            {' '}
            <Anchor size="xs" style={{ whiteSpace: 'nowrap' }} href={href('incidents', piece.incidentId)}>
              {t('openIncident')}
            </Anchor>
          </>
        )}
        {piece.templateId !== null && (
          <>
            {' '}
            <Anchor
              size="xs"
              style={{ whiteSpace: 'nowrap' }}
              href={linesHref(
                { templates: [piece.templateId] },
                piece.at === null
                  ? undefined
                  : { kind: 'between', from: piece.at - LINES_MS, to: piece.at + LINES_MS },
              )}
            >
              {t('openLines')}
            </Anchor>
          </>
        )}
      </Box>
    </li>
  );
}
