import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { wordError } from '../../../../main/api/contract/errors.ts';
import type { LineFilter } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { toWordable } from '../../../errors.ts';
import { saveText } from '../../../ui/csv.ts';
import { showDone, showProblem } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

const FORMATS = ['text', 'csv', 'json'] as const;

/** The lines of the filter as a file. */
export function ExportMenu({
  filter,
  disabled,
}: {
  readonly filter: LineFilter;
  readonly disabled: boolean;
}) {
  const t = useWords('logs');
  const format = useFormat();
  const make = useMutation(
    orpc.logs.export.mutationOptions({
      onSuccess: (file) => {
        saveText(file.name, file.text, file.mime);
        showDone(t('export.done', { name: file.name }));
      },
      onError: (thrown) => {
        const { say, next } = wordError(toWordable(thrown), format.lang);
        showProblem(say, next);
      },
    }),
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          size={36}
          variant="default"
          aria-label={t('export.title')}
          title={t('export.title')}
          disabled={disabled}
          loading={make.isPending}
        >
          <IconDownload size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('export.limit')}</Menu.Label>
        {FORMATS.map((name) => (
          <Menu.Item key={name} onClick={() => make.mutate({ filter, format: name })}>
            {t(`export.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
