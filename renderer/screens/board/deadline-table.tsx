import { Box, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { OnTimeBar } from '../../ui/bars.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** A deadline is shown from the start where it is less sure than this, or the plan changes it by this much. */
const SURE = 0.95;
const CHANGED = 0.02;
/** So many of them at first: the people below matter as much. */
const FIRST = 7;
const riskOf = (pOnTime: number): 'ok' | 'watch' | 'danger' =>
  pOnTime > 0.5 ? 'ok' : pOnTime > 0.2 ? 'watch' : 'danger';

/** Every deadline's chance without and with the plan; those in danger or changed first. */
export function DeadlineTable({ board }: { readonly board: DayBoard }) {
  const t = useWords('board');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const cells = new Map(board.cells.map((cell) => [cell.cellId, cell]));
  const notable = board.deadlines.filter(
    (lot) => lot.before < SURE || lot.after < SURE || Math.abs(lot.after - lot.before) >= CHANGED,
  );
  const worst = notable
    .toSorted((a, b) => Math.min(a.before, a.after) - Math.min(b.before, b.after))
    .slice(0, FIRST);
  const rows = all ? board.deadlines : notable.filter((lot) => worst.includes(lot));
  return (
    <Box component="section" mb="sm" aria-label={t('deadlines')}>
      <Text component="h2" fw={650} size="sm" mb={4}>
        {t('deadlines')}
      </Text>
      {rows.length === 0 ? (
        <Note>{t('deadline.calm')}</Note>
      ) : (
        <Table verticalSpacing={2} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('deadline.time')}</Table.Th>
              <Table.Th>{t('deadline.process')}</Table.Th>
              <Table.Th ta="right">{t('deadline.due')}</Table.Th>
              <Table.Th>{t('deadline.before')}</Table.Th>
              <Table.Th>{t('deadline.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((lot) => {
              const cell = cells.get(lot.cellId);
              return (
                <Table.Tr key={`${lot.cellId} ${lot.deadline}`}>
                  <Table.Td>{format.time(lot.deadline)}</Table.Td>
                  <Table.Td>{cell ? format.cell(cell) : lot.cellId}</Table.Td>
                  <Table.Td ta="right">{format.number(lot.due)}</Table.Td>
                  <Table.Td>
                    <OnTimeBar value={lot.before} risk={riskOf(lot.before)} />
                  </Table.Td>
                  <Table.Td>
                    <OnTimeBar value={lot.after} risk={riskOf(lot.after)} />
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {worst.length < board.deadlines.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)} className="no-print">
          {all ? t('deadline.fewer') : t('deadline.all', { count: board.deadlines.length })}
        </Button>
      )}
    </Box>
  );
}
