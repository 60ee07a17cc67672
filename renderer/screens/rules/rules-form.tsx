import { ActionIcon, Anchor, Checkbox, Group, Select, Stack, TagsInput, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Rules } from '../../../main/api/contract/placement.ts';
import type { Lookup } from '../../../main/api/contract/system.ts';
import { wordConstraint } from '../../../main/api/contract/words/placement.ts';
import { href } from '../../router.ts';
import { CommitMinutes, CommitNumber, FieldGroup, FieldRow, RowEditor } from '../../ui/fields.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';

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
      <Staying {...props} />
      <Skills {...props} />
      <Times {...props} />
      <Switching {...props} />
      <Costs {...props} />
    </Stack>
  );
}

function useRowWords() {
  const { t } = useTranslation('rules');
  return { add: t('addRow'), remove: t('removeRow'), none: t('noRows') };
}

type NumberRowProps = ComponentProps<typeof CommitNumber> & {
  readonly name:
    | 'maxMoves'
    | 'maxReleaseShare'
    | 'maxMovesPerDay'
    | 'maxMovesPer30Days'
    | 'minStaff'
    | 'seniors'
    | 'checkpointMinutes'
    | 'checkpointStaff'
    | 'sourceBuffer'
    | 'safety'
    | 'rampMinutes'
    | 'rampLoss';
};
/** A rule that is one number, with what it does. */
function NumberRow({ name, ...input }: NumberRowProps) {
  const { t } = useTranslation('rules');
  return (
    <FieldRow label={t(name)} help={t(`${name}Help`)} htmlFor={name}>
      <CommitNumber id={name} {...input} />
    </FieldRow>
  );
}

function Limits({ rules, names, set }: Props) {
  const { t } = useTranslation('rules');
  return (
    <FieldGroup title={t('limits')}>
      <NumberRow
        name="maxMoves"
        min={0}
        max={500}
        value={rules.maxMoves}
        onCommit={(maxMoves) => set({ maxMoves })}
      />
      <NumberRow
        name="maxReleaseShare"
        percent
        min={0}
        max={100}
        value={rules.maxReleaseShare}
        onCommit={(maxReleaseShare) => set({ maxReleaseShare })}
      />
      <NumberRow
        name="maxMovesPerDay"
        min={0}
        max={20}
        value={rules.maxMovesPerDay}
        onCommit={(maxMovesPerDay) => set({ maxMovesPerDay })}
      />
      <NumberRow
        name="maxMovesPer30Days"
        min={0}
        max={600}
        value={rules.maxMovesPer30Days}
        onCommit={(maxMovesPer30Days) => set({ maxMovesPer30Days })}
      />
      <FieldRow label={t('locked')} help={t('lockedHelp')} htmlFor="locked">
        <TagsInput id="locked" value={rules.locked} onChange={(locked) => set({ locked })} />
      </FieldRow>
      <Constraints rules={rules} names={names} set={set} />
    </FieldGroup>
  );
}

/** The rules against single moves, as they were confirmed; a rule can be dropped. */
function Constraints({ rules, names, set }: Props) {
  const { t } = useTranslation('rules');
  const { lang } = useFormat();
  const businessOf = (id: string): string => names.businesses.find((b) => b.id === id)?.name ?? id;
  const { constraints } = rules;
  return (
    <FieldRow label={t('constraints')} help={t('constraintsHelp')}>
      <Stack gap={6} role="group" aria-label={t('constraints')}>
        {constraints.length === 0 && <Note>{t('noRows')}</Note>}
        {constraints.map((rule) => (
          <Group key={rule.id} gap={6} wrap="nowrap">
            <Text size="sm" flex={1}>
              {wordConstraint(rule, lang, businessOf)}
              <Fine span>{` (${rule.hard ? t('hard') : t('softWeight', { weight: rule.weight })})`}</Fine>
            </Text>
            <ActionIcon
              aria-label={t('removeRow')}
              onClick={() => set({ constraints: constraints.filter((other) => other.id !== rule.id) })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Anchor size="sm" href={href('rules', 'drafts')}>
          {t('constraintsAdd')}
        </Anchor>
      </Stack>
    </FieldRow>
  );
}

function Staying({ rules, set }: Props) {
  const { t } = useTranslation('rules');
  const { checkpoint } = rules;
  return (
    <FieldGroup title={t('staying')}>
      <NumberRow
        name="minStaff"
        min={0}
        max={100}
        value={rules.minStaff}
        onCommit={(minStaff) => set({ minStaff })}
      />
      <NumberRow
        name="seniors"
        min={0}
        max={20}
        value={rules.seniorsPerCell}
        onCommit={(seniorsPerCell) => set({ seniorsPerCell })}
      />
      <NumberRow
        name="checkpointMinutes"
        min={0}
        max={240}
        value={checkpoint.minutesBefore}
        onCommit={(minutesBefore) => set({ checkpoint: { ...checkpoint, minutesBefore } })}
      />
      <NumberRow
        name="checkpointStaff"
        min={0}
        max={100}
        value={checkpoint.minStaff}
        onCommit={(minStaff) => set({ checkpoint: { ...checkpoint, minStaff } })}
      />
      <NumberRow
        name="sourceBuffer"
        percent
        min={0}
        max={200}
        value={rules.sourceBuffer}
        onCommit={(sourceBuffer) => set({ sourceBuffer })}
      />
      <NumberRow
        name="safety"
        percent
        min={0}
        max={100}
        value={rules.safety}
        onCommit={(safety) => set({ safety })}
      />
    </FieldGroup>
  );
}

type PickProps = {
  readonly label: string;
  readonly data: readonly string[];
  readonly value: string;
  readonly onPick: (value: string) => void;
};
/** One of the known names; a name that is no longer known stays selectable. */
function Pick({ label, data, value, onPick }: PickProps) {
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
  const { t } = useTranslation('rules');
  const words = useRowWords();
  const process = names.processes[0] ?? '';
  return (
    <FieldGroup title={t('skills')}>
      <FieldRow label={t('minSkill')} help={t('minSkillHelp')}>
        <RowEditor
          label={t('minSkill')}
          words={words}
          rows={rules.minSkill}
          blank={{ process, level: 2 }}
          onChange={(minSkill) => set({ minSkill })}
          render={(row, change) => (
            <>
              <Pick
                label={t('processName')}
                data={names.processes}
                value={row.process}
                onPick={(next) => change({ process: next })}
              />
              <CommitNumber
                size="xs"
                w={64}
                aria-label={t('skillLevel')}
                min={1}
                max={5}
                value={row.level}
                onCommit={(level) => change({ level })}
              />
            </>
          )}
        />
      </FieldRow>
      <FieldRow label={t('experience')} help={t('experienceHelp')}>
        <RowEditor
          label={t('experience')}
          words={words}
          rows={rules.experience}
          blank={{ process, months: 12, hard: false }}
          onChange={(experience) => set({ experience })}
          render={(row, change) => (
            <>
              <Pick
                label={t('processName')}
                data={names.processes}
                value={row.process}
                onPick={(next) => change({ process: next })}
              />
              <CommitNumber
                size="xs"
                w={64}
                aria-label={t('months')}
                min={0}
                max={600}
                value={row.months}
                onCommit={(months) => change({ months })}
              />
              <span>{t('months')}</span>
              <Checkbox
                size="xs"
                label={t('hard')}
                checked={row.hard}
                onChange={(e) => change({ hard: e.currentTarget.checked })}
              />
            </>
          )}
        />
      </FieldRow>
    </FieldGroup>
  );
}

function Times({ rules, names, set }: Props) {
  const { t } = useTranslation('rules');
  const words = useRowWords();
  return (
    <FieldGroup title={t('time')}>
      <FieldRow label={t('breaks')} help={t('breaksHelp')}>
        <RowEditor
          label={t('breaks')}
          words={words}
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
      </FieldRow>
      <FieldRow label={t('priorities')} help={t('prioritiesHelp')}>
        <RowEditor
          label={t('priorities')}
          words={words}
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
              <CommitNumber
                size="xs"
                w={64}
                aria-label={t('weight')}
                integer={false}
                min={0.1}
                max={10}
                value={row.weight}
                onCommit={(weight) => change({ weight })}
              />
            </>
          )}
        />
      </FieldRow>
    </FieldGroup>
  );
}

const SWITCHES = ['sameSite', 'nearSite', 'farSite', 'business', 'process'] as const;
function Switching({ rules, names, set }: Props) {
  const { t } = useTranslation('rules');
  const words = useRowWords();
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
      <FieldRow label={t('nearSites')} help={t('nearSitesHelp')}>
        <RowEditor
          label={t('nearSites')}
          words={words}
          rows={pairs}
          blank={{ a: names.locations[0] ?? '', b: names.locations[1] ?? '' }}
          onChange={(next) => set({ nearSites: next.map(({ a, b }) => [a, b]) })}
          render={(row, change) => (
            <>
              <Pick label={t('siteA')} data={names.locations} value={row.a} onPick={(a) => change({ a })} />
              <Pick label={t('siteB')} data={names.locations} value={row.b} onPick={(b) => change({ b })} />
            </>
          )}
        />
      </FieldRow>
      <NumberRow
        name="rampMinutes"
        min={0}
        max={240}
        value={rules.rampMinutes}
        onCommit={(rampMinutes) => set({ rampMinutes })}
      />
      <NumberRow
        name="rampLoss"
        percent
        min={0}
        max={100}
        value={rules.rampLoss}
        onCommit={(rampLoss) => set({ rampLoss })}
      />
    </FieldGroup>
  );
}

function Costs({ rules, set }: Props) {
  const { t } = useTranslation('rules');
  const rows = [
    ['near', t('costNear')],
    ['far', t('costFar')],
    ['business', t('costBusiness')],
    ['process', t('costProcess')],
    ['repeat', t('costRepeat')],
    ['ledger', t('costLedger')],
    ['junior', t('costJunior')],
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
