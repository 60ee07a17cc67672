import { Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Remedy } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { DialogActions } from '../../ui/confirm-dialog.tsx';
import { ImeTextarea, ImeTextInput } from '../../ui/ime.tsx';
import { Failed } from '../../ui/states.tsx';
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
    >
      <Form {...props} />
    </Modal>
  );
}

function Form({ remedy, incidentId, onClose }: Props) {
  const t = useWords('incidents');
  const [title, setTitle] = useState(remedy?.title ?? '');
  const [steps, setSteps] = useState(remedy?.steps ?? '');
  const save = useMutation(
    orpc.incidents.saveRemedy.mutationOptions({
      onSuccess: () => {
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
      <Failed of={save} />
      <DialogActions
        confirm={t('remedy.save')}
        onClose={onClose}
        disabled={title.trim() === ''}
        loading={save.isPending}
        onConfirm={act}
      />
    </Stack>
  );
}
