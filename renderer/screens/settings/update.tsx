import { Alert, Button, Code, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc } from '../../engine-hooks.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';

/** A new version from a signed file: checked first, taken after a backup; a person runs the installer. */
export function Update() {
  const t = useWords('settings');
  const [file, setFile] = useState('');
  const check = useMutation(orpc.updates.check.mutationOptions());
  const take = useMutation(orpc.updates.take.mutationOptions());
  const isBusy = check.isPending || take.isPending;
  return (
    <FieldGroup title={t('update.title')} note={t('update.note')}>
      <Stack p="md" gap="sm">
        <ImeTextInput
          label={t('update.file')}
          value={file}
          onChange={(event) => {
            setFile(event.currentTarget.value);
            check.reset();
            take.reset();
          }}
        />
        <Group>
          <Button
            variant="default"
            disabled={file.trim() === '' || isBusy}
            loading={check.isPending}
            onClick={() => check.mutate({ file })}
          >
            {t('update.check')}
          </Button>
          {check.data && !take.data && (
            <Button loading={take.isPending} onClick={() => take.mutate({ file })}>
              {t('update.take', { version: check.data.version })}
            </Button>
          )}
        </Group>
        <ErrorState error={check.error ?? take.error} />
        {take.data && (
          <Alert color="teal" variant="light" role="status">
            <Stack gap="xs">
              {t('update.taken')}
              <Code block>{take.data.installer}</Code>
              {t('update.backup')}
              <Code block>{take.data.backup}</Code>
            </Stack>
          </Alert>
        )}
      </Stack>
    </FieldGroup>
  );
}
