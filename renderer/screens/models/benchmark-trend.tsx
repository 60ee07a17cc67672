import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MODEL_ROLES, type ModelBenchmark } from '../../../main/llm/contract/models.ts';
import { Sparkline } from '../../charts/mini-bars.tsx';
import { orpc } from '../../engine-hooks.ts';
import { Pending } from '../../ui/states.tsx';
import { Fine, Note, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { useSpeedWords } from './benchmark-words.ts';
import classes from './models.module.css';

/** What a model has scored so far, role by role: the line of its scores and the newest figures. */
export function ModelTrend({ modelId }: { readonly modelId: string }) {
  const t = useWords('models');
  const runs = useQuery(orpc.models.benchmarks.queryOptions());
  if (!runs.isSuccess) return <Pending of={runs} count={1} />;
  const own = runs.data.filter((run) => run.modelId === modelId);
  if (own.length === 0) return <Note>{t('bench.none')}</Note>;
  return (
    <Stack gap="xs">
      {MODEL_ROLES.map((role) => {
        const ofRole = own.filter((run) => run.role === role);
        return ofRole.length > 0 && <TrendLine key={role} runs={ofRole} />;
      })}
    </Stack>
  );
}

/** Runs of one model in one role, newest first. */
export function TrendLine({ runs }: { readonly runs: readonly ModelBenchmark[] }) {
  const t = useWords('models');
  const format = useFormat();
  const speed = useSpeedWords();
  const [newest] = runs;
  if (!newest) return null;
  const role = t(`role.names.${newest.role}`);
  return (
    <div className={classes['trend']}>
      <div>
        <Strong>{newest.modelName}</Strong>
        <Fine>{role}</Fine>
      </div>
      {runs.length > 1 && (
        <Sparkline
          values={runs.map((run) => run.right / Math.max(1, run.asked)).reverse()}
          scale="share"
          width={110}
          height={30}
          label={t('bench.trend', { role, n: format.number(runs.length) })}
        />
      )}
      <Text size="sm">
        {t('bench.score')} {t('bench.rightOf', { right: newest.right, asked: newest.asked })}
      </Text>
      <Text size="sm">
        {t('bench.speedName')} {speed(newest)}
      </Text>
    </div>
  );
}
