import { useTranslation } from 'react-i18next';
import type { Situation } from '../../../main/api/contract/situation.ts';
import { useFormat } from '../../use-format.ts';
import classes from './totals.module.css';

/** Everything in four numbers. */
export function Totals({ totals }: { readonly totals: Situation['totals'] }) {
  const { t } = useTranslation('situation');
  const format = useFormat();
  const of = t('tile.of', { count: totals.cells });
  const figures = [
    { label: t('tile.danger'), value: totals.late, unit: of, tone: totals.late ? 'danger' : 'ok' },
    { label: t('tile.watch'), value: totals.watch, unit: of, tone: totals.watch ? 'watch' : 'ok' },
    { label: t('tile.backlog'), value: totals.backlog, unit: t('tile.items'), tone: 'plain' },
    { label: t('tile.people'), value: totals.people, unit: t('tile.persons'), tone: 'plain' },
  ];
  return (
    <dl className={classes['totals']}>
      {figures.map((figure) => (
        <div key={figure.label} data-tone={figure.tone}>
          <dt>{figure.label}</dt>
          <dd>
            {format.number(figure.value)}
            <small>{figure.unit}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
