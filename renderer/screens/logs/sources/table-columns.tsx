import { MultiSelect, Select, SimpleGrid, Text } from '@mantine/core';
import {
  type LogTable,
  type LogTableChoice,
  TABLE_ROLES,
  type TableRole,
} from '../../../../main/logs/contract/tables.ts';
import { useWords } from '../../../words.ts';

type Props = {
  readonly value: LogTable;
  readonly choice: LogTableChoice;
  /** it is read already: what says how far cannot be changed */
  readonly isRead: boolean;
  readonly onChange: (value: LogTable) => void;
};
/** Below it a suggestion is to be looked at. */
const SURE = 0.8;
const KEPT_DAYS = 90;
const ALL = 'all';
const RECENT = 'recent';

/** What the columns of a table mean: suggested by their names, and a person's to change. */
export function TableColumns({ value, choice, isRead, onChange }: Props) {
  const t = useWords('logs');
  const columns = choice.columns.map(({ column, type }) => ({ value: column, label: `${column} (${type})` }));
  const known = (names: readonly string[]) => columns.filter((c) => names.includes(c.value));
  const keys = choice.keys.map((key) => ({ value: key.join('\n'), label: key.join(', ') }));
  const since = choice.suggestion?.since ?? null;
  const taken = new Set(TABLE_ROLES.flatMap((role) => value[role] ?? []));
  const doubt = (role: TableRole): string | undefined =>
    value[role] !== null && value[role] === choice.suggestion?.[role] && (choice.confidence[role] ?? 0) < SURE
      ? t('table.unsure')
      : undefined;
  return (
    <div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {TABLE_ROLES.map((role) => (
          <Select
            key={role}
            label={t(`table.roles.${role}`)}
            description={doubt(role) ?? t(`table.help.${role}`)}
            searchable
            clearable={role !== 'message'}
            allowDeselect={role !== 'message'}
            // whether the time is the order, too, says what its numbers mean
            disabled={isRead && role === 'time' && value.time === value.cursor}
            placeholder={t('table.none')}
            data={columns}
            value={value[role]}
            onChange={(column) =>
              onChange(
                role === 'message'
                  ? { ...value, message: column ?? value.message }
                  : { ...value, [role]: column, others: value.others.filter((other) => other !== column) },
              )
            }
          />
        ))}
        <MultiSelect
          label={t('table.roles.others')}
          description={t('table.help.others')}
          searchable
          clearable
          maxValues={50}
          data={columns.filter((c) => !taken.has(c.value))}
          value={value.others}
          onChange={(others) => onChange({ ...value, others })}
        />
        <Select
          label={t('table.roles.since')}
          description={t('table.help.since')}
          disabled={isRead}
          allowDeselect={false}
          data={[
            { value: RECENT, label: t('table.sinceDays', { n: KEPT_DAYS }) },
            { value: ALL, label: t('table.sinceAll') },
          ]}
          value={value.since === null ? ALL : RECENT}
          onChange={(chosen) => onChange({ ...value, since: chosen === ALL ? null : since })}
        />
        <Select
          label={t('table.roles.cursor')}
          description={t('table.help.cursor')}
          disabled={isRead}
          allowDeselect={false}
          data={known(choice.cursors)}
          value={value.cursor}
          onChange={(cursor) => onChange({ ...value, cursor: cursor ?? value.cursor })}
        />
        <Select
          label={t('table.roles.key')}
          description={t('table.help.key')}
          disabled={isRead}
          allowDeselect={false}
          data={keys}
          value={value.key.join('\n')}
          onChange={(key) => onChange({ ...value, key: key?.split('\n') ?? value.key })}
        />
      </SimpleGrid>
      {!choice.indexed.includes(value.cursor) && (
        <Text size="xs" mt="xs" c="var(--watch-text)">
          {t('table.noIndex', { column: value.cursor })}
        </Text>
      )}
    </div>
  );
}
