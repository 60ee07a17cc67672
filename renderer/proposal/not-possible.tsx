import { Anchor, Text } from '@mantine/core';
import { IconAdjustments, IconAlertTriangle } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../main/api/contract/placement.ts';
import { wordBlocks, wordRelaxation } from '../../main/api/contract/words/placement.ts';
import { orpc } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './proposal.module.css';

/** Of so many queues that could not be saved is asked what precedes their delay. */
const JUDGED = 5;

/**
 * What the plan could not save, and the smallest rules to relax; while the system is in trouble, that its recovery comes first. Says
 * nothing when nothing is left.
 */
export function NotPossible({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const { notPossible, relaxations, blocks = [] } = proposal;
  const inTheWay = wordBlocks(blocks, format.lang);
  const cells = [...new Set(notPossible.map((lot) => lot.cell.cellId))].slice(0, JUDGED);
  const verdicts = useQueries({
    queries: cells.map((cellId) =>
      // what is decided or over is no longer about how the system stands now
      orpc.timeline.verdict.queryOptions({ input: { cellId }, enabled: proposal.status === 'open' }),
    ),
  });
  const systemFirst = verdicts.some(({ data }) => data?.sides.includes('system'));
  if (notPossible.length === 0) return null;
  return (
    <section className={classes['notPossible']} aria-label={t('notPossible.title')}>
      <h3>
        <IconAlertTriangle size={16} aria-hidden />
        {t('notPossible.title')}
      </h3>
      <ul>
        {notPossible.map((lot) => (
          <li key={`${lot.cell.cellId}-${lot.deadline}`}>
            {t('notPossible.line', {
              cell: format.cell(lot.cell),
              deadline: format.time(lot.deadline),
              items: format.number(lot.shortItems),
              hours: format.number(lot.shortHours, 1),
            })}
          </li>
        ))}
      </ul>
      {systemFirst && <Text size="sm">{t('notPossible.system')}</Text>}
      {inTheWay && <Text size="sm">{inTheWay}</Text>}
      {relaxations.length === 0 ? (
        // a rule that nobody would relax by degrees, such as who is not to be moved, may be what is in the way
        !inTheWay && (
          <Text size="sm">{t(systemFirst ? 'notPossible.noRelaxMeanwhile' : 'notPossible.noRelax')}</Text>
        )
      ) : (
        <>
          <Strong>{t('notPossible.relax')}</Strong>
          <ol>
            {relaxations.map((relaxation) => (
              <li key={relaxation.rule}>{wordRelaxation(relaxation, format.lang)}</li>
            ))}
          </ol>
          <Anchor size="sm" href={href('rules')}>
            <IconAdjustments size={14} aria-hidden /> {t('notPossible.rules')}
          </Anchor>
        </>
      )}
    </section>
  );
}
