/** Inputs that hand over their value when the person is done with it: on Enter or on leaving the field. Escape takes it back. */
import { ActionIcon, Box, Button, Group, Stack, type TextInputProps, UnstyledButton } from '@mantine/core';
import { IconLock, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../words.ts';
import { ImeTextInput } from './ime.tsx';
import { Note } from './text.tsx';
import classes from './ui.module.css';

type Props = {
  readonly label: string;
  readonly help?: ReactNode;
  /** the control's id, so that the label belongs to it */
  readonly htmlFor?: string;
  /** why nobody can change it here */
  readonly fixed?: string | undefined;
  readonly children: ReactNode;
};
/** A setting: what it is and what it does on the left, its control on the right. */
export function FieldRow({ label, help, htmlFor, fixed, children }: Props) {
  return (
    <div className={classes['fieldRow']}>
      <div>
        <Box htmlFor={htmlFor} component="label" fw={600} fz="md">
          {label}
        </Box>
        {help !== undefined && (
          <Box maw="36rem" fz="sm" c="dimmed">
            {help}
          </Box>
        )}
      </div>
      <fieldset className={classes['fieldControl']} disabled={fixed !== undefined}>
        {children}
        {fixed !== undefined && (
          <Group gap={4} mt={4} wrap="nowrap" fz="xs" c="dimmed">
            <IconLock size={13} aria-hidden />
            {fixed}
          </Group>
        )}
      </fieldset>
    </div>
  );
}

/** A group of settings under a heading. */
export function FieldGroup({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <Box component="h2" fz="var(--mantine-h2-font-size)" fw={650}>
        {title}
      </Box>
      {note !== undefined && <div className={classes['fieldNote']}>{note}</div>}
      <div className={classes['fieldCard']}>{children}</div>
    </section>
  );
}

type Base<T> = Omit<TextInputProps, 'value' | 'onChange' | 'ref'> & {
  readonly value: T;
  readonly onCommit: (value: T) => void;
};
type DraftProps<T> = Base<T> & {
  readonly write: (value: T) => string;
  /** undefined: not a value of this kind */
  readonly read: (text: string) => T | undefined;
  readonly problem: string;
};

function DraftInput<T>({ value, onCommit, write, read, problem, error, ...props }: DraftProps<T>) {
  const written = write(value);
  const [draft, setDraft] = useState(written);
  // what was handed over is no draft any more, though it may take a moment until it comes back as the value
  const [given, setGiven] = useState(written);
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setDraft(written);
    setGiven(written);
    setWrong(false);
  }, [written]);
  /** `known`: hands over what differs from one of these */
  const commit = (known: readonly string[]): void => {
    const next = read(draft.normalize('NFKC').trim());
    setWrong(next === undefined);
    if (next === undefined) return;
    const text = write(next);
    setDraft(text);
    if (known.every((one) => one === text)) return;
    setGiven(text);
    onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && draft !== given) {
      event.stopPropagation();
      setDraft(given);
      setWrong(false);
    }
  };
  return (
    <ImeTextInput
      {...props}
      value={draft}
      error={isWrong ? problem : error}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => commit([given])}
      onEnter={() => commit([given, written])}
      onKeyDown={onKeyDown}
    />
  );
}

export function CommitText(props: Base<string>) {
  return <DraftInput {...props} write={(value) => value} read={(text) => text} problem="" />;
}

type NumberProps = Base<number> & {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** the value is a share 0–1 and written in percent */
  readonly percent?: boolean;
};
/** Accepts full-width digits and thousands separators. `min` and `max` are in the unit that is shown. */
export function CommitNumber({ min, max, integer = true, percent = false, ...props }: NumberProps) {
  const t = useWords('common');
  const scale = percent ? 100 : 1;
  const read = (text: string): number | undefined => {
    const shown = Number(text.replace(/[,%％\s]/g, ''));
    const fits = text !== '' && Number.isFinite(shown) && shown >= min && shown <= max;
    return fits && (!integer || Number.isInteger(shown)) ? shown / scale : undefined;
  };
  return (
    <DraftInput
      {...props}
      inputMode={integer ? 'numeric' : 'decimal'}
      write={(value) => String(Math.round(value * scale * 1000) / 1000)}
      read={read}
      problem={t(integer ? 'wholeBetween' : 'numberBetween', { min, max })}
    />
  );
}

/** A time of day as minutes from midnight; 25:30 is accepted for work past midnight when `max` allows it. */
export function CommitMinutes({
  max = 1439,
  isOptional = false,
  ...props
}: Base<number | null> & { readonly max?: number; readonly isOptional?: boolean }) {
  const t = useWords('common');
  const read = (text: string): number | null | undefined => {
    if (isOptional && text === '') return null;
    const [, hours = '', minutes = '00'] = /^(\d{1,2})[:時]?(?:(\d{2})分?)?$/.exec(text) ?? [];
    const value = hours === '' || Number(minutes) > 59 ? Number.NaN : Number(hours) * 60 + Number(minutes);
    return value <= max ? value : undefined;
  };
  const write = (value: number | null): string =>
    value === null ? '' : `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`;
  return (
    <DraftInput
      placeholder="22:00"
      {...props}
      inputMode="numeric"
      write={write}
      read={read}
      problem={t('timeOfDay')}
    />
  );
}

type RowEditorProps<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly blank: Row;
  readonly words: { readonly add: string; readonly remove: string; readonly none: string };
  readonly onChange: (rows: Row[]) => void;
  readonly render: (row: Row, set: (part: Partial<Row>) => void) => ReactNode;
};
/** A short list of rows of inputs: change one, add one, remove one. */
export function RowEditor<Row extends object>({
  label,
  rows,
  blank,
  words,
  onChange,
  render,
}: RowEditorProps<Row>) {
  return (
    <Stack gap={6} role="group" aria-label={label}>
      {rows.length === 0 && <Note>{words.none}</Note>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <Group key={index} gap={6} wrap="nowrap" align="center">
          {render(row, (part) => onChange(rows.map((old, i) => (i === index ? { ...old, ...part } : old))))}
          <ActionIcon aria-label={words.remove} onClick={() => onChange(rows.filter((_, i) => i !== index))}>
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        w="fit-content"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...rows, blank])}
      >
        {words.add}
      </Button>
    </Stack>
  );
}

type ChoicesProps<Value> = {
  readonly values: readonly Value[];
  readonly write: (value: Value) => string;
  readonly isPicked: (value: Value) => boolean;
  readonly onPick: (value: Value) => void;
};
/** Ready-made values in two columns, one click each. */
export const Choices = <Value,>({ values, write, isPicked, onPick }: ChoicesProps<Value>) => (
  <div className={classes['choices']}>
    {values.map((value) => (
      <UnstyledButton
        key={write(value)}
        className={classes['choice']}
        aria-pressed={isPicked(value)}
        onClick={() => onPick(value)}
      >
        {write(value)}
      </UnstyledButton>
    ))}
  </div>
);
