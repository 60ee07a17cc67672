import { ActionIcon, Button, Loader, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LogSource } from '../../../main/api/contract/logs.ts';
import { fromErrorData } from '../../errors.ts';
import { linesHref } from '../../logs/log-address.ts';
import { dropUpload, retryUpload, type Upload, useLogUploads } from '../../stores/log-uploads.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../use-format.ts';
import { LineSum } from './accounting-line.tsx';
import { useByteWords } from './byte-words.ts';
import classes from './logs.module.css';

/** Files on their way in: how far each is, and what became of it. */
export function UploadTray({ sources }: { readonly sources: readonly LogSource[] }) {
  const { t } = useTranslation('logs');
  const uploads = useLogUploads((s) => s.uploads);
  if (uploads.length === 0) return null;
  return (
    <section className={classes['tray']} aria-label={t('upload.title')}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} source={sources.find((s) => s.id === upload.sourceId)} />
      ))}
    </section>
  );
}

function UploadRow({ upload, source }: { readonly upload: Upload; readonly source: LogSource | undefined }) {
  const { t } = useTranslation(['logs', 'common']);
  const bytes = useByteWords();
  const format = useFormat();
  const { id, name, state } = upload;
  if (state === 'failed')
    return (
      <div className={classes['upload']}>
        <div className={classes['uploadRow']}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Close name={name} onClose={() => dropUpload(id)} />
        </div>
        <ErrorState error={upload.error} retry={() => retryUpload(id)} />
      </div>
    );
  if (state === 'sending')
    return (
      <div className={classes['upload']}>
        <div className={classes['uploadRow']}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {t('upload.sending', { done: bytes(upload.sent), of: bytes(upload.bytes) })}
          </Text>
          <Button ml="auto" size="compact-xs" variant="subtle" color="gray" onClick={() => dropUpload(id)}>
            {t('common:stop')}
          </Button>
        </div>
        <Progress
          mt={6}
          size="sm"
          value={(upload.sent / Math.max(1, upload.bytes)) * 100}
          aria-label={t('upload.progress', { name })}
        />
      </div>
    );
  const isRead = source?.state === 'done';
  const failed = source?.error ?? null;
  const share = source?.behindBytes ? source.bytes / (source.bytes + source.behindBytes) : null;
  return (
    <div className={classes['upload']}>
      <div className={classes['uploadRow']}>
        {!isRead && !failed && <Loader size="xs" />}
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {state === 'waiting' || source?.state === 'following'
            ? t('upload.waiting')
            : isRead
              ? t('upload.read')
              : share === null
                ? t('upload.reading')
                : t('upload.readingShare', { share: format.percent(share) })}
        </Text>
        {source && source.lines > 0 && (
          <Text size="sm" component="span">
            <LineSum {...source} addsUp={source.lines === source.templated + source.unparsed} />
          </Text>
        )}
        {source && source.lines > 0 && (
          <Button
            size="compact-sm"
            variant="light"
            component="a"
            href={linesHref({ sources: [source.id] }, { kind: 'all' })}
          >
            {t('upload.show')}
          </Button>
        )}
        <Close name={name} onClose={() => dropUpload(id)} />
      </div>
      {failed && <ErrorState error={fromErrorData(failed)} />}
    </div>
  );
}

function Close({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation('logs');
  return (
    <ActionIcon ml="auto" size="sm" aria-label={t('upload.close', { name })} onClick={onClose}>
      <IconX size={15} />
    </ActionIcon>
  );
}
