import { Text } from '@mantine/core';
import { IconServerBolt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../main/api/contract/placement.ts';
import { useFormat } from '../use-format.ts';
import classes from './proposal.module.css';

/** So many processes are named, the others counted: a system that is down may stop them all. */
const NAMED = 3;

/** Which processes stand still, so that nobody's move makes them faster, and which ones the plan helps all the same. */
export function Standstill({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const { standstills = [], moves } = proposal;
  if (proposal.status !== 'open' || standstills.length === 0) return null;
  const listed = (cells: readonly Parameters<typeof format.cell>[0][]): string => {
    const names = cells.slice(0, NAMED).map((cell) => format.cell(cell));
    const rest = cells.length - names.length;
    return format.list(rest > 0 ? [...names, t('standstill.more', { count: rest })] : names);
  };
  const still = new Set(standstills.map(({ cell }) => cell.cellId));
  const targets = [...new Map(moves.map(({ to }) => [to.cellId, to])).values()];
  const helped = targets.filter(({ cellId }) => !still.has(cellId));
  const waiting = targets.filter(({ cellId }) => still.has(cellId));
  return (
    <div className={classes['standstill']} role="note">
      <IconServerBolt size={20} aria-hidden />
      <div>
        <b>
          {t('standstill.title', {
            cells: listed(standstills.map(({ cell }) => cell)),
            time: format.time(Math.min(...standstills.map(({ since }) => since))),
          })}
        </b>
        <Text size="sm">{t('standstill.text')}</Text>
        {helped.length > 0 && <Text size="sm">{t('standstill.helped', { cells: listed(helped) })}</Text>}
        {waiting.length > 0 && <Text size="sm">{t('standstill.waiting', { cells: listed(waiting) })}</Text>}
      </div>
    </div>
  );
}
