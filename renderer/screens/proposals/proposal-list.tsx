import { Button, Menu, SegmentedControl, Text } from '@mantine/core';
import { IconCalendarPlus, IconChevronDown, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ProposalView } from '../../../main/placement/contract/placement.ts';
import { wordBadge } from '../../../main/placement/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { StatusChip, WriteBackChip } from '../../proposal/chips.tsx';
import { headlineOf, scopeOf } from '../../proposal/headline.ts';
import { navigate } from '../../router.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const SHOWS = ['all', 'open', 'decided'] as const;
type Show = (typeof SHOWS)[number];
const shows = (view: ProposalView, show: Show): boolean =>
  show === 'all' || (show === 'open') === (view.proposal.status === 'open');

export function ProposalList() {
  const t = useWords('proposals');
  const list = useQuery(orpc.placement.list.queryOptions({ input: { limit: 500 } }));
  const [show, setShow] = useState<Show>('all');
  const rows = useMemo(() => list.data?.filter((view) => shows(view, show)) ?? [], [list.data, show]);
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<MakeMenu />} />
      {!list.isSuccess && <Pending of={list} />}
      {list.data?.length === 0 && (
        <EmptyState
          kind="never"
          title={t('empty.title')}
          text={t('empty.text')}
          action={{
            label: t('makeToday'),
            onClick: () => navigate('proposals', null, { horizon: 'today' }),
          }}
        />
      )}
      {list.data && list.data.length > 0 && (
        <>
          <SegmentedControl
            size="xs"
            mb="sm"
            aria-label={t('filter.label')}
            value={show}
            onChange={setShow}
            data={SHOWS.map((value) => ({ value, label: t(`filter.${value}`) }))}
          />
          {rows.length === 0 ? (
            <EmptyState
              kind="no-result"
              title={t('empty.filterTitle')}
              action={{ label: t('empty.showAll'), onClick: () => setShow('all') }}
            />
          ) : (
            <ProposalTable rows={rows} />
          )}
        </>
      )}
    </>
  );
}

function MakeMenu() {
  const t = useWords('proposals');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconSparkles size={16} />} rightSection={<IconChevronDown size={14} />}>
          {t('make')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconSparkles size={15} />}
          onClick={() => navigate('proposals', null, { horizon: 'today' })}
        >
          {t('makeToday')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCalendarPlus size={15} />}
          onClick={() => navigate('proposals', null, { horizon: 'next-day' })}
        >
          {t('makeNextDay')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ProposalTable({ rows }: { readonly rows: readonly ProposalView[] }) {
  const t = useWords('proposals');
  const format = useFormat();
  const businesses = useQuery(orpc.system.lookup.queryOptions()).data?.businesses;
  const columns = useMemo(
    (): Column<ProposalView>[] => [
      timeColumn('created', t('column.created'), ({ proposal }) => proposal.createdAt, { width: '130px' }),
      {
        key: 'status',
        label: t('column.status'),
        sort: ({ proposal }) => proposal.status,
        render: ({ proposal }) => (
          <>
            <StatusChip of={proposal} />
            {proposal.status === 'open' && proposal.stale && (
              <Text size="xs" c="var(--watch-text)">
                {t('stale.short')}
              </Text>
            )}
          </>
        ),
      },
      textColumn('scope', t('column.scope'), ({ proposal }) => scopeOf(proposal.scope, businesses ?? [], t)),
      {
        key: 'content',
        label: t('column.content'),
        render: ({ proposal }) => (
          <>
            {headlineOf(proposal, t, format)}
            <Fine>
              {[
                format.list(proposal.moves.map((move) => move.name)),
                proposal.moves.length > 0 && wordBadge(proposal.badge, format.lang),
              ]
                .filter(Boolean)
                .join(format.dot)}
            </Fine>
          </>
        ),
      },
      {
        key: 'writeBack',
        label: t('column.writeBack'),
        render: ({ decisions }) => {
          const last = decisions.toSorted((a, b) => b.at - a.at)[0];
          return last ? <WriteBackChip decision={last} /> : null;
        },
      },
    ],
    [t, format, businesses],
  );
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.proposal.id}
      onOpen={(row) => navigate('proposals', row.proposal.id)}
      maxHeight="calc(var(--content-height) - 8.5rem)"
      initialSort={{ key: 'created', down: true }}
    />
  );
}
