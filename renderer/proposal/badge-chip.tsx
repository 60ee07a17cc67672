import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClockPause, IconMathFunction } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Badge } from '../../main/api/contract/placement.ts';
import { wordBadge } from '../../main/api/contract/words/placement.ts';
import { Note, Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './proposal.module.css';

const ICON = {
  optimal: IconCircleCheck,
  gap: IconMathFunction,
  'time-limit': IconClockPause,
  greedy: IconAlertTriangle,
  cancelled: IconClockPause,
  'nothing-needed': IconCircleCheck,
  'no-move-helps': IconAlertTriangle,
};
const SURE: readonly Badge['kind'][] = ['optimal', 'gap', 'nothing-needed'];

/** How good the plan is and how that is known; the explanation is one click away. */
export function BadgeChip({ badge }: { readonly badge: Badge }) {
  const { t } = useTranslation('proposals');
  const { lang } = useFormat();
  const Icon = ICON[badge.kind];
  return (
    <Popover width={320} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton
          className={classes['chip']}
          data-tone={SURE.includes(badge.kind) ? 'ok' : 'watch'}
          aria-label={`${t('badge.title')}: ${wordBadge(badge, lang)}`}
        >
          <Icon size={14} aria-hidden />
          {wordBadge(badge, lang)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          <Strong>{t('badge.title')}</Strong>
          <Text size="sm">{t(`badge.${badge.kind}`)}</Text>
          {badge.mode !== 'none' && <Text size="sm">{t(`badge.${badge.mode}`)}</Text>}
          {badge.incumbents > 1 && <Note>{t('badge.incumbents', { count: badge.incumbents })}</Note>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
