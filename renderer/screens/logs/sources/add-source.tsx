import { Button, Drawer, FileButton, Group, SegmentedControl, Select, Stack, Title } from '@mantine/core';
import { IconEye, IconFileImport, IconHighlight } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnFormat } from '../../../../main/logs/contract/formats.ts';
import type { LogTable, LogTableChoice } from '../../../../main/logs/contract/tables.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';
import { fromErrorData } from '../../../errors.ts';
import { DialogActions } from '../../../ui/confirm-dialog.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { ErrorState, Failed, Pending } from '../../../ui/states.tsx';
import { Note } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { MarkFormat } from './mark-format.tsx';
import { PreviewTable } from './preview-table.tsx';
import { NO_RULES, type Rules, RulesForm } from './rules-form.tsx';
import { useFormatNames } from './source-words.ts';
import { TableColumns } from './table-columns.tsx';
import { TablePreview } from './table-preview.tsx';

type Props = { readonly opened: boolean; readonly onClose: () => void };
const PATHS = ['file', 'folder', 'import'] as const;
const KINDS = [...PATHS, 'table'] as const;
type Kind = (typeof KINDS)[number];

/** A file or folder of this computer by its path, or a table of the company's, tried out before it is added. */
export function AddSource({ opened, onClose }: Props) {
  const t = useWords('logs');
  return (
    <Drawer opened={opened} onClose={onClose} size="min(880px, 94vw)" title={t('add.title')}>
      {opened && <Kinds onClose={onClose} />}
    </Drawer>
  );
}

function Kinds({ onClose }: { readonly onClose: () => void }) {
  const t = useWords('logs');
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
  const t = useWords('logs');
  const { titleOf } = useFormatNames();
  const [path, setPath] = useState('');
  const [rules, setRules] = useState<Rules>(NO_RULES);
  const [isMarking, setMarking] = useState(false);
  const preview = useMutation(orpc.logs.preview.mutationOptions());
  const add = useMutation(
    orpc.logs.addSource.mutationOptions({
      onSuccess: ({ name }) => {
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
  const readBy = (format: string): void => {
    setRules({ ...rules, format });
    if (where) preview.mutate({ path: where, rules: { ...given, format } });
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
      <ErrorState error={problem} />
      {preview.data && <PreviewTable preview={preview.data} />}
      <Group gap="xs">
        {preview.data && !isMarking && (
          <Button
            variant="default"
            leftSection={<IconHighlight size={16} />}
            onClick={() => setMarking(true)}
          >
            {t('showLine.open')}
          </Button>
        )}
        <ImportFormat onTaken={readBy} />
      </Group>
      {preview.data && isMarking && (
        <MarkFormat
          key={where}
          path={where}
          lines={preview.data.lines.map(({ text }) => text)}
          onSaved={(saved) => {
            setMarking(false);
            readBy(saved);
          }}
        />
      )}
      <Title order={3}>{t('add.rules')}</Title>
      <RulesForm
        kind={kind}
        rules={rules}
        detected={preview.data && { format: titleOf(preview.data.format), encoding: preview.data.encoding }}
        onChange={setRules}
      />
      <DialogActions
        confirm={t('add.add')}
        onClose={onClose}
        disabled={!where}
        loading={add.isPending}
        onConfirm={() => add.mutate({ kind, path: where, rules: given })}
      />
    </Stack>
  );
}

/** A format that was written on another computer. */
function ImportFormat({ onTaken }: { readonly onTaken: (name: string) => void }) {
  const t = useWords('logs');
  const engine = useEngine();
  const take = useMutation({
    mutationKey: orpc.logs.key(),
    mutationFn: async (file: File) => {
      let given: unknown;
      try {
        given = JSON.parse(await file.text());
      } catch (cause) {
        throw fromErrorData({
          code: 'logs.bad-format',
          params: { name: file.name, detail: cause instanceof Error ? cause.message : String(cause) },
        });
      }
      // whoever takes it checks it
      return engine.logs.addFormat(given as OwnFormat);
    },
    onSuccess: ({ name }) => {
      showDone(t('showLine.saved', { name }));
      onTaken(name);
    },
  });
  return (
    <>
      <FileButton accept=".json,application/json" onChange={(file) => file && take.mutate(file)}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconFileImport size={16} />}
            loading={take.isPending}
          >
            {t('showLine.import')}
          </Button>
        )}
      </FileButton>
      {take.error && <ErrorState error={take.error} />}
    </>
  );
}

type AddTableProps = { readonly onClose: () => void };

/** A further log table of the company's: chosen, its columns confirmed, its rows seen as they would be read, named, added. */
function AddTable({ onClose }: AddTableProps) {
  const t = useWords('logs');
  const tables = useQuery({ ...orpc.logs.tables.queryOptions(), staleTime: 0, retry: false });
  const [choice, setChoice] = useState<LogTableChoice | null>(null);
  const [table, setTable] = useState<LogTable | null>(null);
  const [rules, setRules] = useState<Rules>(NO_RULES);
  const add = useMutation(
    orpc.logs.addTable.mutationOptions({
      onSuccess: ({ name }) => {
        showDone(t('add.done', { name }));
        onClose();
      },
    }),
  );
  const options = useTableOptions(tables.data ?? []);
  const choose = (name: string | null): void => {
    const found = tables.data?.find((one) => one.table === name) ?? null;
    setChoice(found);
    setTable(found?.suggestion ?? null);
    add.reset();
  };
  if (!tables.isSuccess) return <Pending of={tables} count={4} />;
  const { name, ...others } = rules;
  return (
    <Stack>
      <Select
        label={t('table.choose')}
        description={t('table.chooseHelp')}
        placeholder={t('table.choosePlaceholder')}
        searchable
        data-autofocus
        data={options}
        value={choice?.table ?? null}
        onChange={choose}
      />
      {choice?.problem && <ErrorState error={fromErrorData(problemOf(choice))} />}
      {choice && table && (
        <>
          <Title order={3}>{t('table.columns')}</Title>
          <TableColumns value={table} choice={choice} isRead={false} onChange={setTable} />
          <Title order={3}>{t('table.preview')}</Title>
          <TablePreview key={table.table} table={table} rules={others} />
          <Title order={3}>{t('add.rules')}</Title>
          <RulesForm kind="table" rules={rules} onChange={setRules} />
        </>
      )}
      <Failed of={add} />
      <DialogActions
        confirm={t('add.add')}
        onClose={onClose}
        disabled={table === null}
        loading={add.isPending}
        onConfirm={() =>
          table && add.mutate({ table, rules: { ...others, ...(name.trim() ? { name: name.trim() } : {}) } })
        }
      />
    </Stack>
  );
}

/** Those that look like logs first, then the rest; what is read already can be seen, not chosen. */
function useTableOptions(tables: readonly LogTableChoice[]) {
  const t = useWords('logs');
  const format = useFormat();
  const option = ({ table, comment, rows, usedAs, problem }: LogTableChoice) => ({
    value: table,
    disabled: usedAs !== null,
    label: [
      comment === '' ? table : `${table} (${comment})`,
      rows === null ? null : t('table.rows', { n: format.number(rows) }),
      usedAs === null ? null : t('table.usedAs', { name: usedAs }),
      usedAs === null && problem ? t(`table.problem.${problem}`) : null,
    ]
      .filter(Boolean)
      .join(format.dot),
  });
  const isLikely = (one: LogTableChoice): boolean => one.usedAs === null && one.score >= LIKELY;
  return [
    { group: t('table.likely'), items: tables.filter(isLikely).map(option) },
    { group: t('table.rest'), items: tables.filter((one) => !isLikely(one)).map(option) },
  ].filter(({ items }) => items.length > 0);
}
const LIKELY = 0.4;

const CODES = {
  'no-key': 'logs.table-no-key',
  'no-order': 'logs.table-no-order',
  'no-text': 'logs.table-no-text',
} as const;
const problemOf = ({ table, problem }: LogTableChoice) => ({
  code: CODES[problem ?? 'no-key'],
  params: { table },
});
