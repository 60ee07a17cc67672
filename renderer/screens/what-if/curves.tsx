import { Box, Button, Flex, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Comparison, SideCell } from '../../../main/placement/contract/what-if.ts';
import { BeforeAfter } from '../../charts/backlog-outlook.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './what-if.module.css';

/** Processes whose curves are drawn before one asks for more. */
const FIRST = 4;

/** What has still to pass for the deadline that changes most, process by process, scenario beside scenario on one scale. */
export function Curves({
  comparison,
  names,
}: {
  readonly comparison: Comparison;
  readonly names: readonly { readonly id: string; readonly name: string }[];
}) {
  const t = useWords('whatIf');
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  const cells = comparison.cells.filter((_, i) => (comparison.base.cells[i]?.outlook.length ?? 0) > 0);
  const more = cells.length - FIRST;
  if (cells.length === 0 || names.length === 0) return null;
  return (
    <section>
      <Title order={2} mb={8} fz="1.05rem">
        {t('curves.title')}
      </Title>
      <Fine mb="xs">{t('curves.hint')}</Fine>
      {cells.slice(0, isAll ? cells.length : FIRST).map((cell, i) => (
        <Box key={cell.cellId} mb="md">
          <Title order={3} mb={6} fz="sm">
            {format.cell(cell)}
          </Title>
          {/* what scrolls sideways has to be reached by keyboard */}
          <Box component="section" style={{ overflowX: 'auto' }} tabIndex={0} aria-label={format.cell(cell)}>
            <Flex gap="sm">
              {names.map(({ id, name }, s) => (
                <Figure
                  key={id}
                  name={name}
                  cell={format.cell(cell)}
                  charted={cell.chartedOf}
                  base={comparison.base.cells[i]}
                  side={comparison.scenarios[s]?.cells[i]}
                  max={topOf([comparison.base, ...comparison.scenarios].map((side) => side.cells[i]))}
                />
              ))}
            </Flex>
          </Box>
        </Box>
      ))}
      {more > 0 && !isAll && (
        <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
          {t('curves.more', { count: more })}
        </Button>
      )}
    </section>
  );
}

/** A round number above everything drawn. */
function topOf(sides: readonly (SideCell | undefined)[]): number {
  const highest = Math.max(1, ...sides.flatMap((side) => side?.outlook.map((point) => point.high) ?? []));
  const unit = 10 ** Math.floor(Math.log10(highest)) / 2;
  return Math.ceil((highest * 1.05) / unit) * unit;
}

function Figure({
  name,
  cell,
  charted,
  base,
  side,
  max,
}: {
  readonly name: string;
  readonly cell: string;
  readonly charted: number | null;
  readonly base: SideCell | undefined;
  readonly side: SideCell | undefined;
  readonly max: number;
}) {
  const t = useWords('whatIf');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  if (!base || !side) return null;
  const lotOf = (of: SideCell) => of.deadlines.find((lot) => lot.original === charted);
  const chance = (of: SideCell): string => {
    const lot = lotOf(of);
    return lot ? format.percent(lot.pOnTime) : '–';
  };
  const people = { before: format.number(base.people), after: format.number(side.people) };
  return (
    <figure className={classes['figure']}>
      <figcaption>
        <b>{name}</b>
        <span>
          {chance(base) === chance(side) ? chance(side) : `${chance(base)} → ${chance(side)}`}
          {format.dot}
          {base.people === side.people ? t('curves.peopleSame', people) : t('curves.people', people)}
        </span>
        <small>
          {side.allFinishAt === null
            ? t('curves.allNever')
            : t('curves.all', { time: format.time(side.allFinishAt) })}
        </small>
      </figcaption>
      <BeforeAfter
        before={base.outlook}
        after={side.outlook}
        deadline={lotOf(side)?.deadline ?? charted}
        afterName={name}
        max={max}
        words={words}
        height={190}
        label={t('curves.label', {
          cell,
          name,
          before: chance(base),
          after: chance(side),
          people: people.after,
        })}
      />
    </figure>
  );
}
