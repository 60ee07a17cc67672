import {
  Alert,
  Badge,
  Button,
  Code,
  Group,
  List,
  PasswordInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isWhole } from '../../../main/backup/contract/backup.ts';
import { wordDrill } from '../../../main/backup/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { TaskProgress, useRunningTask } from '../../tasks/task-progress.tsx';
import { CommitNumber, CommitText, FieldGroup, FieldRow } from '../../ui/fields.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { useSetting } from './use-setting.ts';

const EVERY = ['off', 'daily'] as const;
const KINDS = ['backup', 'backup-drill', 'backup-restore'] as const;
const LEAST = 8;

/** Backups: now, every day, and whether one can really be restored. */
export function Backup() {
  const t = useWords('settings');
  const format = useFormat();
  const { settings, loadError, reload, saveError, set } = useSetting();
  const overview = useQuery(orpc.backup.overview.queryOptions());
  const create = useMutation(
    orpc.backup.create.mutationOptions({ onSuccess: () => showDone(t('backup.made')) }),
  );
  const drill = useMutation(orpc.backup.drill.mutationOptions());
  const running = useRunningTask(KINDS);
  // from the press on: the list of tasks tells a moment later
  const isBusy = running !== undefined || create.isPending || drill.isPending;
  const error = loadError ?? overview.error;
  if (error)
    return <ErrorState error={error} retry={() => (loadError ? reload() : void overview.refetch())} />;
  if (!settings || !overview.data) return <Loading />;
  const { files, failed, hasPassphrase, drill: last, folder } = overview.data;
  const { backup } = settings;
  const change = (to: Partial<typeof backup>): void => set({ backup: { ...backup, ...to } });
  const problem = saveError ?? create.error ?? drill.error;
  const kind = KINDS.find((one) => one === running?.kind) ?? 'backup';
  return (
    <Stack gap="lg">
      <ErrorState error={problem} />
      {failed && (
        <Alert color="red" title={t('backup.failed', { at: format.dateTime(failed.at) })}>
          <ErrorState error={failed.error} />
        </Alert>
      )}
      <FieldGroup title={t('tabs.backup')}>
        <Stack p="md" gap="sm">
          <Text size="sm">{t('backup.intro')}</Text>
          {running ? (
            <TaskProgress task={running} label={t(`tasks:kinds.${kind}`)} />
          ) : (
            <Group>
              <Button disabled={isBusy} onClick={() => create.mutate({})}>
                {t('backup.now')}
              </Button>
            </Group>
          )}
        </Stack>
      </FieldGroup>
      <FieldGroup title={t('backup.every')}>
        <FieldRow label={t('backup.every')} help={t('backup.everyHelp')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('backup.every')}
            value={backup.every}
            onChange={(every) => change({ every })}
            data={EVERY.map((value) => ({ value, label: t(`backup.${value}`) }))}
          />
        </FieldRow>
        <FieldRow label={t('backup.keep')} help={t('backup.keepHelp')} htmlFor="backup-keep">
          <CommitNumber
            id="backup-keep"
            min={1}
            max={60}
            value={backup.keep}
            onCommit={(keep) => change({ keep })}
          />
        </FieldRow>
        <FieldRow label={t('backup.folder')} help={t('backup.folderHelp')} htmlFor="backup-folder">
          <CommitText
            id="backup-folder"
            placeholder={folder}
            value={backup.folder}
            onCommit={(to) => change({ folder: to })}
          />
        </FieldRow>
        <FieldRow label={t('backup.encrypt')} help={t('backup.encryptHelp')} htmlFor="backup-encrypt">
          <Stack gap="xs">
            <Switch
              id="backup-encrypt"
              checked={backup.encrypt}
              onChange={(event) => change({ encrypt: event.currentTarget.checked })}
            />
            {backup.encrypt && <Passphrase has={hasPassphrase} />}
          </Stack>
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={t('backup.files')}>
        <Stack p="md" gap="xs">
          <Text size="sm" c="dimmed">
            {files.length === 0 ? t('backup.none') : t('backup.drillHelp')}
          </Text>
          {files.map(({ file, madeAt, bytes, encrypted }) => (
            <Group key={file} justify="space-between">
              <Group gap="xs">
                <Text size="sm">{format.dateTime(madeAt)}</Text>
                <Text size="sm" c="dimmed">
                  {format.bytes(bytes)}
                </Text>
                {encrypted && <Badge variant="light">{t('backup.encrypted')}</Badge>}
              </Group>
              <Button size="xs" variant="default" disabled={isBusy} onClick={() => drill.mutate({ file })}>
                {t('backup.drill')}
              </Button>
            </Group>
          ))}
        </Stack>
      </FieldGroup>
      <FieldGroup title={t('backup.lastDrill')}>
        <Stack p="md" gap="xs">
          {last ? (
            <Alert
              variant="light"
              color={isWhole(last) ? 'teal' : 'red'}
              title={`${format.dateTime(last.at)}${format.dot}${baseName(last.file)}`}
            >
              <List size="sm" listStyleType="none">
                {wordDrill(last, format.lang).map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
            </Alert>
          ) : (
            <Text size="sm">{t('backup.noDrill')}</Text>
          )}
        </Stack>
      </FieldGroup>
      <Restore newest={files[0]?.file ?? ''} isBusy={isBusy} />
    </Stack>
  );
}

const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** A backup back into a new folder. */
function Restore({ newest, isBusy }: { readonly newest: string; readonly isBusy: boolean }) {
  const t = useWords('settings');
  const about = useQuery(orpc.system.about.queryOptions()).data;
  const [given, setGiven] = useState<string | null>(null);
  const [folder, setFolder] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const restore = useMutation(orpc.backup.restore.mutationOptions());
  const file = given ?? newest;
  const dir = folder ?? (about ? `${about.dataDir}-restored` : '');
  return (
    <FieldGroup title={t('backup.restore')} note={t('backup.restoreText')}>
      <Stack p="md" gap="sm">
        <ImeTextInput
          label={t('backup.restoreFile')}
          value={file}
          onChange={(event) => setGiven(event.currentTarget.value)}
        />
        <ImeTextInput
          label={t('backup.restoreTo')}
          value={dir}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        {file.endsWith('.sealed') && (
          <PasswordInput
            label={t('backup.passphrase')}
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
        )}
        <ErrorState error={restore.error} />
        <Group>
          <Button
            variant="default"
            disabled={isBusy || file.trim() === '' || dir.trim() === ''}
            loading={restore.isPending}
            onClick={() => restore.mutate({ file, dir, ...(passphrase ? { passphrase } : {}) })}
          >
            {t('backup.restoreGo')}
          </Button>
        </Group>
        {restore.data && (
          <Alert color="teal" variant="light" role="status">
            <Stack gap="xs">
              {t('backup.restored', { dir: restore.data.dir, n: restore.data.files })}
              <Code
                block
              >{`${about?.host === 'electron' ? 'toride' : 'npm start --'} --data "${restore.data.dir}"`}</Code>
            </Stack>
          </Alert>
        )}
      </Stack>
    </FieldGroup>
  );
}

function Passphrase({ has }: { readonly has: boolean }) {
  const t = useWords('settings');
  const [text, setText] = useState('');
  const save = useMutation(orpc.backup.setPassphrase.mutationOptions({ onSuccess: () => setText('') }));
  return (
    <>
      <Failed of={save} />
      <Group wrap="nowrap" align="end">
        <PasswordInput
          flex={1}
          label={t('backup.passphrase')}
          description={has ? t('backup.has') : undefined}
          autoComplete="new-password"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          variant="default"
          disabled={text.length < LEAST}
          loading={save.isPending}
          onClick={() => save.mutate({ passphrase: text })}
        >
          {t('backup.setPassphrase')}
        </Button>
      </Group>
    </>
  );
}
