import { Box, Collapse, Loader, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAlertCircle,
  IconCheck,
  IconChevronRight,
  IconCircleDashed,
  IconMinus,
} from '@tabler/icons-react';
import type { Lang } from '../../../main/api/contract/common.ts';
import { formatNumber } from '../../../main/api/contract/format.ts';
import type { Step } from '../../../main/chat/contract/chat.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';
import { allSteps, totalMs } from './thread-model.ts';

const ICON = {
  waiting: <IconCircleDashed size={15} />,
  running: <Loader size={13} />,
  done: <IconCheck size={15} />,
  skipped: <IconMinus size={15} />,
  failed: <IconAlertCircle size={15} />,
};

/** The five steps with their times: open while they run, one line afterwards. */
export function Steps({ steps, running }: { readonly steps: readonly Step[]; readonly running: boolean }) {
  const t = useWords('chat');
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure(false);
  const all = allSteps(steps);
  const total = totalMs(steps);
  const list = (
    <ol className={classes['steps']}>
      {all.map((step) => (
        <li key={step.step} data-state={step.state}>
          <span className={classes['stepIcon']} aria-hidden>
            {ICON[step.state]}
          </span>
          <Box component="span" fw={600}>
            {t(`step.${step.step}`)}
          </Box>
          <Text span inherit truncate miw={0} c="dimmed">
            {step.note ? step.note[format.lang] : t(`stepState.${step.state}`)}
          </Text>
          <Box component="span" c="dimmed">
            {step.ms === null ? '' : formatDuration(step.ms, format.lang)}
          </Box>
        </li>
      ))}
    </ol>
  );
  if (running) return list;
  return (
    <div>
      <UnstyledButton className={classes['stepsToggle']} onClick={toggle} aria-expanded={opened}>
        <IconChevronRight size={14} data-open={opened || undefined} />
        {total === null ? t('stepsShow') : t('stepsDone', { time: formatDuration(total, format.lang) })}
      </UnstyledButton>
      <Collapse expanded={opened}>{list}</Collapse>
    </div>
  );
}

/** A step's time: `1.4秒` / `1.4 s`; `0.1秒未満` / `under 0.1 s` for what nobody notices. */
const formatDuration = (ms: number, lang: Lang): string => {
  if (ms < 100) return lang === 'ja' ? '0.1秒未満' : 'under 0.1 s';
  return `${formatNumber(ms / 1000, lang, 1)}${lang === 'ja' ? '秒' : ' s'}`;
};
