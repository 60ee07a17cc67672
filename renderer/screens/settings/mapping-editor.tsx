import { Accordion, Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { IconEye, IconWand } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Mapping, MappingSuggestion } from '../../../main/sync/contract/company.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { navigate } from '../../router.ts';
import { ContractTable } from '../../ui/contract-table.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';
import { useTableName } from './table-name.ts';

export function MappingEditor() {
  const t = useWords('company');
  const connection = useQuery(orpc.company.connection.queryOptions());
  const configured = connection.data?.connection != null;
  const saved = useQuery({ ...orpc.company.mapping.queryOptions(), enabled: configured });
  const suggestion = useQuery({
    ...orpc.company.suggest.queryOptions(),
    enabled: configured,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = connection.error ?? saved.error ?? suggestion.error;
  if (connection.data && !configured)
    return (
      <EmptyState
        kind="never"
        title={t('mapNone')}
        text={t('mapNoneText')}
        action={{ label: t('toConnection'), onClick: () => navigate('settings', 'company') }}
      />
    );
  if (problem)
    return (
      <ErrorState
        error={problem}
        retry={() => {
          void connection.refetch();
          if (configured) void suggestion.refetch();
        }}
      />
    );
  if (saved.data === undefined || !suggestion.data) return <Loading />;
  return (
    <Editor
      key={suggestion.dataUpdatedAt}
      start={saved.data ?? suggestion.data.mapping}
      isSaved={saved.data !== null}
      suggestion={suggestion.data}
      again={() => void suggestion.refetch()}
    />
  );
}

type EditorProps = {
  readonly start: Mapping;
  readonly isSaved: boolean;
  readonly suggestion: MappingSuggestion;
  readonly again: () => void;
};
type TableMapping = Mapping['tables'][string];

/** A table is as sure as its least sure column; null when nothing was guessed. */
function surenessOf(table: string, value: TableMapping, { confidence }: MappingSuggestion): number | null {
  if (value.table === null) return 0;
  const shares = Object.entries(value.columns).map(([column, theirs]) =>
    theirs === null ? 0 : (confidence[`${table}.${column}`] ?? 1),
  );
  return Math.min(confidence[table] ?? 1, ...shares);
}
/** Tables that are there but not all sure: they are open when the editor opens. */
const unsure = (mapping: Mapping, suggestion: MappingSuggestion): string[] =>
  Object.entries(mapping.tables).flatMap(([table, value]) =>
    value.table !== null && (surenessOf(table, value, suggestion) ?? 1) < 0.8 ? [table] : [],
  );

function Editor({ start, isSaved, suggestion, again }: EditorProps) {
  const t = useWords('company');
  const nameOf = useTableName();
  const [mapping, setMapping] = useState(start);
  const [dirty, setDirty] = useState(!isSaved);
  const [previewed, setPreviewed] = useState<string | null>(null);
  const save = useMutation(orpc.company.saveMapping.mutationOptions());
  const change = (table: string, next: TableMapping): void => {
    setMapping((now) => ({ ...now, tables: { ...now.tables, [table]: next } }));
    setDirty(true);
  };
  const problems = save.data?.problems ?? suggestion.problems;
  return (
    <Stack>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Note maw="40rem">{t('mapIntro')}</Note>
        <Button
          variant="default"
          leftSection={<IconWand size={15} />}
          onClick={() => {
            setMapping(suggestion.mapping);
            setDirty(true);
            again();
          }}
        >
          {t('suggestAgain')}
        </Button>
      </Group>
      {problems.map((problem) => (
        <ErrorState key={`${problem.code}${JSON.stringify(problem.params)}`} error={fromErrorData(problem)} />
      ))}
      <Accordion variant="contained" multiple defaultValue={unsure(start, suggestion)}>
        {Object.entries(mapping.tables).map(([table, value]) => (
          <Accordion.Item key={table} value={table}>
            <Accordion.Control>
              <Group justify="space-between" pr="sm" wrap="nowrap">
                <span>
                  <strong>{nameOf(table)}</strong> <code className={classes['mono']}>{table}</code>
                </span>
                <span>
                  <code className={classes['mono']}>{value.table ?? t('notMapped')}</code>{' '}
                  <Sure share={surenessOf(table, value, suggestion)} />
                </span>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <TableMap
                table={table}
                value={value}
                suggestion={suggestion}
                onChange={(next) => change(table, next)}
                onPreview={() => setPreviewed(table)}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <Failed of={save} />
      <Group>
        <Button
          disabled={!dirty}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { mapping },
              {
                onSuccess: () => {
                  setDirty(false);
                  showDone(t('mappingSaved'));
                },
              },
            )
          }
        >
          {t('saveMapping')}
        </Button>
        {dirty && <Note>{t(isSaved ? 'changed' : 'notSavedYet')}</Note>}
      </Group>
      <Preview table={previewed} mapping={mapping} onClose={() => setPreviewed(null)} />
    </Stack>
  );
}

/** How sure the guess is: a number and a word, amber below 80 %, red when there is none. */
function Sure({ share }: { readonly share: number | null }) {
  const t = useWords('company');
  const format = useFormat();
  if (share === null) return null;
  const level = share === 0 ? 'none' : share < 0.8 ? 'low' : 'high';
  return (
    <span className={classes['sure']} data-level={level}>
      {share === 0 ? t('sureNone') : t('sure', { share: format.percent(share) })}
    </span>
  );
}

type TableMapProps = {
  readonly table: string;
  readonly value: TableMapping;
  readonly suggestion: MappingSuggestion;
  readonly onChange: (next: TableMapping) => void;
  readonly onPreview: () => void;
};
function TableMap({ table, value, suggestion, onChange, onPreview }: TableMapProps) {
  const t = useWords('company');
  const format = useFormat();
  const theirs = suggestion.theirTables.find((x) => x.table === value.table);
  const choices = suggestion.theirTables.map((x) => ({
    value: x.table,
    label: x.rows === null ? x.table : `${x.table} (${t('rows', { n: format.number(x.rows) })})`,
  }));
  const columns = theirs?.columns.map((c) => ({ value: c.column, label: `${c.column} — ${c.type}` })) ?? [];
  return (
    <Stack gap="sm">
      <Group align="flex-end">
        <Select
          label={t('theirTable')}
          searchable
          clearable
          flex={1}
          placeholder={t('notMapped')}
          data={choices}
          value={value.table}
          onChange={(next) => onChange({ ...value, table: next })}
        />
        <Button
          variant="default"
          leftSection={<IconEye size={15} />}
          disabled={value.table === null}
          onClick={onPreview}
        >
          {t('previewFor')}
        </Button>
      </Group>
      {theirs && (
        <table className={classes['mapTable']}>
          <thead>
            <tr>
              <th scope="col">{t('ourColumn')}</th>
              <th scope="col">{t('theirColumn')}</th>
              <th aria-hidden />
            </tr>
          </thead>
          <tbody>
            {Object.entries(value.columns).map(([column, mapped]) => (
              <tr key={column}>
                <th scope="row">
                  <code className={classes['mono']}>{column}</code>
                </th>
                <td>
                  <Select
                    size="xs"
                    searchable
                    clearable
                    aria-label={column}
                    placeholder={t('notMapped')}
                    data={columns}
                    value={mapped}
                    onChange={(next) => onChange({ ...value, columns: { ...value.columns, [column]: next } })}
                  />
                </td>
                <td>
                  <Sure share={mapped === null ? 0 : (suggestion.confidence[`${table}.${column}`] ?? null)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Stack>
  );
}

type PreviewProps = {
  readonly table: string | null;
  readonly mapping: Mapping;
  readonly onClose: () => void;
};
function Preview({ table, mapping, onClose }: PreviewProps) {
  const t = useWords('company');
  const format = useFormat();
  const nameOf = useTableName();
  const preview = useQuery({
    ...orpc.company.preview.queryOptions({ input: { mapping, table: table ?? '' } }),
    enabled: table !== null,
    staleTime: 0,
  });
  return (
    <Drawer
      opened={table !== null}
      onClose={onClose}
      size="xl"
      title={table && t('previewTitle', { table: nameOf(table) })}
    >
      <Failed of={preview} />
      {preview.isFetching && <Loading />}
      {preview.data && !preview.isFetching && (
        <Stack>
          <ContractTable table={preview.data.table} maxHeight="50vh" />
          {preview.data.dead.length === 0 ? (
            <Text size="sm" c="var(--ok-text)">
              {t('previewAllFine')}
            </Text>
          ) : (
            <>
              <Text fw={600} c="var(--watch-text)">
                {t('previewDead', { n: format.number(preview.data.dead.length) })}
              </Text>
              {preview.data.dead.map((letter) => (
                <div key={letter.id}>
                  <Text size="sm">
                    <code className={classes['mono']}>{letter.key}</code> {letter.reason}
                  </Text>
                  <pre className={`${classes['mono']} ${classes['raw']}`}>{letter.raw}</pre>
                </div>
              ))}
            </>
          )}
        </Stack>
      )}
    </Drawer>
  );
}
