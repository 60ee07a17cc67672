import { Checkbox, Fieldset, Group, SegmentedControl, Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Constraint } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { CommitMinutes, CommitNumber } from '../../ui/fields.tsx';
import { Fine } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';

/** so many names are listed at once; typing narrows them */
const LISTED = 50;
const SOFT_WEIGHT = 2;
const MONTHS = [1, 3, 6, 12, 24, 36];
const PLACES = {
  from: { location: 'fromLocation', business: 'fromBusiness', process: 'fromProcess' },
  to: { location: 'toLocation', business: 'toBusiness', process: 'toProcess' },
} as const;
const PARTS = ['location', 'business', 'process'] as const;

/** What a rule against moves names, part by part (a part that is left open matches everything), and how much it counts. */
export function ConstraintForm({
  constraint,
  onChange,
}: {
  readonly constraint: Constraint;
  readonly onChange: (constraint: Constraint) => void;
}) {
  const t = useWords('rules');
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  const people = useQuery(orpc.placement.people.queryOptions());
  const set = (part: { readonly [K in keyof Constraint]?: Constraint[K] | undefined }): void =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...constraint, ...part }).filter(([, value]) => value !== undefined),
      ) as Constraint,
    );
  const options = {
    location: lookup.data?.locations ?? [],
    business: lookup.data?.businesses.map(({ id, name }) => ({ value: id, label: name })) ?? [],
    process: lookup.data?.processes ?? [],
  };
  const clear = (name: (typeof PARTS)[number] | 'who' | 'monthsBelow') => ({
    'aria-label': t('drafts.clear', { name: t(`drafts.${name}`) }),
  });
  const place = (end: keyof typeof PLACES) => (
    <Fieldset legend={t(`drafts.${end}`)} p="xs">
      <Group gap="xs" grow>
        {PARTS.map((part) => (
          <Select
            key={part}
            size="xs"
            clearable
            searchable
            label={t(`drafts.${part}`)}
            clearButtonProps={clear(part)}
            placeholder={t('drafts.any')}
            value={constraint[PLACES[end][part]] ?? null}
            data={options[part]}
            onChange={(value) => set({ [PLACES[end][part]]: value ?? undefined })}
          />
        ))}
      </Group>
    </Fieldset>
  );
  const months = [...new Set([...MONTHS, ...(constraint.monthsBelow ? [constraint.monthsBelow] : [])])];
  return (
    <Fieldset legend={t('drafts.form')} p="sm">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs" mb="xs">
        <Select
          size="xs"
          clearable
          searchable
          limit={LISTED}
          label={t('drafts.who')}
          clearButtonProps={clear('who')}
          placeholder={t('drafts.anybody')}
          value={constraint.operatorId ?? null}
          data={(people.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
          onChange={(id) =>
            set({
              operatorId: id ?? undefined,
              operatorName: people.data?.find((person) => person.id === id)?.name,
            })
          }
        />
        <CommitMinutes
          size="xs"
          isOptional
          max={2880}
          label={t('drafts.after')}
          placeholder={t('drafts.anyTime')}
          value={constraint.after ?? null}
          onCommit={(after) => set({ after: after ?? undefined })}
        />
        <Select
          size="xs"
          clearable
          label={t('drafts.monthsBelow')}
          clearButtonProps={clear('monthsBelow')}
          placeholder={t('drafts.anyMonths')}
          value={constraint.monthsBelow === undefined ? null : String(constraint.monthsBelow)}
          data={months
            .sort((a, b) => a - b)
            .map((n) => ({ value: String(n), label: t('drafts.months', { n }) }))}
          onChange={(n) => set({ monthsBelow: n === null ? undefined : Number(n) })}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {place('from')}
        {place('to')}
      </SimpleGrid>
      <Group gap="sm" mt="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('drafts.strength')}
          value={constraint.hard ? 'hard' : 'soft'}
          onChange={(value) =>
            set(value === 'hard' ? { hard: true, weight: 0 } : { hard: false, weight: SOFT_WEIGHT })
          }
          data={[
            { value: 'hard', label: t('hard') },
            { value: 'soft', label: t('drafts.soft') },
          ]}
        />
        {!constraint.hard && (
          <>
            <CommitNumber
              size="xs"
              w={72}
              aria-label={t('weight')}
              integer={false}
              min={0.1}
              max={100}
              value={constraint.weight}
              onCommit={(weight) => set({ weight })}
            />
            <Fine>{t('drafts.weightHelp')}</Fine>
          </>
        )}
        <Checkbox
          size="xs"
          label={t('drafts.leaving')}
          checked={constraint.leaving ?? false}
          onChange={(e) => set({ leaving: e.currentTarget.checked || undefined })}
        />
      </Group>
    </Fieldset>
  );
}
