import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { TaskView } from '../../main/api/contract/system.ts';
import { orpc, useWallNow } from '../engine-hooks.ts';
import { ProgressRow } from '../ui/progress-row.tsx';
import { Failed } from '../ui/states.tsx';
import { showDone } from '../ui/undo-bar.tsx';
import { useWords } from '../words.ts';
import { nameWith, useAmountWords, useStageWords } from './stage-words.ts';

/** The newest running task of these kinds, if there is one; `about`: of those about it alone. */
export function useRunningTask(kinds: readonly string[], about?: string): TaskView | undefined {
  const list = useQuery(orpc.tasks.list.queryOptions()).data ?? [];
  return list.find(
    (task) =>
      task.state === 'running' && kinds.includes(task.kind) && (about === undefined || task.about === about),
  );
}

type Props = { readonly task: TaskView; readonly label: string };
/** A running task where the person started it: how far, how fast, how long, and the way out. */
export function TaskProgress({ task, label }: Props) {
  const t = useWords('tasks');
  const now = useWallNow(1000);
  const stage = useStageWords();
  const amount = useAmountWords();
  const stopped = useRef<string | null>(null);
  const cancel = useMutation(
    orpc.tasks.cancel.mutationOptions({
      onSuccess: ({ cancelled }, { id }) => {
        if (cancelled) stopped.current = id;
      },
    }),
  );
  // said when it has come to its end, not when it was asked to
  useEffect(
    () => () => {
      if (stopped.current === task.id) showDone(t('stopped'));
    },
    [task.id, t],
  );
  return (
    <div>
      <ProgressRow
        label={nameWith(label, task.about)}
        stage={cancel.variables?.id === task.id ? t('cancelling') : stage(task.stage)}
        amount={amount(task.kind)}
        done={task.done}
        total={task.total}
        elapsedMs={Math.max(0, now - task.startedAt)}
        onCancel={() => cancel.mutate({ id: task.id })}
      />
      <Failed of={cancel} />
    </div>
  );
}
