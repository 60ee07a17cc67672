import { Button, Drawer, Group, SegmentedControl, Stack, Title } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { Note } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { AddTable } from './add-table.tsx';
import { PreviewTable } from './preview-table.tsx';
import { NO_RULES, type Rules, RulesForm } from './rules-form.tsx';
import { useFormatNames } from './source-words.ts';

type Props = { readonly opened: boolean; readonly onClose: () => void };
const PATHS = ['file', 'folder', 'import'] as const;
const KINDS = [...PATHS, 'table'] as const;
type Kind = (typeof KINDS)[number];

/** A file or folder of this computer by its path, or a table of the company's, tried out before it is added. */
export function AddSource({ opened, onClose }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size="min(880px, 94vw)"
      title={t('add.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Kinds onClose={onClose} />}
    </Drawer>
  );
}

function Kinds({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('logs');
  const [kind, setKind] = useState<Kind>('file');
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('add.kind')}
        value={kind}
        onChange={(value) => setKind(KINDS.find((k) => k === value) ?? 'file')}
        data={KINDS.map((value) => ({ value, label: t(`add.kinds.${value}`) }))}
      />
      <Note>{t(`add.help.${kind}`)}</Note>
      {kind === 'table' ? <AddTable onClose={onClose} /> : <AddPath kind={kind} onClose={onClose} />}
    </Stack>
  );
}

type PathProps = { readonly kind: (typeof PATHS)[number]; readonly onClose: () => void };
function AddPath({ kind, onClose }: PathProps) {
  const { t } = useTranslation(['logs', 'common']);
  const { titleOf } = useFormatNames();
  const refresh = useRefresh();
  const [path, setPath] = useState('');
  const [rules, setRules] = useState<Rules>(NO_RULES);
  const preview = useMutation(orpc.logs.preview.mutationOptions());
  const add = useMutation(
    orpc.logs.addSource.mutationOptions({
      onSuccess: ({ name }) => {
        refresh('logs');
        showDone(t('add.done', { name }));
        onClose();
      },
    }),
  );
  const { name, ...others } = rules;
  const given = { ...others, ...(name.trim() ? { name: name.trim() } : {}) };
  const where = path.trim().replace(/^"(.*)"$/, '$1');
  const look = (): void => {
    if (where) preview.mutate({ path: where, rules: given });
  };
  const problem = add.error ?? preview.error;
  return (
    <Stack>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <ImeTextInput
          flex={1}
          label={t('add.path')}
          placeholder={
            kind === 'folder' ? 'C:\\logs\\app  /var/log/app' : 'C:\\logs\\app.log  /var/log/app.log'
          }
          data-autofocus
          maxLength={4096}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          onEnter={look}
        />
        <Button
          variant="default"
          leftSection={<IconEye size={16} />}
          disabled={!where}
          loading={preview.isPending}
          onClick={look}
        >
          {t('add.preview')}
        </Button>
      </Group>
      {problem && <ErrorState error={problem} />}
      {preview.data && <PreviewTable preview={preview.data} />}
      <Title order={3}>{t('add.rules')}</Title>
      <RulesForm
        kind={kind}
        rules={rules}
        detected={preview.data && { format: titleOf(preview.data.format), encoding: preview.data.encoding }}
        onChange={setRules}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!where}
          loading={add.isPending}
          onClick={() => add.mutate({ kind, path: where, rules: given })}
        >
          {t('add.add')}
        </Button>
      </Group>
    </Stack>
  );
}
