import { Button, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconGitMerge, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { LEVELS } from '../../../../main/logs/contract/logs.ts';
import { orpc, useNow } from '../../../engine-hooks.ts';
import { RangePicker } from '../../../logs/range-picker.tsx';
import { navigate, replaceRoute, useRoute } from '../../../router.ts';
import { boundsOf, type TimeRange, useRangeInAddress, writeRange } from '../../../stores/time-range.ts';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { EmptyState, Failed, Loading } from '../../../ui/states.tsx';
import { Note } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { TemplateDrawer } from './template-drawer.tsx';
import { type TemplateRow, TemplateTable } from './template-table.tsx';

const SORTS = ['lines', 'newest', 'rarest'] as const;
const MARKS = ['none', 'known', 'noise'] as const;
/** at once: five times as many are three megabytes with every change. The others are found by searching. */
const MOST = 1000;
const SPARKS = 400;
const SPARK_BUCKETS = 24;
const ALL = '';

/** Every pattern of the lines: how often, when, where; each can be named, locked, marked, merged and split. */
export function TemplatesTab() {
  const t = useWords('logs');
  const format = useFormat();
  const range = useRangeInAddress();
  const { query } = useRoute();
  const now = useNow(30_000);
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [sort, setSort] = useState<(typeof SORTS)[number]>('lines');
  const [level, setLevel] = useState(ALL);
  const [service, setService] = useState(ALL);
  const [mark, setMark] = useState(ALL);
  const [noise, setNoise] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [merging, setMerging] = useState(false);

  const templates = useQuery({
    ...orpc.logs.templates.queryOptions({
      input: {
        sort,
        noise,
        limit: MOST,
        ...(wanted ? { text: wanted } : {}),
        ...(level ? { levels: [level] } : {}),
        ...(service ? { services: [service] } : {}),
        ...(isMark(mark) ? { mark } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const bounds = JSON.stringify(boundsOf(range, now));
  const filter = useMemo(
    () => ({ ...(JSON.parse(bounds) as { from?: number; to?: number }), noise: true }),
    [bounds],
  );
  const counts = useQuery({
    ...orpc.logs.counts.queryOptions({
      input: { filter, by: 'template', buckets: SPARK_BUCKETS, top: SPARKS },
    }),
    placeholderData: keepPreviousData,
  });
  const services = useQuery(
    orpc.logs.counts.queryOptions({ input: { filter: {}, by: 'service', top: 200 } }),
  );
  const rows = useMemo<TemplateRow[]>(() => {
    const byId = new Map(counts.data?.series.map((s) => [Number(s.key), s]));
    return (templates.data?.templates ?? []).map((template) => ({
      template,
      series: byId.get(template.id) ?? null,
    }));
  }, [templates.data, counts.data]);

  const isFiltered = wanted !== '' || level !== ALL || service !== ALL || mark !== ALL || !noise;
  const clear = (): void => {
    setText('');
    setLevel(ALL);
    setService(ALL);
    setMark(ALL);
    setNoise(true);
  };
  const show = (id: number | null): void =>
    replaceRoute('logs', 'templates', {
      range: writeRange(range),
      template: id === null ? null : String(id),
    });
  const setRange = (next: TimeRange): void =>
    navigate('logs', 'templates', { ...query, range: writeRange(next) });
  const open = Number(query['template'] ?? Number.NaN);
  const parameter = Number(query['parameter'] ?? Number.NaN);
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        <ImeTextInput
          flex="1 1 11rem"
          aria-label={t('templates.search')}
          placeholder={t('templates.search')}
          leftSection={<IconSearch size={16} />}
          data-search
          maxLength={300}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Pick
          label={t('templates.sort')}
          value={sort}
          data={SORTS.map((value) => ({ value, label: t(`templates.sorts.${value}`) }))}
          onPick={(value) => setSort(SORTS.find((s) => s === value) ?? 'lines')}
        />
        <Pick
          label={t('filter.level')}
          value={level}
          all={t('filter.all')}
          data={LEVELS.toReversed().map((value) => ({ value, label: t(`level.${value}`) }))}
          onPick={setLevel}
        />
        <Pick
          label={t('filter.service')}
          value={service}
          all={t('filter.all')}
          data={(services.data?.series ?? [])
            .filter(({ key }) => key !== '')
            .map(({ key }) => ({ value: key, label: key }))}
          onPick={setService}
        />
        <Pick
          label={t('templates.mark')}
          value={mark}
          all={t('filter.all')}
          data={MARKS.map((value) => ({ value, label: t(`mark.${value}`) }))}
          onPick={setMark}
        />
        <RangePicker range={range} onChange={setRange} now={now} />
      </Group>
      <Group gap="md" mih={30}>
        <Note role="status">
          {templates.data &&
            t('templates.shown', {
              shown: format.number(rows.length),
              total: format.number(templates.data.total),
            })}
        </Note>
        <Switch
          size="xs"
          label={t('templates.withNoise')}
          checked={noise}
          onChange={(event) => setNoise(event.currentTarget.checked)}
        />
        {chosen.size > 0 && (
          <Group gap="xs" ml="auto">
            <Text size="sm">{t('templates.chosen', { n: chosen.size })}</Text>
            <Button
              size="compact-sm"
              leftSection={<IconGitMerge size={15} />}
              disabled={chosen.size < 2}
              onClick={() => setMerging(true)}
            >
              {t('templates.merge')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setChosen(new Set())}>
              {t('templates.unchoose')}
            </Button>
          </Group>
        )}
      </Group>
      <Failed of={templates} />
      <Failed of={counts} />
      {templates.isPending && <Loading count={10} />}
      {templates.data && (
        <TemplateTable
          rows={rows}
          range={range}
          chosen={chosen}
          onChosen={setChosen}
          onOpen={show}
          opened={Number.isSafeInteger(open) ? open : null}
          empty={
            <EmptyState
              kind={isFiltered ? 'no-result' : 'never'}
              title={t(isFiltered ? 'templates.none' : 'never.title')}
              text={t(isFiltered ? 'templates.noneText' : 'never.text')}
              {...(isFiltered ? { action: { label: t('common:clearFilter'), onClick: clear } } : {})}
            />
          }
        />
      )}
      <TemplateDrawer
        id={Number.isSafeInteger(open) ? open : null}
        parameter={Number.isSafeInteger(parameter) ? parameter : null}
        range={range}
        onClose={() => show(null)}
        onOpen={show}
      />
      <MergeDialog
        templates={rows.map((row) => row.template).filter((template) => chosen.has(template.id))}
        opened={merging}
        onClose={() => setMerging(false)}
        onDone={() => {
          setMerging(false);
          setChosen(new Set());
        }}
      />
    </Stack>
  );
}

const isMark = (value: string): value is (typeof MARKS)[number] => MARKS.some((mark) => mark === value);

type PickProps = {
  readonly label: string;
  readonly value: string;
  readonly all?: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly onPick: (value: string) => void;
};
function Pick({ label, value, all, data, onPick }: PickProps) {
  return (
    <Select
      w={150}
      aria-label={label}
      value={value}
      data={[...(all === undefined ? [] : [{ value: ALL, label: `${label}: ${all}` }]), ...data]}
      onChange={(chosen) => onPick(chosen ?? ALL)}
    />
  );
}
