import { ActionIcon, Alert, Button, Code, Group, Loader, Menu, Progress, Stack, Text } from '@mantine/core';
import {
  IconBuildingWarehouse,
  IconDots,
  IconDownload,
  IconFile,
  IconFileImport,
  IconFolder,
  IconListSearch,
  IconPlayerPause,
  IconPlayerPlay,
  IconSettings,
  IconTable,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { wordError } from '../../../../main/api/contract/errors.ts';
import type { LogSource } from '../../../../main/logs/contract/logs.ts';
import type { OriginalTold } from '../../../../main/logs/contract/original.ts';
import { wordOriginal } from '../../../../main/logs/contract/words.ts';
import type { Engine } from '../../../engine-client.ts';
import { orpc, useEngine, useNow } from '../../../engine-hooks.ts';
import { fromErrorData } from '../../../errors.ts';
import { linesHref } from '../../../logs/log-address.ts';
import { RiskBadge } from '../../../ui/badges.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { saveBlob } from '../../../ui/csv.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { ErrorState, Failed } from '../../../ui/states.tsx';
import { Fine, Strong } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { LineSum } from '../accounting-line.tsx';
import { useByteWords, useSizeWords } from '../byte-words.ts';
import { RISK_OF_STATE, useFormatNames } from './source-words.ts';
import classes from './sources.module.css';
import { useTimesTold } from './times-told.ts';

const ICON = {
  company: IconBuildingWarehouse,
  table: IconTable,
  file: IconFile,
  folder: IconFolder,
  import: IconFileImport,
  stdin: IconTerminal2,
};
type Props = { readonly sources: readonly LogSource[]; readonly onEdit: (id: string) => void };

export function SourceTable({ sources, onEdit }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const bytes = useByteWords();
  const { titlesOf } = useFormatNames();
  const timesTold = useTimesTold();
  const engine = useEngine();
  const [removing, setRemoving] = useState<LogSource | null>(null);
  const { mutate: retry, ...retrying } = useMutation(orpc.logs.retrySource.mutationOptions());
  const { mutate: update, ...updating } = useMutation(orpc.logs.updateSource.mutationOptions());
  const { mutate: save, ...saving } = useMutation({
    mutationFn: (source: LogSource) => saveOriginal(engine, source),
  });
  const remove = useMutation(
    orpc.logs.removeSource.mutationOptions({
      onSuccess: () => {
        showDone(t('sources.removed', { name: removing?.name ?? '' }));
        setRemoving(null);
      },
    }),
  );
  const columns = useMemo<Column<LogSource>[]>(
    () => [
      {
        key: 'name',
        label: t('sources.name'),
        sort: (s) => s.name,
        render: (s) => <NameCell source={s} />,
      },
      {
        key: 'state',
        label: t('sources.state'),
        sort: (s) => s.state,
        render: (s) => <StateCell source={s} onRetry={() => retry({ id: s.id })} />,
      },
      {
        key: 'format',
        label: t('sources.format'),
        width: '12rem',
        sort: (s) => titlesOf(s.usedFormats),
        render: (s) => (
          <>
            <Text size="sm">{titlesOf(s.usedFormats) ?? '—'}</Text>
            <Fine>
              {[
                s.usedFormats.length > 0 && t(s.format === null ? 'sources.detected' : 'sources.chosen'),
                s.formatRate === null ? null : t('sources.rate', { rate: format.percent(s.formatRate) }),
                timesTold(s.times),
                ...s.usedEncodings,
                s.timeZone,
                s.skewMs === 0 ? null : t('sources.skew', { s: format.number(s.skewMs / 1000, 1) }),
              ]
                .filter(Boolean)
                .join(format.dot)}
            </Fine>
          </>
        ),
      },
      {
        key: 'lines',
        label: t('sources.lines'),
        width: '15rem',
        sort: (s) => s.lines,
        render: (s) => <LineSum {...s} addsUp={s.lines === s.templated + s.unparsed} />,
      },
      {
        key: 'size',
        label: t('sources.size'),
        oneLine: true,
        sort: (s) => s.storedBytes,
        render: (s) => <SizeCell source={s} bytes={bytes} />,
      },
      {
        key: 'actions',
        label: t('sources.actions'),
        labelHidden: true,
        width: '3rem',
        render: (s) => (
          <Actions
            source={s}
            onEdit={() => onEdit(s.id)}
            onPause={() => update({ id: s.id, rules: { paused: !s.paused } })}
            onOriginal={() => save(s)}
            onRemove={() => setRemoving(s)}
          />
        ),
      },
    ],
    [t, format, bytes, titlesOf, retry, update, save, onEdit, timesTold],
  );
  const problem = retrying.error ?? updating.error ?? saving.error;
  return (
    <>
      <ErrorState error={problem} />
      {saving.isPending && (
        <Group gap={6}>
          <Loader size={13} />
          <Fine>{t('sources.originalBusy')}</Fine>
        </Group>
      )}
      {saving.data && (
        <Alert
          color={saving.data.isSame === false || saving.data.missing > 0 ? 'yellow' : 'teal'}
          title={t('sources.originalDone', { name: saving.data.name, bytes: bytes(saving.data.bytes) })}
          mb="sm"
          withCloseButton
          closeButtonLabel={t('common:close')}
          onClose={saving.reset}
        >
          {wordOriginal(saving.data, format.lang)}
          <Code block mt="xs">{`SHA-256 ${saving.data.sha256}`}</Code>
        </Alert>
      )}
      <DataTable
        label={t('sources.title')}
        columns={columns}
        rows={sources}
        rowKey={(s) => s.id}
        onOpen={(s) => onEdit(s.id)}
        initialSort={{ key: 'name', down: false }}
      />
      <ConfirmDialog
        opened={removing !== null}
        title={t('sources.removeTitle', { name: removing?.name ?? '' })}
        text={
          <>
            <p>{t('sources.removeText', { n: format.number(removing?.lines ?? 0) })}</p>
            <Failed of={remove} />
          </>
        }
        confirm={t('sources.remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ id: removing.id })}
        onClose={() => setRemoving(null)}
      />
    </>
  );
}

/** Hands the bytes to the person as a file, and tells what they are. */
async function saveOriginal(engine: Engine, { id, name, path }: LogSource): Promise<OriginalTold> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let told: OriginalTold | null = null;
  for await (const part of await engine.logs.original({ id })) {
    pieces.push(Uint8Array.from(atob(part.data), (char) => char.charCodeAt(0)));
    told ??= part.told;
  }
  if (!told) throw new Error('bytes without an end');
  saveBlob((path ?? name).replace(/^.*[\\/]/, ''), new Blob(pieces));
  return told;
}

/** A copy that was imported lies in Toride's own folder: no place a person would look. */
const pathOf = ({ kind, path, table }: LogSource): string | null =>
  kind === 'import' ? null : (table?.table ?? path);

function NameCell({ source }: { readonly source: LogSource }) {
  const t = useWords('logs');
  const Icon = ICON[source.kind];
  return (
    <div className={classes['name']}>
      <Icon size={17} stroke={1.6} role="img" aria-label={t(`sources.kind.${source.kind}`)} />
      <div>
        <Strong>{source.name}</Strong>
        <Fine className={classes['path'] ?? ''} title={pathOf(source) ?? ''}>
          {[source.table && t('sources.kind.table'), pathOf(source) ?? t(`sources.kind.${source.kind}`)]
            .filter(Boolean)
            .join(' ')}
        </Fine>
      </div>
    </div>
  );
}

/** A file that is read once is not followed: it stands in line. */
const waitsItsTurn = ({ kind, state }: LogSource): boolean =>
  state === 'following' && (kind === 'import' || kind === 'stdin');

function StateCell({ source, onRetry }: { readonly source: LogSource; readonly onRetry: () => void }) {
  const t = useWords('logs');
  const format = useFormat();
  const now = useNow(1000);
  const words = source.error && wordError(fromErrorData(source.error), format.lang);
  const inMs = source.nextTryAt === null ? null : Math.max(0, source.nextTryAt - now);
  return (
    <Stack gap="0.25rem" align="flex-start" maw="18rem">
      <RiskBadge
        risk={source.error ? 'danger' : RISK_OF_STATE[source.state]}
        label={waitsItsTurn(source) ? t('upload.waiting') : t(`sources.states.${source.state}`)}
      />
      {words && (
        <Text size="xs" c="var(--danger-text)">
          {words.say}
        </Text>
      )}
      {source.state === 'following' && source.lookedAt !== null && (
        <Fine>{t('sources.lookedAt', { at: format.dateTime(source.lookedAt) })}</Fine>
      )}
      {source.state === 'waiting' && (
        <Group gap={6}>
          <Fine>
            {[
              source.waitsSince !== null && t('sources.since', { at: format.dateTime(source.waitsSince) }),
              inMs !== null &&
                t('sources.nextTry', {
                  time:
                    inMs < 90_000
                      ? t('common:seconds', { n: Math.ceil(inMs / 1000) })
                      : format.minutes(inMs / 60_000),
                }),
            ]
              .filter(Boolean)
              .join(t('sources.listComma'))}
          </Fine>
          <Button
            size="compact-xs"
            variant="default"
            onClick={(event) => {
              event.stopPropagation();
              onRetry();
            }}
          >
            {t('common:retry')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type SizeProps = { readonly source: LogSource; readonly bytes: (n: number) => string };
function SizeCell({ source, bytes }: SizeProps) {
  const t = useWords('logs');
  const sizeWords = useSizeWords();
  const behind = source.behindBytes ?? 0;
  if (source.bytes + behind === 0) return '—';
  return (
    <>
      <Text size="sm">{bytes(source.storedBytes)}</Text>
      <Fine>{sizeWords(source.bytes, source.storedBytes)}</Fine>
      {behind > 0 && (
        <>
          <Progress
            mt={4}
            size="sm"
            value={(source.bytes / (source.bytes + behind)) * 100}
            aria-label={t('sources.behind', { bytes: bytes(behind) })}
          />
          <Fine>{t('sources.behind', { bytes: bytes(behind) })}</Fine>
        </>
      )}
    </>
  );
}

type ActionProps = {
  readonly source: LogSource;
  readonly onEdit: () => void;
  readonly onPause: () => void;
  readonly onOriginal: () => void;
  readonly onRemove: () => void;
};
function Actions({ source, onEdit, onPause, onOriginal, onRemove }: ActionProps) {
  const t = useWords('logs');
  const isOver = source.state === 'done' && (source.kind === 'import' || source.kind === 'stdin');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the clicks of its menu from opening the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: the menu has its own keys
    <span onClick={(event) => event.stopPropagation()}>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={t('sources.actionsOf', { name: source.name })}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconListSearch size={15} />}
            component="a"
            href={linesHref({ sources: [source.id] }, { kind: 'all' })}
          >
            {t('sources.show')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSettings size={15} />} onClick={onEdit}>
            {t('sources.edit')}
          </Menu.Item>
          {!isOver && (
            <Menu.Item
              leftSection={source.paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
              onClick={onPause}
            >
              {t(source.paused ? 'sources.resume' : 'sources.pause')}
            </Menu.Item>
          )}
          {source.kind !== 'company' && source.kind !== 'table' && (
            <Menu.Item leftSection={<IconDownload size={15} />} onClick={onOriginal}>
              {t('sources.original')}
            </Menu.Item>
          )}
          {source.kind !== 'company' && (
            <Menu.Item leftSection={<IconTrash size={15} />} c="var(--danger-text)" onClick={onRemove}>
              {t('sources.removeMenu')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
