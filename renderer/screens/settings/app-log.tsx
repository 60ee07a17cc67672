import { Button, Group, Select, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { AppLogLine } from '../../../main/api/contract/system.ts';
import { engineNow, orpc } from '../../engine-hooks.ts';
import { fileName, saveText } from '../../ui/csv.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';

type Line = z.infer<typeof AppLogLine>;
type Keyed = Line & { readonly key: string };
const LEVELS = ['all', 'debug', 'info', 'warn', 'error'] as const;
const dataOf = (line: Line): string => (line.data === undefined ? '' : JSON.stringify(line.data));

/** What the app wrote about itself: for an administrator, or to hand on. */
export function AppLog() {
  const t = useWords('settings');
  const format = useFormat();
  const [level, setLevel] = useState<(typeof LEVELS)[number]>('info');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const log = useQuery({
    ...orpc.system.log.queryOptions({
      input: { limit: 2000, ...(level === 'all' ? {} : { level }), ...(wanted ? { text: wanted } : {}) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
  const columns = useMemo<Column<Keyed>[]>(
    () => [
      timeColumn('at', t('logTime'), (l) => l.at, { width: '9.5rem' }),
      {
        key: 'level',
        label: t('logLevel'),
        width: '5.5rem',
        sort: (l) => LEVELS.indexOf(l.level),
        render: (l) => (
          <span className={classes['level']} data-level={l.level}>
            {t(`levelNames.${l.level}`)}
          </span>
        ),
      },
      textColumn('area', t('logArea'), (l) => l.area, { width: '7rem' }),
      {
        key: 'message',
        label: t('logMessage'),
        render: (l) => (
          <>
            {l.message} <code className={classes['mono']}>{dataOf(l)}</code>
          </>
        ),
      },
    ],
    [t],
  );
  const rows = useMemo(
    () => (log.data ?? []).map((line, i) => ({ ...line, key: `${line.at} ${i}` })),
    [log.data],
  );
  const save = (): void => {
    const lines = (log.data ?? []).map((l) =>
      [new Date(l.at).toISOString(), l.level, l.area, l.message, dataOf(l)].join('\t'),
    );
    saveText(fileName('toride-log', engineNow(), format.zone, 'txt'), `${lines.join('\n')}\n`);
  };
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label={t('logLevel')}
          w={150}
          data={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
          value={level}
          onChange={(value) => setLevel(LEVELS.find((name) => name === value) ?? 'info')}
        />
        <ImeTextInput
          label={t('logSearch')}
          flex={1}
          miw={160}
          maxLength={200}
          data-search
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={log.isFetching}
          onClick={() => void log.refetch()}
        >
          {t('logReload')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          disabled={rows.length === 0}
          onClick={save}
        >
          {t('logSave')}
        </Button>
      </Group>
      {!log.isSuccess && <Pending of={log} />}
      {log.data && (
        <>
          <Fine>{t('logRows', { n: format.number(rows.length) })}</Fine>
          <DataTable
            label={t('tabs.log')}
            columns={columns}
            rows={rows}
            rowKey={(l) => l.key}
            empty={
              <EmptyState
                kind="no-result"
                title={t('logEmpty')}
                text={t('logEmptyText')}
                action={{
                  label: t('common:clearFilter'),
                  onClick: () => {
                    setLevel('all');
                    setText('');
                  },
                }}
              />
            }
          />
        </>
      )}
    </Stack>
  );
}
