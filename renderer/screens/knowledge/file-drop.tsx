import { Button, FileButton, Stack } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import {
  KNOW_HOW_FILE_LIMIT,
  KNOW_HOW_FILES,
  OFFICE_FILE_LIMIT,
  OFFICE_FILES,
} from '../../../main/knowledge/contract/knowledge.ts';
import { orpc, useEngine } from '../../engine-hooks.ts';
import { toBase64 } from '../../stores/send-pieces.ts';
import { TaskProgress, useRunningTask } from '../../tasks/task-progress.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './knowledge.module.css';

const limitOf = (name: string): number =>
  OFFICE_FILES.some((ending) => name.toLowerCase().endsWith(ending))
    ? OFFICE_FILE_LIMIT
    : KNOW_HOW_FILE_LIMIT;

type Refused = { readonly name: string; readonly error: unknown };

/** Files become know-how by dropping or choosing them; one that cannot be read is named and the others go on. */
export function FileDrop() {
  const t = useWords('knowledge');
  const engine = useEngine();
  const format = useFormat();
  const reading = useRunningTask(['knowledge-file']);
  const [over, setOver] = useState(false);
  const addOne = async (file: File): Promise<void> => {
    const { name, size, lastModified } = file;
    // what is too large is not sent at all
    const limit = limitOf(name);
    if (size > limit)
      throw {
        code: 'knowledge.file-too-large',
        params: { name, size: format.bytes(size), limit: format.bytes(limit) },
      };
    await engine.knowledge.addFile({
      name,
      data: await toBase64(file),
      modifiedAt: Math.floor(lastModified),
    });
  };
  const take = useMutation({
    mutationKey: orpc.knowledge.key(),
    mutationFn: async (files: readonly File[]): Promise<{ added: number; refused: Refused[] }> => {
      const refused: Refused[] = [];
      for (const file of files)
        await addOne(file).catch((error: unknown) => refused.push({ name: file.name, error }));
      return { added: files.length - refused.length, refused };
    },
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
        onDragLeave={({ currentTarget, relatedTarget }) => {
          // from one child to another is not out of it
          if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
        }}
        onDrop={onDrop}
      >
        <IconFileText size={17} aria-hidden />
        {over ? t('dropping') : t('dropHere')}
        <FileButton
          multiple
          accept={KNOW_HOW_FILES.join(',')}
          onChange={(files) => files.length > 0 && take.mutate(files)}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" loading={take.isPending}>
              {t('pickFiles')}
            </Button>
          )}
        </FileButton>
      </div>
      {reading && <TaskProgress task={reading} label={t('reading')} />}
      {take.data?.refused.map(({ name, error }) => (
        <ErrorState key={name} error={error} />
      ))}
    </Stack>
  );
}
