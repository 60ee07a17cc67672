import { Modal, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Anomaly } from '../../../main/anomalies/contract/anomalies.ts';
import { engineNow, orpc } from '../../engine-hooks.ts';
import { DialogActions } from '../../ui/confirm-dialog.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Failed } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Props = { readonly opened: boolean; readonly anomaly: Anomaly; readonly onClose: () => void };
const HOUR = 3_600_000;
const LENGTHS = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR, forever: null } as const;
type Length = keyof typeof LENGTHS;
const NAMES = ['hour', 'day', 'week', 'month', 'forever'] as const;
type Scope = 'template' | 'templateAll' | 'service';

/** "This is expected until …": quiet for a time, with a reason, and taken back with one click. */
export function ExpectDialog({ opened, anomaly, onClose }: Props) {
  const t = useWords('incidents');
  return (
    <Modal opened={opened} onClose={onClose} title={t('expect.title')}>
      <Form anomaly={anomaly} onClose={onClose} />
    </Modal>
  );
}

function Form({ anomaly, onClose }: Omit<Props, 'opened'>) {
  const t = useWords('incidents');
  const format = useFormat();
  const { kind, templateId, service } = anomaly;
  const scopes: Scope[] = [
    ...(templateId === null ? [] : (['template', 'templateAll'] as const)),
    ...(service ? (['service'] as const) : []),
  ];
  const [scope, setScope] = useState<Scope | undefined>(scopes[0]);
  const [length, setLength] = useState<Length>('day');
  const [why, setWhy] = useState('');
  const expect = useMutation(orpc.anomalies.expect.mutationOptions());
  const unexpect = useMutation(orpc.anomalies.unexpect.mutationOptions());
  const ms = LENGTHS[length];
  const until = ms === null ? null : engineNow() + ms;
  const untilWords =
    until === null ? t('expect.forever') : t('expect.untilAt', { time: format.dateTime(until) });
  const save = (): void =>
    expect.mutate(
      {
        kind: scope === 'templateAll' ? null : kind,
        templateId: scope === 'service' ? null : templateId,
        service: scope === 'service' ? service : null,
        until,
        why: why.trim() || null,
      },
      {
        onSuccess: ({ id }) => {
          onClose();
          showUndoBar(t('expect.done', { until: untilWords }), () => unexpect.mutate({ id }));
        },
      },
    );
  return (
    <Stack>
      <Text size="sm">{t('expect.lead')}</Text>
      {scopes.length > 0 && (
        <Radio.Group
          label={t('expect.what')}
          value={scope ?? ''}
          onChange={(chosen) => setScope(scopes.find((name) => name === chosen))}
        >
          <Stack gap={6} mt={6}>
            {scopes.map((name) => (
              <Radio
                key={name}
                value={name}
                label={t(`expect.${name}`, { kind: t(`kind.${kind}`), service: service ?? '' })}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('expect.until')}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('expect.until')}
          value={length}
          data={NAMES.map((name) => ({ value: name, label: t(`expect.${name}`) }))}
          onChange={setLength}
        />
        <Fine mt={4}>{until === null ? t('expect.foreverHelp') : untilWords}</Fine>
      </div>
      <ImeTextInput
        label={t('expect.why')}
        placeholder={t('expect.whyPlaceholder')}
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.currentTarget.value)}
        onEnter={save}
      />
      <Failed of={expect} />
      <DialogActions
        confirm={t('expect.save')}
        onClose={onClose}
        loading={expect.isPending}
        onConfirm={save}
      />
    </Stack>
  );
}
