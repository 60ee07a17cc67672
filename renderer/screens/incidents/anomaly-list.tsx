import { Chip, CloseButton, Drawer, Group, MultiSelect } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ANOMALY_KINDS, type Anomaly, type AnomalyKind } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { SeverityBadge } from '../../ui/badges.tsx';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { AnomalyCard } from './anomaly-card.tsx';
import { NoLogs } from './no-logs.tsx';

/** at once; more would be megabytes with every change */
const LISTED = 1000;
const WEIGHT = { low: 0, medium: 1, high: 2 };

/** Every anomaly, by kind and state; one opens with its numbers. */
export function AnomalyList() {
  const t = useWords('incidents');
  const format = useFormat();
  const [kinds, setKinds] = useState<readonly AnomalyKind[]>([]);
  const [openOnly, setOpenOnly] = useState(false);
  const [text, setText] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  // kind and state are asked for, so that old ones are found too; only words are looked for among the newest
  const list = useQuery({
    ...orpc.anomalies.list.queryOptions({
      input: {
        limit: LISTED,
        ...(kinds.length ? { kinds: [...kinds] } : {}),
        ...(openOnly ? { open: true } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const kept = useQuery(orpc.anomalies.status.queryOptions()).data?.anomalies ?? 0;
  const accounting = useQuery(orpc.logs.accounting.queryOptions()).data;
  const all = useMemo(() => list.data ?? [], [list.data]);
  const rows = useMemo(() => {
    const fold = (value: string): string => value.normalize('NFKC').toLowerCase();
    const needle = fold(text.trim());
    if (needle === '') return all;
    return all.filter((anomaly) =>
      fold(`${anomaly.words.ja} ${anomaly.words.en} ${anomaly.service ?? ''}`).includes(needle),
    );
  }, [all, text]);
  const columns = useMemo(
    (): Column<Anomaly>[] => [
      timeColumn('at', t('column.at'), (row) => row.at),
      {
        key: 'severity',
        label: t('column.severity'),
        sort: (row) => WEIGHT[row.severity],
        render: (row) => <SeverityBadge severity={row.severity} label={t(`severity.${row.severity}`)} />,
      },
      textColumn('kind', t('column.kind'), (row) => t(`kind.${row.kind}`), { oneLine: true }),
      textColumn('service', t('column.service'), (row) => row.service),
      { key: 'words', label: t('column.words'), render: (row) => format.pick(row.words) },
      {
        key: 'state',
        label: t('column.state'),
        oneLine: true,
        sort: (row) => row.state,
        render: (row) => t(`anomaly.state.${row.state}`),
      },
    ],
    [t, format],
  );
  if (!list.isSuccess) return <Pending of={list} />;
  if (all.length === 0 && kinds.length === 0 && !openOnly)
    return accounting?.lines !== 0 ? (
      <EmptyState kind="never" title={t('anomaliesEmpty')} text={t('anomaliesEmptyText')} />
    ) : (
      <NoLogs />
    );
  const open = all.find(({ id }) => id === openId);
  const clear = (): void => {
    setKinds([]);
    setOpenOnly(false);
    setText('');
  };
  return (
    <>
      <Group gap="xs" mb="sm">
        <ImeTextInput
          size="xs"
          w={220}
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          data-search
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={14} />}
          rightSection={
            text && <CloseButton size="xs" aria-label={t('common:clear')} onClick={() => setText('')} />
          }
        />
        <MultiSelect
          size="xs"
          miw={200}
          aria-label={t('filter.kinds')}
          placeholder={kinds.length === 0 ? t('filter.allKinds') : ''}
          value={[...kinds]}
          data={ANOMALY_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(chosen) => setKinds(ANOMALY_KINDS.filter((kind) => chosen.includes(kind)))}
        />
        <Chip size="xs" checked={openOnly} onChange={setOpenOnly}>
          {t('filter.openOnly')}
        </Chip>
        <Fine>
          {t(all.length < LISTED ? 'filter.shown' : 'filter.shownOfNewest', {
            shown: format.number(rows.length),
            newest: format.number(all.length),
            total: format.number(Math.max(kept, all.length)),
          })}
        </Fine>
      </Group>
      <DataTable
        label={t('tab.anomalies')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        selected={openId}
        onOpen={(row) => setOpenId(row.id)}
        initialSort={{ key: 'at', down: true }}
        maxHeight="calc(var(--content-height) - 16rem)"
        empty={
          <EmptyState
            kind="no-result"
            title={t('filter.none')}
            action={{ label: t('filter.clear'), onClick: clear }}
          />
        }
      />
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpenId(null)}
        size={560}
        title={open && t(`kind.${open.kind}`)}
      >
        {open && <AnomalyCard anomaly={open} alone />}
      </Drawer>
    </>
  );
}
