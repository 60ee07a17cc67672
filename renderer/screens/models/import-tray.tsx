import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../engine-hooks.ts';
import { replaceRoute } from '../../router.ts';
import {
  canResume,
  dropModelUpload,
  type ModelUpload,
  resumeModelUpload,
  stopModelUpload,
  useModelUploads,
} from '../../stores/model-uploads.ts';
import { TaskProgress } from '../../tasks/task-progress.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Tray, TrayClose, TrayItem } from '../../ui/tray.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ownRows, runningImports } from './import-rows.ts';

/** Models that are read from a path: how far, and the way out. */
export function RunningImports() {
  const t = useWords('models');
  const tasks = useQuery(orpc.tasks.list.queryOptions()).data ?? [];
  return runningImports(tasks).map((task) => (
    <TrayItem key={task.id}>
      <TaskProgress task={task} label={t('tray.importing')} />
    </TrayItem>
  ));
}

/** Models on their way in, whether read from a path or sent by this page. */
export function ImportTray() {
  const t = useWords('models');
  const uploads = useModelUploads((s) => s.uploads);
  const tasks = useQuery(orpc.tasks.list.queryOptions()).data ?? [];
  if (uploads.length === 0 && runningImports(tasks).length === 0) return null;
  return (
    <Tray label={t('tray.title')}>
      <RunningImports />
      {ownRows(uploads, tasks).map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </Tray>
  );
}

function UploadRow({ upload }: { readonly upload: ModelUpload }) {
  const t = useWords('models');
  const words = useUploadWords();
  const { id, name, state, modelId } = upload;
  const isOnItsWay = state === 'sending';
  const share = { of: upload.sent / Math.max(1, upload.bytes), label: t('tray.progress', { name }) };
  return (
    <TrayItem
      name={name}
      said={words(upload)}
      isBusy={state === 'checking'}
      share={isOnItsWay ? share : null}
      beside={
        state === 'sent' &&
        modelId !== null && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => replaceRoute('models', 'list', { model: modelId })}
          >
            {t('common:details')}
          </Button>
        )
      }
      end={
        <>
          {state === 'stopped' && (
            <Button size="compact-xs" variant="light" onClick={() => resumeModelUpload(id)}>
              {t('tray.goOn')}
            </Button>
          )}
          {(isOnItsWay || state === 'waiting') && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => stopModelUpload(id)}>
              {t('common:stop')}
            </Button>
          )}
          {['sent', 'stopped', 'failed'].includes(state) && (
            <TrayClose label={t('tray.close', { name })} onClose={() => dropModelUpload(id)} />
          )}
        </>
      }
    >
      {state === 'failed' && (
        <ErrorState error={upload.error} {...(canResume(id) ? { retry: () => resumeModelUpload(id) } : {})} />
      )}
    </TrayItem>
  );
}

function useUploadWords() {
  const t = useWords('models');
  const { bytes, dot } = useFormat();
  return (upload: ModelUpload): string => {
    switch (upload.state) {
      case 'waiting':
        return t('tray.waiting');
      case 'sending': {
        const amount = t('tray.sending', { done: bytes(upload.sent), of: bytes(upload.bytes) });
        return upload.from > 0 ? `${amount}${dot}${t('tray.resumed', { from: bytes(upload.from) })}` : amount;
      }
      case 'checking':
        return t('tray.checking');
      case 'sent':
        return t('tray.done');
      case 'stopped':
        return t('tray.stopped');
      case 'failed':
        return '';
    }
  };
}
