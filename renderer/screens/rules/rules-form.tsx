import { ActionIcon, Anchor, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type ComponentProps, useState } from 'react';
import type { z } from 'zod';
import type { Lookup } from '../../../main/api/contract/system.ts';
import { Constraint, type Rules } from '../../../main/placement/contract/placement.ts';
import { wordConstraint } from '../../../main/placement/contract/words.ts';
import { href } from '../../router.ts';
import { CommitMinutes, CommitNumber, FieldGroup, FieldRow, RowEditor } from '../../ui/fields.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ConstraintForm } from './constraint-form.tsx';

type Props = {
  readonly rules: Rules;
  readonly names: z.infer<typeof Lookup>;
  readonly set: (part: Partial<Rules>) => void;
};

/** The rules in the words of the floor, each with what it does. */
export function RulesForm(props: Props) {
  return (
    <Stack gap="lg">
      <Limits {...props} />
      <Constraints {...props} />
      <Staying {...props} />
      <Skills {...props} />
      <Times {...props} />
      <Switching {...props} />
      <Costs {...props} />
    </Stack>
  );
}

/** The rules that are one number each: the highest it may be, and whether it is a share. */
const NUMBERS = {
  maxMoves: { max: 500 },
  maxReleaseShare: { max: 100, percent: true },
  maxMovesPerDay: { max: 20 },
  maxMovesPer30Days: { max: 600 },
  minStaff: { max: 100 },
  sourceBuffer: { max: 200, percent: true },
  safety: { max: 100, percent: true },
  rampMinutes: { max: 240 },
  rampLoss: { max: 100, percent: true },
} as const;
type NumberName = keyof typeof NUMBERS;

type NumberRowProps = Omit<ComponentProps<typeof CommitNumber>, 'min'> & {
  readonly name: NumberName | 'seniors' | 'checkpointMinutes' | 'checkpointStaff';
};
/** A rule that is one number, with what it does. */
function NumberRow({ name, ...input }: NumberRowProps) {
  const t = useWords('rules');
  return (
    <FieldRow label={t(name)} help={t(`${name}Help`)} htmlFor={name}>
      <CommitNumber id={name} min={0} {...input} />
    </FieldRow>
  );
}
function NumberRows({
  of,
  rules,
  set,
}: Pick<Props, 'rules' | 'set'> & { readonly of: readonly NumberName[] }) {
  return of.map((name) => (
    <NumberRow
      key={name}
      name={name}
      {...NUMBERS[name]}
      value={rules[name]}
      onCommit={(value) => set({ [name]: value })}
    />
  ));
}

type RowsProps<Row> = Omit<ComponentProps<typeof RowEditor<Row & object>>, 'label' | 'words'> & {
  readonly name: 'minSkill' | 'breaks' | 'priorities' | 'nearSites';
};
/** A rule that is a list of rows, with what it does. */
function Rows<Row extends object>({ name, ...editor }: RowsProps<Row>) {
  const t = useWords('rules');
  const words = { add: t('addRow'), remove: t('removeRow'), none: t('noRows') };
  return (
    <FieldRow label={t(name)} help={t(`${name}Help`)}>
      <RowEditor<Row> label={t(name)} words={words} {...editor} />
    </FieldRow>
  );
}
/** A number in a row of others. */
function SmallNumber({ label, ...input }: ComponentProps<typeof CommitNumber> & { readonly label: string }) {
  return <CommitNumber size="xs" w={64} aria-label={label} {...input} />;
}

function Limits({ rules, set }: Props) {
  const t = useWords('rules');
  return (
    <FieldGroup title={t('limits')}>
      <NumberRows
        of={['maxMoves', 'maxReleaseShare', 'maxMovesPerDay', 'maxMovesPer30Days']}
        rules={rules}
        set={set}
      />
    </FieldGroup>
  );
}

/** The rules against single moves: each can be put right or dropped, a new one is filled in. */
function Constraints({ rules, names, set }: Props) {
  const t = useWords('rules');
  const common = useWords('common');
  const { lang } = useFormat();
  const [open, setOpen] = useState<Constraint | null>(null);
  const businessOf = (id: string): string => names.businesses.find((b) => b.id === id)?.name ?? id;
  const { constraints } = rules;
  const others = constraints.filter(({ id }) => id !== open?.id);
  const accept = (rule: Constraint): void => {
    const isNew = others.length === constraints.length;
    set({
      constraints: isNew ? [...constraints, rule] : constraints.map((r) => (r.id === rule.id ? rule : r)),
    });
    setOpen(null);
  };
  return (
    <FieldGroup title={t('constraints')} note={t('constraintsHelp')}>
      <Stack p="md" gap={6} role="group" aria-label={t('constraints')}>
        {constraints.length === 0 && <Note>{t('noRows')}</Note>}
        {constraints.map((rule) => (
          <Group key={rule.id} gap={6} wrap="nowrap">
            <Text size="sm" flex={1}>
              {wordConstraint(rule, lang, businessOf)}
              <Fine span>{` (${rule.hard ? t('hard') : t('softWeight', { weight: rule.weight })})`}</Fine>
            </Text>
            <ActionIcon aria-label={t('editRow')} onClick={() => setOpen(rule)}>
              <IconPencil size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('removeRow')}
              onClick={() => set({ constraints: constraints.filter((other) => other.id !== rule.id) })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        {open ? (
          <>
            <ConstraintForm constraint={open} onChange={setOpen} />
            <Group gap="xs">
              <Button
                size="compact-sm"
                disabled={!Constraint.safeParse(open).success}
                onClick={() => accept(open)}
              >
                {t('takeOver')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setOpen(null)}>
                {common('cancel')}
              </Button>
            </Group>
          </>
        ) : (
          <Group gap="md">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setOpen({ id: crypto.randomUUID(), hard: true, weight: 0 })}
            >
              {t('addRow')}
            </Button>
            <Anchor size="sm" href={href('rules', 'drafts')}>
              {t('constraintsAdd')}
            </Anchor>
          </Group>
        )}
      </Stack>
    </FieldGroup>
  );
}

function Staying({ rules, set }: Props) {
  const t = useWords('rules');
  const { checkpoint } = rules;
  return (
    <FieldGroup title={t('staying')}>
      <NumberRows of={['minStaff']} rules={rules} set={set} />
      <NumberRow
        name="seniors"
        max={20}
        value={rules.seniorsPerCell}
        onCommit={(seniorsPerCell) => set({ seniorsPerCell })}
      />
      <NumberRow
        name="checkpointMinutes"
        max={240}
        value={checkpoint.minutesBefore}
        onCommit={(minutesBefore) => set({ checkpoint: { ...checkpoint, minutesBefore } })}
      />
      <NumberRow
        name="checkpointStaff"
        max={100}
        value={checkpoint.minStaff}
        onCommit={(minStaff) => set({ checkpoint: { ...checkpoint, minStaff } })}
      />
      <NumberRows of={['sourceBuffer', 'safety']} rules={rules} set={set} />
    </FieldGroup>
  );
}

type KnownProps = {
  readonly label: string;
  readonly data: readonly string[];
  readonly value: string;
  readonly onPick: (value: string) => void;
};
/** One of the known names; a name that is no longer known stays selectable. */
function Known({ label, data, value, onPick }: KnownProps) {
  const known = value && !data.includes(value) ? [value, ...data] : [...data];
  return (
    <Select
      size="xs"
      flex={1}
      searchable
      aria-label={label}
      data={known}
      value={value || null}
      onChange={(next) => next && onPick(next)}
    />
  );
}

function Skills({ rules, names, set }: Props) {
  const t = useWords('rules');
  const process = names.processes[0] ?? '';
  return (
    <FieldGroup title={t('skills')}>
      <Rows
        name="minSkill"
        rows={rules.minSkill}
        blank={{ process, level: 2 }}
        onChange={(minSkill) => set({ minSkill })}
        render={(row, change) => (
          <>
            <Known
              label={t('processName')}
              data={names.processes}
              value={row.process}
              onPick={(next) => change({ process: next })}
            />
            <SmallNumber
              label={t('skillLevel')}
              min={1}
              max={5}
              value={row.level}
              onCommit={(level) => change({ level })}
            />
          </>
        )}
      />
    </FieldGroup>
  );
}

function Times({ rules, names, set }: Props) {
  const t = useWords('rules');
  return (
    <FieldGroup title={t('time')}>
      <Rows
        name="breaks"
        rows={rules.breaks}
        blank={{ from: 12 * 60, to: 13 * 60 }}
        onChange={(breaks) => set({ breaks })}
        render={(row, change) => (
          <>
            <CommitMinutes
              size="xs"
              w={84}
              max={2880}
              aria-label={t('from')}
              value={row.from}
              onCommit={(from) => from !== null && change({ from })}
            />
            –
            <CommitMinutes
              size="xs"
              w={84}
              max={2880}
              aria-label={t('to')}
              value={row.to}
              onCommit={(to) => to !== null && change({ to })}
            />
          </>
        )}
      />
      <Rows
        name="priorities"
        rows={rules.priorities}
        blank={{ businessId: names.businesses[0]?.id ?? '', weight: 2 }}
        onChange={(priorities) => set({ priorities })}
        render={(row, change) => (
          <>
            <Select
              size="xs"
              flex={1}
              aria-label={t('priorities')}
              data={names.businesses.map((b) => ({ value: b.id, label: b.name }))}
              value={row.businessId}
              onChange={(businessId) => businessId && change({ businessId })}
            />
            <SmallNumber
              label={t('weight')}
              integer={false}
              min={0.1}
              max={10}
              value={row.weight}
              onCommit={(weight) => change({ weight })}
            />
          </>
        )}
      />
    </FieldGroup>
  );
}

const SWITCHES = ['sameSite', 'nearSite', 'farSite', 'business', 'process'] as const;
function Switching({ rules, names, set }: Props) {
  const t = useWords('rules');
  const pairs = rules.nearSites.map(([a, b]) => ({ a, b }));
  return (
    <FieldGroup title={t('switching')} note={t('switchHelp')}>
      {SWITCHES.map((name) => (
        <FieldRow key={name} label={t(name)} htmlFor={`switch-${name}`}>
          <CommitNumber
            id={`switch-${name}`}
            min={0}
            max={240}
            value={rules.switchMinutes[name]}
            onCommit={(minutes) => set({ switchMinutes: { ...rules.switchMinutes, [name]: minutes } })}
          />
        </FieldRow>
      ))}
      <Rows
        name="nearSites"
        rows={pairs}
        blank={{ a: names.locations[0] ?? '', b: names.locations[1] ?? '' }}
        onChange={(next) => set({ nearSites: next.map(({ a, b }) => [a, b]) })}
        render={(row, change) => (
          <>
            <Known label={t('siteA')} data={names.locations} value={row.a} onPick={(a) => change({ a })} />
            <Known label={t('siteB')} data={names.locations} value={row.b} onPick={(b) => change({ b })} />
          </>
        )}
      />
      <NumberRows of={['rampMinutes', 'rampLoss']} rules={rules} set={set} />
    </FieldGroup>
  );
}

function Costs({ rules, set }: Props) {
  const t = useWords('rules');
  const rows = [
    ['near', t('costNear')],
    ['far', t('costFar')],
    ['business', t('costBusiness')],
    ['process', t('costProcess')],
    ['repeat', t('costRepeat')],
    ['ledger', t('costLedger')],
    ['skill', t('costSkill')],
  ] as const;
  return (
    <FieldGroup title={t('costs')} note={t('costsHelp')}>
      {rows.map(([name, label]) => (
        <FieldRow key={name} label={label} htmlFor={`cost-${name}`}>
          <CommitNumber
            id={`cost-${name}`}
            integer={false}
            min={0}
            max={100}
            value={rules.costs[name]}
            onCommit={(cost) => set({ costs: { ...rules.costs, [name]: cost } })}
          />
        </FieldRow>
      ))}
    </FieldGroup>
  );
}
