import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REJECT_REASONS } from '../../main/api/contract/placement.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { ImeTextarea } from '../ui/ime.tsx';

type Reason = (typeof REJECT_REASONS)[number];
type Props = {
  readonly opened: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onReject: (reason: Reason, text: string) => void;
  readonly onClose: () => void;
};
const isReason = (value: string): value is Reason => REJECT_REASONS.some((reason) => reason === value);

/** Saying no takes a reason; a note may become a draft rule. */
export function RejectDialog({ opened, busy, error, onReject, onClose }: Props) {
  const { t } = useTranslation('proposals');
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState('');
  const submit = (): void => {
    if (reason && !busy) onReject(reason, text.trim());
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('reject.title')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack>
        <Radio.Group
          label={t('reject.why')}
          description={t('reject.hint')}
          value={reason ?? ''}
          onChange={(value) => isReason(value) && setReason(value)}
          withAsterisk
        >
          <Stack gap={8} mt="xs">
            {REJECT_REASONS.map((value, i) => (
              <Radio
                key={value}
                value={value}
                label={t(`reject.reasons.${value}`)}
                {...(i === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <ImeTextarea
          label={t('reject.note')}
          placeholder={t('reject.notePlaceholder')}
          value={text}
          maxLength={2000}
          onChange={(event) => setText(event.currentTarget.value)}
          with="ctrl-enter"
          onEnter={submit}
        />
        {error != null && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Text span>{t('act.cancel')}</Text>
          </Button>
          <Button color="red" disabled={reason === null} loading={busy} onClick={submit}>
            {t('reject.submit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
