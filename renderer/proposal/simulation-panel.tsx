import { SimpleGrid, Text, Title } from '@mantine/core';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { BeforeAfter } from '../charts/backlog-outlook.tsx';
import { orpc } from '../engine-hooks.ts';
import { Pending } from '../ui/states.tsx';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

/** Every touched queue side by side: as it goes, and with the plan. */
export function SimulationPanel({ id }: { readonly id: string }) {
  const t = useWords('proposals');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const simulation = useQuery(orpc.placement.simulate.queryOptions({ input: { id }, staleTime: 60_000 }));
  return (
    <section className={classes['panel']} aria-label={t('simulate.title')}>
      <Title order={3}>{t('simulate.title')}</Title>
      <Fine mb="xs">{t('simulate.hint')}</Fine>
      {!simulation.isSuccess && <Pending of={simulation} kind="tiles" count={2} />}
      {simulation.data?.cells.length === 0 && <Text size="sm">{t('simulate.empty')}</Text>}
      <SimpleGrid minColWidth="320px" autoFlow="auto-fit" spacing={12}>
        {simulation.data?.cells.map((cell) => (
          <figure key={cell.cell.cellId} className={classes['curve']}>
            <figcaption>
              <b>{format.cell(cell.cell)}</b>
              <span className={classes['change']}>
                {format.percent(cell.pBefore) !== format.percent(cell.pAfter) && (
                  <>
                    <s>{format.percent(cell.pBefore)}</s>
                    <IconArrowNarrowRight size={13} aria-label="→" />
                  </>
                )}
                <b>{format.percent(cell.pAfter)}</b>
              </span>
            </figcaption>
            <BeforeAfter
              before={cell.before}
              after={cell.after}
              deadline={cell.deadline}
              afterName={t('simulate.after')}
              words={words}
              label={t('simulate.chart', {
                cell: format.cell(cell.cell),
                before: format.percent(cell.pBefore),
                after: format.percent(cell.pAfter),
              })}
            />
          </figure>
        ))}
      </SimpleGrid>
    </section>
  );
}
