import { Button, Group, Paper, Select, Text } from '@mantine/core';
import type { BoardPerson, DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { blockMs, type Draft, SHORTEST_MS, shiftOf } from './loan-edit.ts';

type Props = {
  readonly board: DayBoard;
  readonly person: BoardPerson;
  readonly draft: Draft;
  readonly cellName: (cellId: string) => string;
  readonly isPinned: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onApply: () => void;
  readonly onBack: () => void;
  readonly onRelease: () => void;
  readonly onCancel: () => void;
};

/** The loan that is being drawn, by its fields: for whoever does not drag. */
export function LoanEditor(props: Props) {
  const { board, person, draft, cellName, onChange } = props;
  const t = useWords('board');
  const format = useFormat();
  const shift = shiftOf(person);
  const block = blockMs(board);
  const times = Array.from(
    { length: Math.floor((shift.until - shift.from) / block) + 1 },
    (_, i) => shift.from + i * block,
  );
  const known = (instant: number): number[] =>
    times.includes(instant) ? times : [...times, instant].sort((a, b) => a - b);
  const options = (instant: number): { value: string; label: string }[] =>
    known(instant).map((at) => ({ value: String(at), label: format.time(at) }));
  const tooShort = draft.until - draft.from < SHORTEST_MS;
  return (
    <Paper
      withBorder
      p="sm"
      mb="xs"
      className="no-print"
      role="group"
      aria-label={t('edit.title', { name: person.name })}
    >
      <Group align="flex-end" gap="sm">
        <Strong maw="12em">{t('edit.title', { name: person.name })}</Strong>
        <Select
          size="xs"
          w={220}
          label={t('edit.to')}
          allowDeselect={false}
          value={draft.cellId}
          data={person.able.map((id, i) => ({
            value: id,
            label: i < 9 ? `${i + 1}. ${cellName(id)}` : cellName(id),
          }))}
          onChange={(cellId) => cellId !== null && onChange({ ...draft, cellId })}
        />
        <Select
          size="xs"
          w={100}
          label={t('edit.from')}
          allowDeselect={false}
          value={String(draft.from)}
          data={options(draft.from)}
          onChange={(from) => from !== null && onChange({ ...draft, from: Number(from) })}
        />
        <Select
          size="xs"
          w={100}
          label={t('edit.until')}
          allowDeselect={false}
          value={String(draft.until)}
          data={options(draft.until)}
          onChange={(until) => until !== null && onChange({ ...draft, until: Number(until) })}
        />
        <Button size="xs" disabled={tooShort} onClick={props.onApply}>
          {t('edit.apply')}
        </Button>
        <Button size="xs" variant="default" onClick={props.onBack}>
          {t('edit.back')}
        </Button>
        {props.isPinned && (
          <Button size="xs" variant="default" onClick={props.onRelease}>
            {t('edit.release')}
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={props.onCancel}>
          {t('edit.cancel')}
        </Button>
      </Group>
      {tooShort && (
        <Text size="xs" c="var(--danger-text)" mt={4}>
          {t('edit.short')}
        </Text>
      )}
    </Paper>
  );
}
