import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBarToUp, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LeftOutBlock } from '../../../../main/logs/contract/logs.ts';
import { dayTime } from '../../../logs/log-time.ts';
import { navigate } from '../../../router.ts';
import { widerRange } from '../../../stores/time-range.ts';
import { EmptyState, Loading } from '../../../ui/states.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { type Explore, isFiltered } from './use-explore.ts';

type Props = { readonly at: number; readonly onNewest: () => void };
/** The list begins in the past: says so, and leads back. */
export function AnchorBar({ at, onNewest }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  return (
    <Group gap="0.5rem" wrap="nowrap" p="0.1rem 0.6rem" fz="xs" c="var(--watch-text)" role="status">
      {t('list.from', { at: dayTime(at, format.zone, format.lang) })}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconArrowBarToUp size={14} />}
        onClick={onNewest}
      >
        {t('list.toNewest')}
      </Button>
    </Group>
  );
}

type NothingFoundProps = {
  readonly explore: Explore;
  readonly anchored: boolean;
  readonly onNewest: () => void;
};
/** No line for this filter: which ways there are to see more. */
export function NothingFound({ explore, anchored, onNewest }: NothingFoundProps) {
  const t = useWords('logs');
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

type LeftOutNoteProps = {
  /** of the pages of lines and of the counts; the same block may be in both */
  readonly blocks: readonly LeftOutBlock[];
  /** the counts go without them too */
  readonly isCounted: boolean;
};

/** Lines that cannot be read any more are in no list: how many, of when, and where it is told what to do. */
export function LeftOutNote({ blocks, isCounted }: LeftOutNoteProps) {
  const t = useWords('logs');
  const format = useFormat();
  if (blocks.length === 0) return null;
  const once = [...new Map(blocks.map((one) => [one.block, one])).values()];
  const days = once.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
  return (
    <div className={classes['leftOut']} role="status">
      <IconAlertTriangle size={18} aria-hidden />
      <Text size="sm" span flex={1}>
        {t(isCounted ? 'leftOut.counted' : 'leftOut.listed', {
          n: format.number(once.reduce((sum, { lines }) => sum + lines, 0)),
          days: format.days(days[0] ?? '', days.at(-1) ?? ''),
        })}
      </Text>
      <Button size="compact-xs" variant="default" flex="none" onClick={() => navigate('logs', 'sources')}>
        {t('leftOut.what')}
      </Button>
    </div>
  );
}

/** most searches are over before anybody could reach a button */
const LONG_MS = 700;

/** Before the first lines are there; a long search can be stopped. */
export function Searching({ onStop }: { readonly onStop: () => void }) {
  const t = useWords('logs');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {isLong && (
        <Group gap="sm" mb="xs" justify="center">
          <Loader size="xs" />
          <Text size="sm" role="status">
            {t('list.searching')}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            onClick={onStop}
          >
            {t('list.stop')}
          </Button>
        </Group>
      )}
      <Loading count={14} />
    </>
  );
}
