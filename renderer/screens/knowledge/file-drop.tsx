import { Button, FileButton, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine, useRefresh } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import classes from './knowledge.module.css';
import { readKnowHowFile } from './read-file.ts';

type Refused = { readonly kind: 'not-text' | 'wrong-kind'; readonly name: string };

/** Files become know-how by dropping or choosing them; one that cannot be read is named and the others go on. */
export function FileDrop() {
  const { t } = useTranslation('knowledge');
  const engine = useEngine();
  const refresh = useRefresh();
  const [over, setOver] = useState(false);
  const take = useMutation({
    mutationFn: async (files: readonly File[]): Promise<{ added: number; refused: Refused[] }> => {
      const refused: Refused[] = [];
      for (const file of files) {
        const read = await readKnowHowFile(file);
        if (read.kind === 'read')
          await engine.knowledge.add({ title: read.title, text: read.text, source: 'file' });
        else refused.push(read);
      }
      return { added: files.length - refused.length, refused };
    },
    onSettled: () => refresh('knowledge'),
    onSuccess: ({ added }) => {
      if (added > 0) showDone(t('added', { n: added }));
    },
  });
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) take.mutate(files);
  };
  return (
    <Stack gap="xs">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button beside it as its keyboard way */}
      <div
        className={classes['drop']}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileText size={17} aria-hidden />
        {over ? t('dropping') : t('dropHere')}
        <FileButton
          multiple
          accept=".md,.markdown,.txt"
          onChange={(files) => files.length > 0 && take.mutate(files)}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" loading={take.isPending}>
              {t('pickFiles')}
            </Button>
          )}
        </FileButton>
      </div>
      {take.error && <ErrorState error={take.error} />}
      {take.data?.refused.map((file) => (
        <Text key={file.name} size="sm" c="var(--danger-text)" role="alert">
          {t(file.kind === 'not-text' ? 'notText' : 'wrongKind', { name: file.name })}
        </Text>
      ))}
    </Stack>
  );
}
