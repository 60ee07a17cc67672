import { Anchor, Badge, Group } from '@mantine/core';
import { useMemo } from 'react';
import type { Person } from '../../../main/analytics/contract/situation.ts';
import { href } from '../../router.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Fine, Note, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Props = { readonly people: readonly Person[]; readonly site: string };

/** Who is on it: skill, speed, until when, and who came to help. */
export function PeopleTable({ people, site }: Props) {
  const t = useWords('situation');
  const format = useFormat();
  const columns = useMemo(
    (): Column<Person>[] => [
      {
        key: 'name',
        label: t('person.name'),
        sort: (p) => p.name,
        render: (p) => (
          <Group gap={6} wrap="nowrap">
            <Strong span>{p.name}</Strong>
            {p.movedBy !== null ? (
              <Anchor
                href={href('proposals', p.movedBy)}
                size="xs"
                title={t('person.movedBy', { id: p.movedBy })}
              >
                {t('person.moved')}
              </Anchor>
            ) : (
              p.home !== site && <Fine span>{p.home}</Fine>
            )}
            {p.attendance !== 'present' && (
              <Badge size="xs" variant="light" color={p.attendance === 'absent' ? 'red' : 'orange'}>
                {t(`person.attendance.${p.attendance}`)}
              </Badge>
            )}
          </Group>
        ),
      },
      {
        key: 'skill',
        label: t('person.skill'),
        sort: (p) => p.skill,
        render: (p) => (
          <span
            role="img"
            title={t('person.level', { level: p.skill, months: p.experienceMonths })}
            aria-label={t('person.level', { level: p.skill, months: p.experienceMonths })}
          >
            {'●'.repeat(p.skill)}
            {'○'.repeat(Math.max(0, 5 - p.skill))}
          </span>
        ),
      },
      {
        key: 'speed',
        label: t('person.speed'),
        align: 'right',
        sort: (p) => p.speed,
        render: (p) => `${format.number(p.speed)} ${t('perHourUnit').trim()}`,
      },
      {
        key: 'until',
        label: t('person.until'),
        align: 'right',
        sort: (p) => p.until,
        render: (p) => t('person.untilTime', { time: format.time(p.until) }),
      },
    ],
    [t, format, site],
  );
  return (
    <DataTable
      label={t('drawer.people', { count: people.length })}
      columns={columns}
      rows={people}
      rowKey={(person) => person.operatorId}
      maxHeight="22rem"
      empty={<Note>{t('drawer.noPeople')}</Note>}
    />
  );
}
