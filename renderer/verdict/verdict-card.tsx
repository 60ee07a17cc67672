import { Anchor, Box, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Verdict, VerdictEvidence } from '../../main/api/contract/timeline.ts';
import { linesHref } from '../logs/log-address.ts';
import { href } from '../router.ts';
import { TimeText } from '../ui/time-text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './verdict.module.css';
import { lookOf, SideMark, toneOf, useSidesText, VERDICT_ICON } from './verdict-badge.tsx';

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
  const { t } = useTranslation('verdict');
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
  const { t } = useTranslation('verdict');
  const format = useFormat();
  const looked = t('looked', { from: format.time(verdict.from), to: format.time(verdict.asOf) });
  return <span>{`${looked}${format.lang === 'ja' ? '。' : '. '}${t('caution')}`}</span>;
}

/** The one clock for this queue, over the window the verdict looked at. */
export const timelineHref = ({ cell }: Verdict): string =>
  href('timeline', null, { location: cell.location, business: cell.businessId, process: cell.process });

type PieceProps = {
  readonly piece: VerdictEvidence;
  /** incidents the card links to already */
  readonly linked: readonly string[];
};
function Piece({ piece, linked }: PieceProps) {
  const { t } = useTranslation('verdict');
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
