import { Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { TaskView } from '../../../main/api/contract/system.ts';
import { orpc, useWallNow } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { CATALOGUE } from '../../locales/index.ts';
import { nameWith, useAmountWords, useStageWords } from '../../tasks/stage-words.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { ProgressRow } from '../../ui/progress-row.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Task = z.infer<typeof TaskView>;
type Kind = keyof typeof CATALOGUE.tasks.kinds;

function useTaskName(): (task: Pick<Task, 'kind' | 'about'>) => string {
  const t = useWords('tasks');
  const isKnown = (kind: string): kind is Kind => kind in CATALOGUE.tasks.kinds;
  return ({ kind, about }) => nameWith(isKnown(kind) ? t(`kinds.${kind}`) : kind, about);
}

export function TasksScreen() {
  const t = useWords('tasks');
  const list = useQuery(orpc.tasks.list.queryOptions());
  const running = list.data?.filter((task) => task.state === 'running') ?? [];
  const ended = list.data?.filter((task) => task.state !== 'running') ?? [];
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      {!list.isSuccess && <Pending of={list} />}
      {list.data?.length === 0 && <EmptyState kind="never" title={t('empty')} text={t('emptyText')} />}
      {list.data && list.data.length > 0 && (
        <Stack gap="lg">
          <Running tasks={running} />
          {ended.length > 0 && <Ended tasks={ended} />}
        </Stack>
      )}
    </>
  );
}

function Running({ tasks }: { readonly tasks: readonly Task[] }) {
  const t = useWords('tasks');
  const nameOf = useTaskName();
  const stage = useStageWords();
  const amount = useAmountWords();
  const now = useWallNow(1000);
  const cancel = useMutation(orpc.tasks.cancel.mutationOptions());
  return (
    <Stack gap="sm">
      <Title order={2}>{t('running')}</Title>
      <Failed of={cancel} />
      {tasks.length === 0 && <Note>{t('none')}</Note>}
      {tasks.map((task) => (
        <Paper key={task.id} withBorder p="md" bg="var(--surface)">
          <ProgressRow
            label={nameOf(task)}
            stage={cancel.variables?.id === task.id ? t('cancelling') : stage(task.stage)}
            amount={amount(task.kind)}
            done={task.done}
            total={task.total}
            elapsedMs={Math.max(0, now - task.startedAt)}
            onCancel={() => cancel.mutate({ id: task.id })}
          />
        </Paper>
      ))}
    </Stack>
  );
}

const ICON = {
  done: IconCircleCheck,
  failed: IconCircleX,
  cancelled: IconPlayerStop,
  running: IconPlayerStop,
};
const TONE = {
  done: 'var(--ok-text)',
  failed: 'var(--danger-text)',
  cancelled: 'inherit',
  running: 'inherit',
};

function Result({ task }: { readonly task: Task }) {
  const t = useWords('tasks');
  const { lang } = useFormat();
  const Icon = ICON[task.state];
  const words = task.error && wordError(fromErrorData(task.error), lang);
  return (
    <div>
      <Text size="sm" span c={TONE[task.state]}>
        <Icon size={14} aria-hidden /> {t(`states.${task.state}`)}
      </Text>
      {words && (
        <Text size="xs">
          {words.say} {words.next}
        </Text>
      )}
    </div>
  );
}

function Ended({ tasks }: { readonly tasks: readonly Task[] }) {
  const t = useWords('tasks');
  const format = useFormat();
  const nameOf = useTaskName();
  const amount = useAmountWords();
  const columns = useMemo<Column<Task>[]>(() => {
    const tookMs = (task: Task): number => (task.endedAt ?? task.startedAt) - task.startedAt;
    const writeTook = (ms: number): string =>
      ms < 60_000 ? t('common:seconds', { n: format.number(ms / 1000, 1) }) : format.minutes(ms / 60_000);
    return [
      textColumn('kind', t('kind'), nameOf),
      {
        key: 'state',
        label: t('state'),
        sort: (task) => task.state,
        render: (task) => <Result task={task} />,
      },
      {
        key: 'done',
        label: t('amount'),
        align: 'right',
        sort: (task) => task.done,
        render: (task) => amount(task.kind)(task.done),
      },
      {
        key: 'took',
        label: t('took'),
        align: 'right',
        sort: tookMs,
        render: (task) => writeTook(tookMs(task)),
      },
      timeColumn('at', t('startedAt'), (task) => task.startedAt, { align: 'right' }),
    ];
  }, [t, format, nameOf, amount]);
  return (
    <Stack gap="sm">
      <Title order={2}>{t('ended')}</Title>
      <DataTable label={t('ended')} columns={columns} rows={tasks} rowKey={(task) => task.id} />
    </Stack>
  );
}
