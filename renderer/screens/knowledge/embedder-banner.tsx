import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EmbedderStatus } from '../../../main/api/contract/knowledge.ts';
import { useEmbedderNames } from '../../embedder-names.ts';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { useStageWords } from '../../tasks/stage-words.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { ProgressRow } from '../../ui/progress-row.tsx';
import { Strong } from '../../ui/text.tsx';

/** While another embedder's indexes are made, or when that failed: what answers until then, and the way on. */
export function EmbedderBanner({ status }: { readonly status: EmbedderStatus }) {
  const { t } = useTranslation('knowledge');
  const nameOf = useEmbedderNames(status);
  const stageWords = useStageWords();
  const refresh = useRefresh();
  const onSettled = (): void => refresh('knowledge');
  const cancel = useMutation(orpc.tasks.cancel.mutationOptions({ onSettled }));
  const again = useMutation(orpc.knowledge.rebuild.mutationOptions({ onSettled }));
  const { state, task, problem } = status;
  if (state === 'serving') return null;
  const names = { name: nameOf(status.wanted), serving: nameOf(status.serving) };
  return (
    <Paper withBorder p="sm" mb="md" bg="var(--surface)">
      {state === 'rebuilding' ? (
        <ProgressRow
          label={t('embedder.rebuilding', names)}
          stage={stageWords(task?.stage ?? null)}
          done={task?.done ?? 0}
          total={task?.total ?? null}
          {...(task ? { onCancel: () => cancel.mutate({ id: task.id }) } : {})}
        />
      ) : (
        <Stack gap="xs">
          <Group justify="space-between">
            <Strong>{t(`embedder.${state}`, names)}</Strong>
            <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate({})}>
              {state === 'stopped' ? t('embedder.goOn') : t('embedder.again')}
            </Button>
          </Group>
          {problem && <ErrorState error={fromErrorData(problem)} />}
        </Stack>
      )}
      {(cancel.error ?? again.error) && <ErrorState error={cancel.error ?? again.error} />}
    </Paper>
  );
}
