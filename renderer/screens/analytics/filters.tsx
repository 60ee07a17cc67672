import {
  Button,
  Group,
  Loader,
  MultiSelect,
  Pill,
  Popover,
  Select,
  Stack,
  Switch,
  TagsInput,
} from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  Dimension,
  type Filter,
  type MeasureInfo,
  Query,
  type Query as QueryType,
} from '../../../main/measures/contract/measures.ts';
import { orpc } from '../../engine-hooks.ts';
import { writeMeasured } from '../../ui/csv.ts';
import { Failed } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { groupOf } from './result-model.ts';
import type { QueryWords } from './use-query-words.ts';

type Props = {
  readonly query: QueryType;
  readonly onChange: (query: QueryType) => void;
  readonly measures: readonly MeasureInfo[];
  readonly words: QueryWords;
};

/** What is kept: each filter and threshold as a chip that can be taken away, and a way to add one. */
export function Filters({ query, onChange, measures, words }: Props) {
  const t = useWords('analytics');
  const [adding, setAdding] = useState(false);
  const chip = (text: string, without: QueryType) => (
    <Pill
      key={text}
      size="md"
      withRemoveButton
      removeButtonProps={{ 'aria-label': t('filter.remove', { text }), 'aria-hidden': false, tabIndex: 0 }}
      onRemove={() => onChange(without)}
    >
      {text}
    </Pill>
  );
  return (
    <Group gap="xs" mt={12}>
      <Note>{t('field.filters')}</Note>
      {query.where.map((filter, i) =>
        chip(words.filter(filter), { ...query, where: query.where.filter((_, other) => other !== i) }),
      )}
      {query.thresholds.map((threshold, i) =>
        chip(words.threshold(threshold), {
          ...query,
          thresholds: query.thresholds.filter((_, other) => other !== i),
        }),
      )}
      {query.rank !== null && chip(t('words.rank', { n: query.rank }), { ...query, rank: null })}
      <Popover opened={adding} onChange={setAdding} position="bottom-start" trapFocus returnFocus width={340}>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFilterPlus size={15} />}
            onClick={() => setAdding(!adding)}
          >
            {t('filter.add')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('filter.add')}>
          <NewFilter
            query={query}
            measures={measures}
            words={words}
            onAdd={(filter) => {
              setAdding(false);
              onChange({ ...query, where: [...query.where, filter] });
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

type NewProps = Omit<Props, 'onChange'> & { readonly onAdd: (filter: Filter) => void };
function NewFilter({ query, measures, words, onAdd }: NewProps) {
  const t = useWords('analytics');
  const [dimension, setDimension] = useState<Dimension | null>(null);
  const [values, setValues] = useState<string[]>([]);
  const [not, setNot] = useState(false);
  const shared =
    measures[0]?.dimensions.filter((one) => measures.every((m) => m.dimensions.includes(one))) ?? [];
  return (
    <Stack gap="sm">
      <Select
        label={t('filter.dimension')}
        data={shared.map((value) => ({ value, label: words.dimension(value) }))}
        value={dimension}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          setDimension(Dimension.safeParse(value).data ?? null);
          setValues([]);
        }}
      />
      <Switch label={t('filter.not')} checked={not} onChange={(e) => setNot(e.currentTarget.checked)} />
      {dimension === 'word' && (
        <TagsInput
          label={t('filter.values')}
          placeholder={t('filter.wordPlaceholder')}
          value={values}
          onChange={setValues}
        />
      )}
      {dimension !== null && dimension !== 'word' && (
        <Values query={query} dimension={dimension} values={values} onValues={setValues} />
      )}
      <Button
        disabled={dimension === null || values.length === 0}
        onClick={() => dimension && onAdd({ dimension, values, not })}
      >
        {t('filter.apply')}
      </Button>
    </Stack>
  );
}

type ValuesProps = {
  readonly query: QueryType;
  readonly dimension: Dimension;
  readonly values: string[];
  readonly onValues: (values: string[]) => void;
};
/** The values that the first measure has in this time: asked of the measure itself. */
function Values({ query, dimension, values, onValues }: ValuesProps) {
  const t = useWords('analytics');
  const format = useFormat();
  const found = useQuery(
    orpc.measures.query.queryOptions({
      input: Query.parse({
        measures: query.measures.slice(0, 1),
        by: [dimension],
        window: query.window,
        where: query.where,
      }),
    }),
  );
  if (found.isPending) return <Loader size="sm" aria-label={t('loadingLong')} />;
  if (found.isError) return <Failed of={found} />;
  const { columns, rows } = found.data.table;
  const shown = columns.filter(
    (column) => !query.measures.some((id) => column.key === id || column.key.startsWith(`${id}:`)),
  );
  const data = rows.flatMap((row) => {
    const value = groupOf(row, [dimension])[dimension];
    const label = shown.map((column) => writeMeasured(row[column.key], column, format)).join(' ');
    return value ? [{ value, label: label || value }] : [];
  });
  return (
    <MultiSelect
      label={t('filter.values')}
      placeholder={values.length ? '' : t('filter.valuesPlaceholder')}
      data={[...new Map(data.map((one) => [one.value, one])).values()]}
      value={values}
      onChange={onValues}
      searchable
      maxDropdownHeight={240}
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={t('filter.nothing')}
    />
  );
}
