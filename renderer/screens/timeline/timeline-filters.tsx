import { ActionIcon, Button, Chip, Group, SegmentedControl, Select, Tooltip } from '@mantine/core';
import { IconFilterOff, IconX, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Span, zoomed } from '../../charts/clock-scale.ts';
import { orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly query: Readonly<Record<string, string>>;
  readonly hours: number;
  /** a stretch somebody linked to, instead of the last hours */
  readonly fixed: Span | null;
  readonly span: Span;
  readonly whole: Span;
  readonly hasLate: boolean;
  readonly onChange: (next: Record<string, string | null>) => void;
  readonly onSpan: (span: Span | null) => void;
};
const ALL = '';
const HOURS = [2, 4, 8, 24];

/** Which queues, how much time, how close. */
export function TimelineFilters({ query, hours, fixed, span, whole, hasLate, onChange, onSpan }: Props) {
  const t = useWords('timeline');
  const format = useFormat();
  const lookup = useQuery(orpc.system.lookup.queryOptions()).data;
  const pick = (
    key: 'location' | 'business' | 'process',
    data: readonly { value: string; label: string }[],
  ) => (
    <Select
      size="xs"
      w={140}
      aria-label={t(`filter.${key}`)}
      value={query[key] ?? ALL}
      data={[{ value: ALL, label: `${t(`filter.${key}`)}: ${t('filter.all')}` }, ...data]}
      onChange={(chosen) => onChange({ [key]: chosen || null })}
    />
  );
  const same = (name: string) => ({ value: name, label: name });
  const isZoomed = span.from !== whole.from || span.to !== whole.to;
  const middle = (span.from + span.to) / 2;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={t('filter.label')}>
      {pick('location', (lookup?.locations ?? []).map(same))}
      {pick(
        'business',
        (lookup?.businesses ?? []).map(({ id, name }) => ({ value: id, label: name })),
      )}
      {pick('process', (lookup?.processes ?? []).map(same))}
      {hasLate && (
        <Chip
          size="xs"
          checked={query['cells'] !== 'all'}
          onChange={(on) => onChange({ cells: on ? null : 'all' })}
        >
          {t('filter.lateOnly')}
        </Chip>
      )}
      {(query['location'] || query['business'] || query['process']) && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconFilterOff size={13} />}
          onClick={() => onChange({ location: null, business: null, process: null })}
        >
          {t('filter.clear')}
        </Button>
      )}
      {fixed && (
        <Button
          size="compact-xs"
          variant="light"
          rightSection={<IconX size={12} />}
          aria-label={t('filter.latest')}
          onClick={() => onChange({ from: null, to: null })}
        >
          {format.dateTime(fixed.from)} 〜 {format.dateTime(fixed.to)}
        </Button>
      )}
      <Group gap={4} ml="auto" wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label={t('filter.range')}
          value={fixed ? '' : String(hours)}
          data={HOURS.map((n) => ({ value: String(n), label: t('filter.hours', { n: format.number(n) }) }))}
          onChange={(value) => onChange({ hours: value, from: null, to: null })}
        />
        <Tooltip label={t('zoom.in')}>
          <ActionIcon aria-label={t('zoom.in')} onClick={() => onSpan(zoomed(span, 0.5, middle, whole))}>
            <IconZoomIn size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('zoom.out')}>
          <ActionIcon
            aria-label={t('zoom.out')}
            disabled={!isZoomed}
            onClick={() => onSpan(zoomed(span, 2, middle, whole))}
          >
            <IconZoomOut size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('zoom.reset')}>
          <ActionIcon aria-label={t('zoom.reset')} disabled={!isZoomed} onClick={() => onSpan(null)}>
            <IconZoomReset size={17} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}
