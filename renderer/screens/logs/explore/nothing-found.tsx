import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { widerRange } from '../../../stores/time-range.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { type Explore, isFiltered } from './use-explore.ts';

type Props = { readonly explore: Explore; readonly anchored: boolean; readonly onNewest: () => void };
/** No line for this filter: which ways there are to see more. */
export function NothingFound({ explore, anchored, onNewest }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  const { query, range, setQuery, setRange } = explore;
  const { words: _, ...others } = query;
  const ways = [
    anchored && { label: t('list.toNewest'), go: onNewest },
    range.kind !== 'all' && { label: t('nothing.wider'), go: () => setRange(widerRange(range)) },
    range.kind !== 'all' && { label: t('nothing.allTime'), go: () => setRange({ kind: 'all' }) },
    query.words && { label: t('nothing.withoutWords'), go: () => setQuery(others) },
    query.words && { label: t('nothing.byMeaning'), go: () => setQuery({ ...query, mode: 'meaning' }) },
    isFiltered(others) && { label: t('common:clearFilter'), go: () => setQuery({}) },
  ].filter((way) => way !== false && way !== undefined && way !== '');
  return (
    <Stack align="center" gap={0}>
      <EmptyState kind="no-result" title={t('nothing.title')} text={t('nothing.text')} />
      <Group gap="xs" justify="center" mt={-24}>
        {ways.map((way) => (
          <Button key={way.label} size="xs" variant="default" onClick={way.go}>
            {way.label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
