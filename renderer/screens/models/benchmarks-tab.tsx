import { Button, Flex, Group, Select, Stack, Text, Title } from '@mantine/core';
import {
  IconArrowBackUp,
  IconEqual,
  IconPlayerPlay,
  IconTrendingDown,
  IconTrendingUp,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { MODEL_ROLES, type ModelBenchmark, type ModelRole } from '../../../main/llm/contract/models.ts';
import { orpc } from '../../engine-hooks.ts';
import { useRoute } from '../../router.ts';
import { TaskProgress, useRunningTask } from '../../tasks/task-progress.tsx';
import { ToneBadge } from '../../ui/badges.tsx';
import { type Column, DataTable, numberColumn, timeColumn } from '../../ui/data-table.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Fine, Note, Strong } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { TrendLine } from './benchmark-trend.tsx';
import { speedOf, useMsWords, useRateWords, useSpeedWords } from './benchmark-words.ts';
import classes from './models.module.css';
import type { TabProps } from './models-screen.tsx';
import { previousModel } from './previous-model.ts';

const MB = 1_000_000;
const KINDS = ['model-benchmark'];
const CHANGE = {
  better: { icon: IconTrendingUp, tone: 'ok' },
  worse: { icon: IconTrendingDown, tone: 'watch' },
  same: { icon: IconEqual, tone: 'calm' },
} as const;

/** `#/models/benchmarks?of=<model id>`: run one, see what changed, go back to the model before. */
export function BenchmarksTab({ overview }: TabProps) {
  const t = useWords('models');
  const runs = useQuery(orpc.models.benchmarks.queryOptions());
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} mb={4}>
          {t('bench.title')}
        </Title>
        <Note mb="sm">{t('bench.intro')}</Note>
        <RunForm overview={overview} />
      </section>
      {!runs.isSuccess && <Pending of={runs} count={4} />}
      {runs.data?.length === 0 && (
        <EmptyState kind="never" title={t('bench.none')} text={t('bench.noneText')} />
      )}
      {runs.data && runs.data.length > 0 && (
        <>
          <Comparisons runs={runs.data} overview={overview} />
          <Trends runs={runs.data} />
          <History runs={runs.data} />
        </>
      )}
    </Stack>
  );
}

function RunForm({ overview }: TabProps) {
  const t = useWords('models');
  const { query } = useRoute();
  const task = useRunningTask(KINDS);
  const usable = overview.models.filter((model) => ['ready', 'loading', 'loaded'].includes(model.state));
  const [picked, setPicked] = useState<string | null>(query['of'] ?? null);
  const model = usable.find(({ id }) => id === picked) ?? usable[0];
  const [wanted, setWanted] = useState<ModelRole | null>(null);
  const playing = overview.roles.find(({ modelId }) => modelId === model?.id)?.role;
  const role = model?.roles.find((r) => r === wanted) ?? playing ?? model?.roles[0];
  const run = useMutation(
    orpc.models.benchmark.mutationOptions({
      onSuccess: ({ modelName, asked, right }) =>
        showDone(t('bench.done', { name: modelName, asked, right })),
    }),
  );
  if (!model || !role)
    return (
      <Text size="sm" role="note">
        {t('bench.noModel')}
      </Text>
    );
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          w={280}
          label={t('bench.model')}
          data={usable.map(({ id, name }) => ({ value: id, label: name }))}
          value={model.id}
          onChange={setPicked}
        />
        <Select
          w={180}
          label={t('bench.role')}
          data={model.roles.map((r) => ({ value: r, label: t(`role.names.${r}`) }))}
          value={role}
          onChange={(value) => setWanted(MODEL_ROLES.find((r) => r === value) ?? null)}
        />
        <Button
          leftSection={<IconPlayerPlay size={15} />}
          disabled={task !== undefined}
          loading={run.isPending && task === undefined}
          onClick={() => run.mutate({ id: model.id, role })}
        >
          {t('bench.run')}
        </Button>
      </Group>
      {task && <TaskProgress task={task} label={t('bench.running')} />}
      <Failed of={run} />
    </Stack>
  );
}

/** Small differences are noise of the machine. */
const SAME = 0.1;
function Comparisons({ runs, overview }: TabProps & { readonly runs: readonly ModelBenchmark[] }) {
  const t = useWords('models');
  const pairs = MODEL_ROLES.map((role) => runs.filter((run) => run.role === role)).filter(
    (ofRole) => ofRole.length > 1,
  );
  if (pairs.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {t('bench.compared')}
      </Title>
      <Flex wrap="wrap" gap="0.75rem">
        {pairs.map(
          ([now, before]) => now && before && <Comparison key={now.role} {...{ now, before, overview }} />,
        )}
      </Flex>
    </section>
  );
}

function Comparison({
  now,
  before,
  overview,
}: TabProps & { readonly now: ModelBenchmark; readonly before: ModelBenchmark }) {
  const t = useWords('models');
  const speed = useSpeedWords();
  const role = overview.roles.find((r) => r.role === now.role);
  const previous = role ? previousModel(role, overview.models) : null;
  // what was measured last is what would be given up
  const canGoBack = role?.source === 'local' && role.modelId === now.modelId;
  const rollBack = useMutation(
    orpc.models.rollBack.mutationOptions({
      onSuccess: ({ models, roles }) => {
        const playing = roles.find((r) => r.role === now.role)?.modelId;
        const name = models.find(({ id }) => id === playing)?.name;
        if (name) showDone(t('role.done', { role: t(`role.names.${now.role}`), name }));
      },
    }),
  );
  const score = (run: ModelBenchmark): number => run.right / Math.max(1, run.asked);
  const rightOf = ({ right, asked }: ModelBenchmark): string => t('bench.rightOf', { right, asked });
  const [fast, slow] = [speedOf(now), speedOf(before)];
  const verdict = (change: number): 'better' | 'worse' | 'same' =>
    change > 0 ? 'better' : change < 0 ? 'worse' : 'same';
  const quicker = fast === null || slow === null || Math.abs(fast / slow - 1) < SAME ? 0 : fast - slow;
  const rows = [
    ['score', rightOf(now), rightOf(before), verdict(score(now) - score(before))],
    ['speedName', speed(now), speed(before), verdict(quicker)],
  ] as const;
  return (
    <div className={classes['trend']}>
      <div>
        <Strong>{t(`role.names.${now.role}`)}</Strong>
        <Fine>
          {before.modelName === now.modelName ? now.modelName : `${before.modelName} → ${now.modelName}`}
        </Fine>
      </div>
      {rows.map(([name, value, was, change]) => (
        <div key={name}>
          <Text size="sm">
            {t(`bench.${name}`)} {value} <ToneBadge {...CHANGE[change]} label={t(`bench.${change}`)} />
          </Text>
          <Fine>{t('bench.was', { value: was })}</Fine>
        </div>
      ))}
      {canGoBack && previous && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} />}
          loading={rollBack.isPending}
          onClick={() => rollBack.mutate({ role: now.role })}
        >
          {t('role.previous', { name: previous.name })}
        </Button>
      )}
      <Failed of={rollBack} />
    </div>
  );
}

function Trends({ runs }: { readonly runs: readonly ModelBenchmark[] }) {
  const groups = Map.groupBy(runs, (run) => `${run.modelId} ${run.role}`);
  return (
    <Flex wrap="wrap" gap="0.75rem">
      {[...groups].map(([key, ofModel]) => (
        <TrendLine key={key} runs={ofModel} />
      ))}
    </Flex>
  );
}

function History({ runs }: { readonly runs: readonly ModelBenchmark[] }) {
  const t = useWords('models');
  const format = useFormat();
  const ms = useMsWords();
  const rate = useRateWords();
  const columns = useMemo((): Column<ModelBenchmark>[] => {
    return [
      timeColumn('at', t('bench.column.at'), (r) => r.at),
      {
        key: 'model',
        label: t('bench.column.model'),
        sort: (run) => run.modelName,
        render: (run) => `${run.modelName} (${t(`role.names.${run.role}`)})`,
      },
      {
        key: 'right',
        label: t('bench.column.right'),
        align: 'right',
        oneLine: true,
        sort: (run) => run.right / Math.max(1, run.asked),
        render: ({ right, asked }) => t('bench.rightOf', { right, asked }),
      },
      numberColumn('load', t('bench.column.load'), (run) => run.loadMs, ms),
      numberColumn(
        'memory',
        t('bench.column.memory'),
        (run) => run.memoryMb,
        (mb) => format.bytes(mb * MB),
      ),
      numberColumn('choice', t('bench.column.choice'), (run) => run.choiceMs, ms),
      numberColumn('embed', t('bench.column.embed'), (run) => run.embeddingsPerSecond, rate),
      {
        key: 'backend',
        label: t('bench.column.backend'),
        sort: (run) => run.backend,
        render: (run) => t(`machine.backends.${run.backend}`),
      },
    ];
  }, [t, format, ms, rate]);
  return (
    <DataTable
      label={t('bench.title')}
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      initialSort={{ key: 'at', down: true }}
    />
  );
}
