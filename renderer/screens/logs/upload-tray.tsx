import { Button } from '@mantine/core';
import type { LogSource } from '../../../main/logs/contract/logs.ts';
import { fromErrorData } from '../../errors.ts';
import { linesHref } from '../../logs/log-address.ts';
import {
  dropUploads,
  type LeftOut,
  retryUpload,
  type Upload,
  useLogUploads,
} from '../../stores/log-uploads.ts';
import { ErrorState } from '../../ui/states.tsx';
import { Tray, TrayClose, TrayItem } from '../../ui/tray.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { LineSum } from './accounting-line.tsx';

/** From so many on, all of them are told in one line, and ended or stopped at once. */
const MANY = 4;
const NAMED = 5;

/** Files and folders on their way in: how far each is, what became of it, and what of it was not taken. */
export function UploadTray({ sources }: { readonly sources: readonly LogSource[] }) {
  const t = useWords('logs');
  const uploads = useLogUploads((s) => s.uploads);
  if (uploads.length === 0) return null;
  const sourceOf = (upload: Upload): LogSource | undefined => sources.find((s) => s.id === upload.sourceId);
  const isOver = (upload: Upload): boolean =>
    upload.state === 'nothing' || (upload.state === 'sent' && sourceOf(upload)?.state === 'done');
  return (
    <Tray
      label={t('upload.title')}
      head={uploads.length >= MANY && <AllOfThem uploads={uploads} isOver={isOver} />}
    >
      {uploads
        .toSorted((a, b) => rankOf(a) - rankOf(b))
        .map((upload) => (
          <UploadRow key={upload.id} upload={upload} source={sourceOf(upload)} />
        ))}
    </Tray>
  );
}

/** What did not go in, or waits for an answer, comes first: of many it would be out of sight. */
const rankOf = ({ state, error }: Upload): number => {
  const needsAnEye = state === 'failed' || state === 'asking' || state === 'nothing' || error != null;
  return needsAnEye ? 0 : 1;
};

type AllProps = { readonly uploads: readonly Upload[]; readonly isOver: (upload: Upload) => boolean };
function AllOfThem({ uploads, isOver }: AllProps) {
  const t = useWords('logs');
  const format = useFormat();
  const over = uploads.filter(isOver);
  const refused = uploads.filter(({ state }) => state === 'nothing').length;
  const open = uploads.filter(({ state }) => ['waiting', 'looking', 'sending'].includes(state));
  const ids = (of: readonly Upload[]): string[] => of.map(({ id }) => id);
  return (
    <>
      <span role="status">
        {t('upload.ofAll', {
          done: format.number(over.length - refused),
          of: format.number(uploads.length),
        })}
        {refused > 0 && t('upload.refused', { n: format.number(refused) })}
      </span>
      {open.length > 0 && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => dropUploads(ids(open))}>
          {t('upload.stopAll')}
        </Button>
      )}
      {over.length > 0 && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => dropUploads(ids(over))}>
          {t('upload.clear')}
        </Button>
      )}
    </>
  );
}

function UploadRow({ upload, source }: { readonly upload: Upload; readonly source: LogSource | undefined }) {
  const t = useWords('logs');
  const said = useUploadWords();
  const leftOut = useLeftOutWords();
  const { id, name, state, bytes, sent } = upload;
  const leave = (): void => dropUploads([id]);
  const isOnItsWay = state === 'looking' || state === 'sending';
  const isBeingRead = state === 'sent' && source?.state !== 'done' && !source?.error;
  return (
    <TrayItem
      name={name}
      said={said(upload, source)}
      isBusy={state === 'looking' || isBeingRead}
      share={
        state === 'sending' ? { of: sent / Math.max(1, bytes), label: t('upload.progress', { name }) } : null
      }
      note={state === 'asking' ? null : leftOut(upload)}
      beside={
        <>
          {source && source.lines > 0 && (
            <LineSum {...source} addsUp={source.lines === source.templated + source.unparsed} />
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
          {state === 'asking' && (
            <Button size="compact-sm" variant="default" onClick={() => retryUpload(id)}>
              {t('upload.twice')}
            </Button>
          )}
        </>
      }
      end={
        isOnItsWay ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={leave}>
            {t('common:stop')}
          </Button>
        ) : (
          <TrayClose label={t('upload.close', { name })} onClose={leave} />
        )
      }
    >
      {state === 'failed' && <ErrorState error={upload.error} retry={() => retryUpload(id)} />}
      {source?.error && <ErrorState error={fromErrorData(source.error)} />}
    </TrayItem>
  );
}

function useUploadWords() {
  const t = useWords('logs');
  const format = useFormat();
  const { bytes, number } = format;
  const whileRead = (source: LogSource | undefined): string => {
    if (source?.state === 'done') return t(source.lines === 0 ? 'upload.noLines' : 'upload.read');
    if (source?.error) return '';
    const behind = source?.behindBytes;
    if (!source || !behind) return t('upload.reading');
    return t('upload.readingShare', { share: format.percent(source.bytes / (source.bytes + behind)) });
  };
  return (upload: Upload, source: LogSource | undefined): string => {
    const { isFolder, leftOut, sent, files, filesSent } = upload;
    switch (upload.state) {
      case 'waiting':
        return t('upload.waiting');
      case 'looking':
        return t('upload.looking');
      case 'asking':
        return t('upload.asking');
      case 'nothing':
        if (isFolder) return t('upload.noneInFolder');
        if (leftOut.empty.length > 0) return t('upload.isEmpty');
        return t(leftOut.unread.length > 0 ? 'upload.isUnread' : 'upload.isNoLog');
      case 'sending': {
        const amount = t('upload.sending', { done: bytes(sent), of: bytes(upload.bytes) });
        if (!isFolder) return amount;
        return t('upload.sendingFiles', { done: number(filesSent), of: number(files), amount });
      }
      case 'sent': {
        const now = whileRead(source);
        return isFolder && now ? t('upload.filesThen', { n: number(files), now }) : now;
      }
      case 'failed':
        return '';
    }
  };
}

/** What of a folder was not taken: how many, why, and the first of them by name. */
function useLeftOutWords() {
  const t = useWords('logs');
  const { number } = useFormat();
  const some = (places: readonly string[], why: 'notLogs' | 'empty' | 'unread'): string | false =>
    places.length > 0 &&
    t(`upload.left.${why}`, {
      n: number(places.length),
      names:
        places.slice(0, NAMED).map(withoutRoot).join(t('upload.comma')) +
        (places.length > NAMED ? t('upload.andMore') : ''),
    });
  return ({ isFolder, leftOut }: { isFolder: boolean; leftOut: LeftOut }): string | null => {
    if (!isFolder) return null;
    const { notLogs, empty, unread, beyond } = leftOut;
    const parts = [
      beyond !== null && t('upload.left.beyond', { n: number(beyond) }),
      some(unread, 'unread'),
      some(notLogs, 'notLogs'),
      some(empty, 'empty'),
    ].filter((part) => part !== false);
    return parts.length > 0 ? parts.join(' ') : null;
  };
}
const withoutRoot = (place: string): string => place.slice(place.indexOf('/') + 1);
