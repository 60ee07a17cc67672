import { ActionIcon, Button, Loader, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TaskView } from '../../../main/api/contract/system.ts';
import { orpc } from '../../engine-hooks.ts';
import { replaceRoute } from '../../router.ts';
import {
  dropModelUpload,
  type ModelUpload,
  resumeModelUpload,
  stopModelUpload,
  useModelUploads,
} from '../../stores/model-uploads.ts';
import { TaskProgress } from '../../tasks/task-progress.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './models.module.css';

/** Models on their way in, whether read from a path or sent by this page. */
export function ImportTray() {
  const { t } = useTranslation('models');
  const uploads = useModelUploads((s) => s.uploads);
  const tasks = useQuery(orpc.tasks.list.queryOptions()).data ?? [];
  const imports = tasks.filter((task) => task.kind === 'model-import' && task.state === 'running');
  if (uploads.length === 0 && imports.length === 0) return null;
  return (
    <section className={classes['tray']} aria-label={t('tray.title')}>
      {imports.map((task) => (
        <ImportRow key={task.id} task={task} />
      ))}
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </section>
  );
}

function ImportRow({ task }: { readonly task: TaskView }) {
  const { t } = useTranslation('models');
  return (
    <div className={classes['upload']}>
      <TaskProgress task={task} label={t('tray.importing')} />
    </div>
  );
}

function UploadRow({ upload }: { readonly upload: ModelUpload }) {
  const { t } = useTranslation(['models', 'common']);
  const { id, name, state } = upload;
  const canClose = ['sent', 'stopped', 'failed'].includes(state);
  return (
    <div className={classes['upload']}>
      <div className={classes['uploadRow']}>
        {(state === 'waiting' || state === 'checking') && <Loader size="xs" />}
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <UploadState upload={upload} />
        {state === 'sending' && (
          <Button
            ml="auto"
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => stopModelUpload(id)}
          >
            {t('common:stop')}
          </Button>
        )}
        {state === 'sent' && upload.modelId !== null && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => replaceRoute('models', 'list', { model: upload.modelId })}
          >
            {t('common:details')}
          </Button>
        )}
        {canClose && (
          <ActionIcon
            ml="auto"
            size="sm"
            aria-label={t('tray.close', { name })}
            onClick={() => dropModelUpload(id)}
          >
            <IconX size={15} />
          </ActionIcon>
        )}
      </div>
      {state === 'sending' && (
        <Progress
          mt={6}
          size="sm"
          value={(upload.sent / Math.max(1, upload.bytes)) * 100}
          aria-label={t('tray.progress', { name })}
        />
      )}
      {state === 'failed' && <ErrorState error={upload.error} retry={() => resumeModelUpload(id)} />}
    </div>
  );
}

function UploadState({ upload }: { readonly upload: ModelUpload }) {
  const { t } = useTranslation('models');
  const { bytes } = useFormat();
  const words = {
    waiting: t('tray.waiting'),
    sending: [
      t('tray.sending', { done: bytes(upload.sent), of: bytes(upload.bytes) }),
      upload.from > 0 && t('tray.resumed', { from: bytes(upload.from) }),
    ]
      .filter(Boolean)
      .join(' · '),
    checking: t('tray.checking'),
    sent: t('tray.done'),
    stopped: t('tray.stopped'),
    failed: '',
  };
  return (
    <Text size="sm" c="dimmed" role="status">
      {words[upload.state]}
    </Text>
  );
}
