import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { POLICY_WORDS as W } from '../../main/settings/contract/words.ts';
import { orpc } from '../engine-hooks.ts';
import { useUi } from '../stores/ui.ts';
import { ImeTextInput } from '../ui/ime.tsx';
import { ErrorState } from '../ui/states.tsx';
import { Note } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { useChangeSettings } from './use-applied-settings.ts';

/** Asks for the name or the PIN that a decision needs, then makes the decision. */
export function AskDecider() {
  const { asks, ask } = useUi();
  const t = useWords('common');
  const { pick } = useFormat();
  const [text, setText] = useState('');
  const close = (): void => {
    ask(null);
    setText('');
    name.reset();
    pin.reset();
  };
  const onSuccess = (): void => {
    close();
    asks?.again();
  };
  const name = useChangeSettings();
  const pin = useMutation(orpc.policy.unlock.mutationOptions({ onSuccess }));
  const isPin = asks?.what === 'pin';
  const error = isPin ? pin.error : name.error;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isPin) pin.mutate({ pin: text });
    else name.mutate({ userName: text.trim() }, { onSuccess });
  };
  return (
    <Modal
      opened={asks !== null}
      onClose={close}
      title={pick(isPin ? W.askPin : W.askName)}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Note>{pick(isPin ? W.askPinText : W.askNameText)}</Note>
          {isPin ? (
            <PasswordInput
              label={pick(W.pin)}
              autoComplete="off"
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
              data-autofocus
            />
          ) : (
            <ImeTextInput
              label={pick(W.name)}
              maxLength={100}
              autoComplete="name"
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
              data-autofocus
            />
          )}
          {error !== null && <ErrorState error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={text.trim() === ''} loading={pin.isPending || name.isPending}>
              {pick(W.go)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
