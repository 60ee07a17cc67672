import { Box, Button, Group, Loader } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { SolveProgress as Progress } from '../../main/placement/contract/placement.ts';
import { Fine, Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

const PHASES = ['loading', 'greedy', 'direct', 'chain', 'relaxations'] as const;
type Props = {
  readonly title: string;
  readonly progress: Progress | null;
  readonly onCancel: () => void;
};

/** Where the solver is, the best plan so far, and the way to stop it. */
export function SolveProgress({ title, progress, onCancel }: Props) {
  const t = useWords('proposals');
  const format = useFormat();
  const at = progress ? [...PHASES, 'done'].indexOf(progress.phase) : 0;
  return (
    <Group
      gap={14}
      wrap="nowrap"
      p="12px 16px"
      bd="1px solid var(--mantine-color-default-border)"
      bdrs="md"
      bg="var(--surface)"
      role="status"
    >
      <Loader size="sm" />
      <Box flex={1} miw={0}>
        <Strong>{title}</Strong>
        <ol className={classes['phases']}>
          {PHASES.map((phase, i) => (
            <li key={phase} data-state={i < at ? 'done' : i === at ? 'now' : 'next'}>
              {i < at && <IconCheck size={12} aria-hidden />}
              {t(`solve.phase.${phase}`)}
            </li>
          ))}
        </ol>
        {progress && (
          <Fine>
            {[
              progress.seconds >= 0.1 && t('solve.elapsed', { seconds: format.number(progress.seconds, 1) }),
              progress.moves !== null && t('solve.moves', { count: progress.moves }),
            ]
              .filter(Boolean)
              .join(format.dot)}
          </Fine>
        )}
      </Box>
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        {t('solve.cancel')}
      </Button>
    </Group>
  );
}
