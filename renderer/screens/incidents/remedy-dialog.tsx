import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Remedy } from '../../../main/api/contract/anomalies.ts';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { ImeTextarea, ImeTextInput } from '../../ui/ime.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';

type Props = {
  readonly opened: boolean;
  /** what to change; absent: a new one */
  readonly remedy?: Remedy;
  /** written for this incident */
  readonly incidentId?: string;
  readonly onClose: () => void;
};

/** A remedy in a person's own words. */
export function RemedyDialog(props: Props) {
  const t = useWords('incidents');
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      title={t(props.remedy ? 'remedy.edit' : 'remedy.write')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Form {...props} />
    </Modal>
  );
}

function Form({ remedy, incidentId, onClose }: Props) {
  const t = useWords('incidents');
  const refresh = useRefresh();
  const [title, setTitle] = useState(remedy?.title ?? '');
  const [steps, setSteps] = useState(remedy?.steps ?? '');
  const save = useMutation(
    orpc.incidents.saveRemedy.mutationOptions({
      onSuccess: () => {
        refresh('incidents');
        showDone(t('done.remedy'));
        onClose();
      },
    }),
  );
  const act = (): void => {
    if (title.trim() === '' || save.isPending) return;
    save.mutate({
      ...(remedy ? { id: remedy.id } : {}),
      ...(incidentId === undefined ? {} : { incidentId }),
      title: title.trim(),
      steps: steps.trim(),
    });
  };
  return (
    <Stack>
      <ImeTextInput
        label={t('remedy.title')}
        placeholder={t('remedy.titlePlaceholder')}
        value={title}
        maxLength={300}
        data-autofocus
        onChange={(event) => setTitle(event.currentTarget.value)}
        onEnter={act}
      />
      <ImeTextarea
        label={t('remedy.steps')}
        placeholder={t('remedy.stepsPlaceholder')}
        minRows={5}
        value={steps}
        maxLength={20_000}
        with="ctrl-enter"
        onChange={(event) => setSteps(event.currentTarget.value)}
        onEnter={act}
      />
      {save.isError && <ErrorState error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={title.trim() === ''} loading={save.isPending} onClick={act}>
          {t('remedy.save')}
        </Button>
      </Group>
    </Stack>
  );
}
