import { Button, Group, Modal, Paper, Radio, Stack, TagsInput, Text } from '@mantine/core';
import { IconFolder, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { Folder } from '../../../main/knowledge/contract/knowledge.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, ErrorState, Failed, Pending } from '../../ui/states.tsx';
import { Note, Strong, TimeText } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const RISK = { waiting: 'unknown', watching: 'ok', unreachable: 'watch', emptied: 'watch' } as const;

/** Folders whose documents are know-how: watch another, look now, stop. */
export function FoldersTab() {
  const t = useWords('knowledge');
  const folders = useQuery(orpc.knowledge.folders.queryOptions());
  const [stopping, setStopping] = useState<Folder | null>(null);
  return (
    <Stack gap="md">
      <Note>{t('folders.intro')}</Note>
      <WatchForm />
      {!folders.isSuccess && <Pending of={folders} count={3} />}
      {folders.data?.length === 0 && (
        <EmptyState
          kind="never"
          icon={<IconFolder size={28} stroke={1.5} />}
          title={t('folders.empty')}
          text={t('folders.emptyText')}
        />
      )}
      {folders.data?.map((folder) => (
        <FolderCard key={folder.id} folder={folder} onStop={() => setStopping(folder)} />
      ))}
      {stopping && <StopDialog folder={stopping} onClose={() => setStopping(null)} />}
    </Stack>
  );
}

function WatchForm() {
  const t = useWords('knowledge');
  const [path, setPath] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const watch = useMutation(
    orpc.knowledge.watch.mutationOptions({
      onSuccess: () => {
        setPath('');
        setTags([]);
        showDone(t('folders.watching'));
      },
    }),
  );
  const start = (): void => {
    if (path.trim() && !watch.isPending) watch.mutate({ path: path.trim(), tags });
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs" wrap="wrap">
        <ImeTextInput
          flex="2 1 20rem"
          label={t('folders.path')}
          placeholder={t('folders.placeholder')}
          maxLength={1000}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          onEnter={start}
        />
        <TagsInput
          flex="1 1 12rem"
          label={t('tags')}
          maxTags={20}
          value={tags}
          onChange={(given) => setTags(given.map((tag) => tag.slice(0, 50)))}
        />
        <Button disabled={!path.trim()} loading={watch.isPending} onClick={start}>
          {t('folders.watch')}
        </Button>
      </Group>
      <Failed of={watch} />
    </Stack>
  );
}

function FolderCard({ folder, onStop }: { readonly folder: Folder; readonly onStop: () => void }) {
  const t = useWords('knowledge');
  const format = useFormat();
  const scan = useMutation(orpc.knowledge.scan.mutationOptions());
  return (
    <Paper component="article" withBorder p="md" bg="var(--surface)" aria-label={folder.path}>
      <Stack gap="xs">
        <Group justify="space-between" gap="sm" wrap="wrap">
          <Group gap="xs" miw={0}>
            <IconFolder size={17} aria-hidden />
            <Strong style={{ overflowWrap: 'anywhere' }}>{folder.path}</Strong>
            <RiskBadge risk={RISK[folder.state]} label={t(`folders.states.${folder.state}`)} />
          </Group>
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              loading={scan.isPending}
              onClick={() => scan.mutate({ id: folder.id })}
            >
              {t('folders.scan')}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={onStop}>
              {t('folders.stop')}
            </Button>
          </Group>
        </Group>
        <Text size="sm" component="div">
          {t('folders.documents', { n: format.number(folder.documents) })}
          {folder.otherFiles > 0 &&
            `${format.dot}${t('folders.others', { n: format.number(folder.otherFiles) })}`}
          {folder.tags.length > 0 && `${format.dot}${t('tags')}: ${format.list(folder.tags)}`}
          {folder.scannedAt !== null && (
            <>
              {format.dot}
              {t('folders.scanned')} <TimeText at={folder.scannedAt} />
            </>
          )}
        </Text>
        {folder.problem && <ErrorState error={fromErrorData(folder.problem)} />}
        <Failed of={scan} />
        {folder.refused.length > 0 && <Refused folder={folder} />}
      </Stack>
    </Paper>
  );
}

function Refused({ folder }: { readonly folder: Folder }) {
  const t = useWords('knowledge');
  const { lang } = useFormat();
  return (
    <div>
      <Strong>{t('folders.refused')}</Strong>
      {folder.refused.map(({ path, problem }) => {
        const { say, next } = wordError(fromErrorData(problem), lang);
        return (
          <Text key={path} size="xs" style={{ overflowWrap: 'anywhere' }}>
            <b>{path}</b> — {say} {next}
          </Text>
        );
      })}
    </div>
  );
}

function StopDialog({ folder, onClose }: { readonly folder: Folder; readonly onClose: () => void }) {
  const t = useWords('knowledge');
  const [documents, setDocuments] = useState<'keep' | 'remove'>('keep');
  const unwatch = useMutation(
    orpc.knowledge.unwatch.mutationOptions({
      onSuccess: () => {
        showDone(t('folders.stopped'));
        onClose();
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={t('folders.stopTitle', { path: folder.path })}>
      <Stack>
        <Radio.Group
          aria-label={t('folders.stop')}
          value={documents}
          onChange={(value) => setDocuments(value === 'remove' ? 'remove' : 'keep')}
        >
          <Stack gap="xs">
            <Radio value="keep" label={t('folders.keep')} description={t('folders.keepHelp')} />
            <Radio value="remove" label={t('folders.remove')} description={t('folders.removeHelp')} />
          </Stack>
        </Radio.Group>
        <Failed of={unwatch} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:close')}
          </Button>
          <Button
            {...(documents === 'remove' ? { color: 'red' } : {})}
            loading={unwatch.isPending}
            onClick={() => unwatch.mutate({ id: folder.id, documents })}
          >
            {t('folders.stop')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
