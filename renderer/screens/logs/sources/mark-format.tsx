import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconDeviceFloppy, IconDownload, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { FormatMarks, OwnFormat } from '../../../../main/logs/contract/formats.ts';
import { LEVELS, type LogLevel } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { saveText } from '../../../ui/csv.ts';
import { ErrorState } from '../../../ui/states.tsx';
import { Fine, Note } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { PreviewTable } from './preview-table.tsx';
import classes from './sources.module.css';

type Mark = FormatMarks['marks'][number];
const FIELDS = ['time', 'level', 'service', 'host', 'pid', 'content'] as const;
const NAME = /^[a-z0-9][a-z0-9-]{0,49}$/;
/** Offered as a line to mark. */
const OFFERED = 20;

type Props = {
  readonly path: string;
  /** the first lines of the file */
  readonly lines: readonly string[];
  readonly onSaved: (name: string) => void;
};

/** "Show me one line": fields are marked on a line of the file, and the whole beginning of the file is read by it at once. */
export function MarkFormat({ path, lines, onSaved }: Props) {
  const t = useWords('logs');
  const offered = [...new Set(lines.map((text) => text.split('\n', 1)[0] ?? ''))]
    .filter((text) => text.trim() !== '')
    .slice(0, OFFERED);
  const [line, setLine] = useState(offered[0] ?? '');
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const [level, setLevel] = useState<LogLevel | null>(null);
  const [isUnselected, setUnselected] = useState(false);
  const [name, setName] = useState(nameOf(path));
  const [title, setTitle] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const save = useMutation(
    orpc.logs.addFormat.mutationOptions({
      onSuccess: ({ name: saved }) => {
        showDone(t('showLine.saved', { name: title.trim() || saved }));
        onSaved(saved);
      },
    }),
  );
  const isNamed = NAME.test(name);
  const draft = useQuery({
    ...orpc.logs.draftFormat.queryOptions({
      input: {
        name: isNamed ? name : 'draft',
        title: title.trim() || name || 'draft',
        line,
        marks: [...marks],
        level,
      },
    }),
    enabled: marks.some(({ field }) => field === 'content'),
    retry: false,
  });
  const take = (field: Mark['field']): void => {
    const [from, to] = [area.current?.selectionStart ?? 0, area.current?.selectionEnd ?? 0];
    const text = line.slice(from, to);
    const start = from + text.length - text.trimStart().length;
    const end = start + text.trim().length;
    setUnselected(end <= start);
    if (end <= start) return;
    const others = marks.filter((m) => m.field !== field && (m.end <= start || m.start >= end));
    setMarks([...others, { field, start, end }].sort((a, b) => a.start - b.start));
  };
  const choose = (text: string | null): void => {
    setLine(text ?? '');
    setMarks([]);
  };
  return (
    <Stack component="section" aria-label={t('showLine.title')}>
      <Note>{t('showLine.help')}</Note>
      <Select
        label={t('showLine.line')}
        data={offered}
        value={line}
        allowDeselect={false}
        onChange={choose}
      />
      <Textarea
        ref={area}
        label={t('showLine.select')}
        description={t('showLine.selectHelp')}
        aria-readonly
        autosize
        value={line}
        onChange={() => {}}
        onKeyDown={keepText}
        onPaste={(event) => event.preventDefault()}
        onCut={(event) => event.preventDefault()}
        onDrop={(event) => event.preventDefault()}
        error={isUnselected ? t('showLine.unselected') : undefined}
        styles={{ input: { fontFamily: 'monospace' } }}
      />
      <Group gap="xs">
        {FIELDS.map((field) => (
          <Button
            key={field}
            size="xs"
            variant={marks.some((m) => m.field === field) ? 'light' : 'default'}
            onClick={() => take(field)}
          >
            {t(`showLine.fields.${field}`)}
          </Button>
        ))}
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconX size={14} />}
          disabled={marks.length === 0}
          onClick={() => setMarks([])}
        >
          {t('showLine.clear')}
        </Button>
      </Group>
      {marks.length > 0 && <MarkedLine line={line} marks={marks} />}
      {marks.some((m) => m.field === 'level') && (
        <Select
          label={t('showLine.meaning')}
          description={t('showLine.meaningHelp')}
          data={[
            { value: '', label: t('rules.auto') },
            ...LEVELS.map((value) => ({ value, label: t(`level.${value}`) })),
          ]}
          value={level ?? ''}
          onChange={(value) => setLevel(LEVELS.find((one) => one === value) ?? null)}
        />
      )}
      {marks.length > 0 && !draft.isEnabled && <Fine>{t('showLine.needsContent')}</Fine>}
      {draft.error && <ErrorState error={draft.error} />}
      {draft.data && draft.isSuccess && <Trial path={path} format={draft.data} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('showLine.formatTitle')}
          maxLength={100}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t('showLine.name')}
          description={t('showLine.nameHelp')}
          maxLength={50}
          error={isNamed ? undefined : t('showLine.nameWrong')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </SimpleGrid>
      {save.error && <ErrorState error={save.error} />}
      <Group justify="flex-end">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          disabled={!draft.isSuccess || !isNamed}
          onClick={() =>
            draft.data &&
            saveText(`${name}.json`, `${JSON.stringify(draft.data, null, 2)}\n`, 'application/json')
          }
        >
          {t('showLine.export')}
        </Button>
        <Button
          leftSection={<IconDeviceFloppy size={16} />}
          disabled={!draft.isSuccess || !isNamed}
          loading={save.isPending}
          onClick={() => draft.data && save.mutate(draft.data)}
        >
          {t('showLine.save')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A field that is read only has no caret to select with: this one has it, and its text stays. */
function keepText(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  if (types || ['Backspace', 'Delete', 'Enter'].includes(event.key)) event.preventDefault();
}

/** The line with its marks, each with the name of its field. */
function MarkedLine({ line, marks }: { readonly line: string; readonly marks: readonly Mark[] }) {
  const t = useWords('logs');
  return (
    <Text
      component="p"
      size="sm"
      ff="monospace"
      className={classes['marked'] ?? ''}
      aria-label={t('showLine.marked')}
    >
      {marks.map(({ field, start, end }, i) => (
        <span key={field}>
          {line.slice(marks[i - 1]?.end ?? 0, start)}
          <mark data-field={field}>
            <small>{t(`showLine.fields.${field}`)}</small>
            {line.slice(start, end)}
          </mark>
        </span>
      ))}
      {line.slice(marks.at(-1)?.end ?? 0)}
    </Text>
  );
}

type TrialProps = { readonly path: string; readonly format: OwnFormat };
/** What the format makes of the beginning of the file. */
function Trial({ path, format: file }: TrialProps) {
  const t = useWords('logs');
  const format = useFormat();
  const trial = useQuery({
    ...orpc.logs.tryFormat.queryOptions({ input: { format: file, path } }),
    retry: false,
  });
  if (trial.error) return <ErrorState error={trial.error} />;
  if (!trial.data) return null;
  const { read, records, preview } = trial.data;
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {t('showLine.trial', { read: format.number(read), records: format.number(records) })}
      </Text>
      <PreviewTable preview={preview} />
    </>
  );
}

/** `C:\logs\Tana Oroshi.log` is called `tana-oroshi`. */
function nameOf(path: string): string {
  const base = path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const name = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name === '' ? 'own-format' : name;
}
