import { Box, Button, Text, Title } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { toneOf } from '../../proposal/effects-table.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { type Lot, type Row, type Verdict, verdictOf } from './compare-model.ts';
import classes from './what-if.module.css';

const ICON = { better: IconArrowUpRight, worse: IconArrowDownRight, same: IconMinus };

/** Deadline by deadline, the situation as it is beside every scenario. */
export function OutcomeTable({
  rows,
  names,
  left,
}: {
  readonly rows: readonly Row[];
  readonly names: readonly { readonly id: string; readonly name: string }[];
  readonly left: number;
}) {
  const t = useWords('whatIf');
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  const changing = rows.filter((row) => row.changes);
  const same = rows.length - changing.length;
  const shown = isAll ? rows : changing;
  return (
    <section>
      <Title order={2} mb={8} fz="1.05rem">
        {t('table.title')}
      </Title>
      {changing.length === 0 && <Text size="sm">{t('table.nothing')}</Text>}
      {shown.length > 0 && (
        // what scrolls sideways has to be reached by keyboard
        <Box component="section" style={{ overflowX: 'auto' }} tabIndex={0} aria-label={t('table.title')}>
          <table className={classes['table']} aria-label={t('table.title')}>
            <thead>
              <tr>
                <th scope="col">{t('table.cell')}</th>
                <th scope="col">{t('asIs')}</th>
                {names.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    {format.cell(row.cell)}
                    <small>{t('table.moved', { time: format.time(row.original) })}</small>
                  </th>
                  <td>
                    <Outcome lot={row.base} />
                  </td>
                  {row.sides.map((lot, i) => (
                    <td key={names[i]?.id ?? i} data-verdict={verdictOf(row.base, lot)}>
                      <Outcome lot={lot} verdict={verdictOf(row.base, lot)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Box>
      )}
      {left > 0 && <Fine>{t('table.left', { count: left })}</Fine>}
      {same > 0 && (
        <Button size="compact-xs" variant="subtle" mt={4} onClick={() => setAll(!isAll)}>
          {isAll ? t('table.hideSame') : t('table.showSame', { count: same })}
        </Button>
      )}
    </section>
  );
}

function Outcome({ lot, verdict }: { readonly lot: Lot | null; readonly verdict?: Verdict }) {
  const t = useWords('whatIf');
  const format = useFormat();
  if (!lot) return <small>{t('table.gone')}</small>;
  const Icon = verdict && ICON[verdict];
  return (
    <>
      <span className={classes['chance']}>
        <b data-tone={toneOf(lot.pOnTime)}>{format.percent(lot.pOnTime)}</b>
        {Icon && (
          <span className={classes['verdict']} data-verdict={verdict}>
            <Icon size={13} aria-hidden />
            {t(`table.${verdict}`)}
          </span>
        )}
      </span>
      <small>
        {[
          lot.deadline !== lot.original ? t('table.moved', { time: format.time(lot.deadline) }) : '',
          lot.shortItems >= 0.5
            ? t('table.short', { count: Math.round(lot.shortItems), items: format.number(lot.shortItems) })
            : '',
          lot.finishAt === null ? t('table.never') : t('table.finish', { time: format.time(lot.finishAt) }),
        ]
          .filter(Boolean)
          .join(format.dot)}
      </small>
    </>
  );
}
