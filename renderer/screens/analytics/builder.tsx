import { MultiSelect, Select } from '@mantine/core';
import { Dimension, type MeasureInfo, type Query } from '../../../main/measures/contract/measures.ts';
import { Panel } from '../../ui/page.tsx';
import { useWords } from '../../words.ts';
import classes from './analytics.module.css';
import { Filters } from './filters.tsx';
import { earlier, withWindow } from './result-model.ts';
import type { QueryWords } from './use-query-words.ts';
import { WindowPicker } from './window-picker.tsx';

type Props = {
  readonly query: Query;
  readonly onChange: (query: Query) => void;
  readonly measures: readonly MeasureInfo[];
  readonly words: QueryWords;
};
const MOST_MEASURES = 6;
const MOST_BY = 3;
const LIMITS = ['5', '10', '20', '50'];

/** The parts of a query, each open to change. What the measures do not have in common is not offered. */
export function Builder({ query, onChange, measures, words }: Props) {
  const t = useWords('analytics');
  const picked = measures.filter((one) => query.measures.includes(one.id));
  const shared = (picked[0]?.dimensions ?? []).filter(
    (one) => one !== 'word' && picked.every((m) => m.dimensions.includes(one)),
  );
  // a measure that cannot be split so takes the split with it
  const withMeasures = (ids: readonly string[]): Query => {
    const next = measures.filter((one) => ids.includes(one.id));
    const fits = (dimension: Dimension): boolean => next.every((one) => one.dimensions.includes(dimension));
    const { compare } = query;
    return {
      ...query,
      measures: [...ids],
      by: query.by.filter(fits),
      where: query.where.filter((filter) => fits(filter.dimension)),
      thresholds: query.thresholds.filter((threshold) => ids.includes(threshold.measure)),
      order: query.order && { ...query.order, measure: null },
      compare: compare && next.every((one) => one.comparesWith.includes(compare.kind)) ? compare : null,
    };
  };
  const can = (kind: 'window' | 'forecast' | 'plan'): boolean =>
    picked.length > 0 && picked.every((one) => one.comparesWith.includes(kind));
  const compared = [
    ...(can('window')
      ? earlier(query.window).map(({ name, window }) => ({
          name,
          compare: { kind: 'window' as const, window },
        }))
      : []),
    ...(can('forecast') ? [{ name: 'forecast' as const, compare: { kind: 'forecast' as const } }] : []),
    ...(can('plan') ? [{ name: 'plan' as const, compare: { kind: 'plan' as const } }] : []),
  ];
  const current = compared.find((one) => JSON.stringify(one.compare) === JSON.stringify(query.compare));
  return (
    <Panel component="section" radius="lg" mb={18} p="14px 16px" aria-label={t('own')}>
      <div className={classes['fields']}>
        <MultiSelect
          className={classes['wideField'] ?? ''}
          label={t('field.measures')}
          placeholder={query.measures.length ? '' : t('measuresPlaceholder')}
          data={measures.map(({ id }) => ({ value: id, label: words.measure(id) }))}
          value={[...query.measures]}
          onChange={(ids) => ids.length > 0 && onChange(withMeasures(ids))}
          maxValues={MOST_MEASURES}
          searchable
          hidePickedOptions
          maxDropdownHeight={320}
        />
        <MultiSelect
          className={classes['wideField'] ?? ''}
          label={t('field.by')}
          placeholder={query.by.length ? '' : t('byPlaceholder')}
          data={[...new Set([...query.by, ...shared])].map((value) => ({
            value,
            label: words.dimension(value),
          }))}
          value={[...query.by]}
          onChange={(values) =>
            onChange({ ...query, by: values.flatMap((one) => Dimension.safeParse(one).data ?? []) })
          }
          maxValues={MOST_BY}
          hidePickedOptions
          clearable
        />
        <WindowPicker
          window={query.window}
          measures={picked}
          words={words}
          onChange={(window) => onChange(withWindow(query, window))}
        />
        <Select
          label={t('field.compare')}
          data={[
            { value: 'none', label: t('compare.none') },
            ...compared.map(({ name }) => ({ value: name, label: t(`compare.${name}`) })),
            ...(query.compare && !current ? [{ value: 'kept', label: words.compare(query.compare) }] : []),
          ]}
          value={current?.name ?? (query.compare ? 'kept' : 'none')}
          allowDeselect={false}
          onChange={(name) => {
            const found = compared.find((one) => one.name === name);
            if (found || name === 'none') onChange({ ...query, compare: found?.compare ?? null });
          }}
        />
        <Select
          label={t('field.order')}
          data={(['none', 'most', 'least'] as const).map((value) => ({ value, label: t(`order.${value}`) }))}
          value={query.order?.first ?? 'none'}
          allowDeselect={false}
          onChange={(first) =>
            onChange({
              ...query,
              order:
                first === 'most' || first === 'least'
                  ? { measure: query.order?.measure ?? null, first }
                  : null,
            })
          }
        />
        <Select
          label={t('field.limit')}
          data={[
            { value: 'all', label: t('limit.all') },
            ...[...new Set([...LIMITS, ...(query.limit === null ? [] : [String(query.limit)])])].map((n) => ({
              value: n,
              label: t('limit.n', { n }),
            })),
          ]}
          value={query.limit === null ? 'all' : String(query.limit)}
          allowDeselect={false}
          onChange={(n) => onChange({ ...query, limit: n === null || n === 'all' ? null : Number(n) })}
        />
      </div>
      <Filters query={query} onChange={onChange} measures={picked} words={words} />
    </Panel>
  );
}
