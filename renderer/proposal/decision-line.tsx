import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../main/api/contract/placement.ts';
import { useNow } from '../engine-hooks.ts';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { WriteBackChip } from './write-back-chip.tsx';

type Props = {
  readonly decision: Decision;
  readonly busy: boolean;
  readonly onUndo: () => void;
};
const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Who decided what and when, why, whether it has been written back, and for how long it can be undone. */
export function DecisionLine({ decision, busy, onUndo }: Props) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const now = useNow();
  const left = decision.undoUntil === null ? 0 : decision.undoUntil - now;
  return (
    <Group gap="sm">
      <Text size="sm">
        {t(`decided.${decision.action}`, {
          actor: decision.actor || t('decided.nobody'),
          time: format.dateTime(decision.at),
        })}
        {decision.reasonCode !== null && `: ${t(`reject.reasons.${decision.reasonCode}`)}`}
        {decision.undoes === null && decision.reasonText && ` – ${decision.reasonText}`}
      </Text>
      <WriteBackChip writeBack={decision.writeBack} />
      {left > 0 && (
        <Group gap="xs" className="no-print">
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconArrowBackUp size={14} />}
            loading={busy}
            onClick={onUndo}
          >
            {t('act.undo')}
          </Button>
          <Fine role="timer">{t('act.undoLeft', { time: clock(left) })}</Fine>
        </Group>
      )}
    </Group>
  );
}
