import { Button, Group, Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { CHANGE_KINDS, type Change, type ChangeKind } from '../../../main/placement/contract/what-if.ts';
import { orpc } from '../../engine-hooks.ts';
import { CommitMinutes, CommitNumber } from '../../ui/fields.tsx';
import { Pending } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';
import { CellSelect, DeadlineFields, ScopeFields, WhoFields } from './change-fields.tsx';
import { type ChangeForm, changeOf, formOf, newForm } from './change-form.ts';

type Props = {
  readonly opened: boolean;
  /** absent: a new one */
  readonly change: Change | null;
  /** a new one is about this process to begin with */
  readonly cellId: string | null;
  readonly onApply: (change: Change) => void;
  readonly onClose: () => void;
};

/** One condition of a scenario, filled in. */
export function ChangeDialog({ opened, change, cellId, onApply, onClose }: Props) {
  const t = useWords('whatIf');
  const situation = useQuery(orpc.situation.list.queryOptions({ input: {}, enabled: opened }));
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t(change ? 'dialog.edit' : 'dialog.add')}>
      {!situation.isSuccess && <Pending of={situation} kind="text" count={4} />}
      {situation.data && (
        <Fields
          rows={situation.data.rows}
          asOf={situation.data.asOf}
          initial={change ? formOf(change) : newForm(cellId)}
          onApply={onApply}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

type FieldsProps = {
  readonly rows: readonly SituationRow[];
  readonly asOf: number;
  readonly initial: ChangeForm;
  readonly onApply: (change: Change) => void;
  readonly onClose: () => void;
};
function Fields({ rows, asOf, initial, onApply, onClose }: FieldsProps) {
  const t = useWords('whatIf');
  const [form, setForm] = useState(initial);
  const change = changeOf(form);
  const set = (part: Partial<ChangeForm>): void => setForm((now) => ({ ...now, ...part }));
  const { kind } = form;
  const apply = (): void => {
    if (change) onApply(change);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="md">
        <Select
          label={t('dialog.kind')}
          description={t(`dialog.kindHint.${kind}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
          allowDeselect={false}
          data={CHANGE_KINDS.map((value) => ({ value, label: t(`dialog.kinds.${value}`) }))}
          value={kind}
          onChange={(value) => value && set({ kind: value as ChangeKind })}
        />
        {kind !== 'extra' && (
          <ScopeFields
            label={t(kind === 'move' ? 'dialog.from' : 'dialog.where')}
            rows={rows}
            where={form.where}
            onWhere={(where) => set({ where, named: [] })}
          />
        )}
        {(kind === 'move' || kind === 'absence' || kind === 'overtime') && (
          <WhoFields form={form} rows={rows} onForm={set} />
        )}
        {(kind === 'move' || kind === 'extra') && (
          <CellSelect
            label={t(kind === 'move' ? 'dialog.to' : 'dialog.cell')}
            rows={rows}
            cellId={form.cellId}
            onCell={(cellId) => set({ cellId })}
          />
        )}
        {kind === 'extra' && (
          <CommitNumber
            label={t('dialog.count')}
            min={1}
            max={999}
            value={form.count}
            onCommit={(count) => set({ count })}
          />
        )}
        {(kind === 'volume' || kind === 'speed') && <FactorFields form={form} onForm={set} />}
        {kind === 'deadline' && <DeadlineFields form={form} rows={rows} asOf={asOf} onForm={set} />}
        <TimeFields form={form} onForm={set} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!change}>
            {t('dialog.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export type PartProps = {
  readonly form: ChangeForm;
  readonly onForm: (part: Partial<ChangeForm>) => void;
};

function TimeFields({ form, onForm }: PartProps) {
  const t = useWords('whatIf');
  const { kind } = form;
  if (kind === 'volume' || kind === 'speed' || kind === 'deadline') return null;
  return (
    <Group grow align="flex-start">
      {kind !== 'overtime' && (
        <CommitMinutes
          isOptional
          placeholder=""
          label={t('dialog.fromTime')}
          description={t('dialog.fromTimeHint')}
          max={2880}
          value={form.from}
          onCommit={(from) => onForm({ from })}
        />
      )}
      {kind !== 'move' && (
        <CommitMinutes
          isOptional={kind !== 'overtime'}
          placeholder=""
          label={t(kind === 'overtime' ? 'dialog.overtimeUntil' : 'dialog.untilTime')}
          {...(kind !== 'overtime' && { description: t('dialog.untilTimeHint') })}
          max={2880}
          value={form.until}
          onCommit={(until) => onForm({ until })}
        />
      )}
    </Group>
  );
}

function FactorFields({ form, onForm }: PartProps) {
  const t = useWords('whatIf');
  const isSpeed = form.kind === 'speed';
  return (
    <Group align="flex-end">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('dialog.direction')}
        </Text>
        <SegmentedControl
          aria-label={t('dialog.direction')}
          value={form.isMore ? 'more' : 'less'}
          onChange={(value) => onForm({ isMore: value === 'more' })}
          data={[
            { value: 'more', label: t(isSpeed ? 'dialog.faster' : 'dialog.more') },
            { value: 'less', label: t(isSpeed ? 'dialog.slower' : 'dialog.less') },
          ]}
        />
      </div>
      <CommitNumber
        label={t('dialog.percent')}
        percent
        min={0}
        max={form.isMore ? 900 : 100}
        value={form.by}
        onCommit={(by) => onForm({ by })}
      />
    </Group>
  );
}
