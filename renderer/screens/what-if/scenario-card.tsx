import { ActionIcon, Button, Flex, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowDownRight,
  IconArrowUpRight,
  IconCopy,
  IconDots,
  IconEye,
  IconEyeOff,
  IconPlus,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import type { Applied, Change } from '../../../main/placement/contract/what-if.ts';
import { ToneBadge } from '../../ui/badges.tsx';
import { CommitText } from '../../ui/fields.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import type { Shown, Verdict } from './compare-model.ts';
import { ProposeButton } from './propose-button.tsx';
import type { Scenarios } from './use-scenarios.ts';
import classes from './what-if.module.css';

/** Names of people told before “and n more”. */
const NAMED = 4;

type Props = {
  readonly shown: Shown;
  readonly counts: Readonly<Record<Verdict, number>> | null;
  readonly acts: Scenarios;
  readonly words: (change: Change) => string;
  readonly onAdd: () => void;
  readonly onEdit: (index: number) => void;
};

/** One scenario: what it supposes, whom that concerns, what comes of it, and what can be made of it. */
export function ScenarioCard({ shown, counts, acts, words, onAdd, onEdit }: Props) {
  const t = useWords('whatIf');
  const { scenario, side } = shown;
  const hidden = acts.isHidden(scenario.id);
  return (
    <section className={classes['card']} aria-label={scenario.name} data-hidden={hidden || undefined}>
      <Group gap={4} wrap="nowrap" align="center">
        <CommitText
          flex={1}
          variant="unstyled"
          className={classes['name'] ?? ''}
          aria-label={t('card.name')}
          maxLength={100}
          value={scenario.name}
          onCommit={(name) => acts.rename(scenario, name)}
        />
        <CardMenu shown={shown} acts={acts} />
      </Group>
      {scenario.changes.length === 0 && <Note>{t('card.noChanges')}</Note>}
      <Flex component="ul" direction="column" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {scenario.changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes have no name of their own and keep their order
          <li key={index}>
            <Flex align="flex-start" justify="space-between" gap={6}>
              <UnstyledButton
                className={classes['changeText'] ?? ''}
                title={t('card.editChange', { change: words(change) })}
                onClick={() => onEdit(index)}
              >
                {words(change)}
              </UnstyledButton>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('card.removeChange', { change: words(change) })}
                onClick={() => acts.removeChange(scenario, index)}
              >
                <IconX size={14} />
              </ActionIcon>
            </Flex>
            <Found change={change} applied={side?.applied[index]} />
          </li>
        ))}
      </Flex>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        className={classes['addChange'] ?? ''}
        onClick={onAdd}
      >
        {t('card.addChange')}
      </Button>
      <div className={classes['result']}>
        {hidden && <Note>{t('card.hidden')}</Note>}
        {side && counts && scenario.changes.length > 0 && (
          <>
            <Group gap={6}>
              {counts.worse > 0 && (
                <ToneBadge
                  tone="danger"
                  icon={IconArrowDownRight}
                  label={t('card.worse', { count: counts.worse })}
                />
              )}
              {counts.better > 0 && (
                <ToneBadge
                  tone="ok"
                  icon={IconArrowUpRight}
                  label={t('card.better', { count: counts.better })}
                />
              )}
              {counts.worse + counts.better === 0 && <Text size="sm">{t('card.same')}</Text>}
            </Group>
            <Missed count={side.missed} />
            <ProposeButton scenario={scenario} side={side} />
          </>
        )}
      </div>
    </section>
  );
}

/** How many deadlines of the whole company are expected to be missed. */
export function Missed({ count }: { readonly count: number }) {
  const t = useWords('whatIf');
  return (
    <Text size="sm" {...(count > 0 ? {} : { c: 'dimmed' })}>
      {count > 0 ? t('card.danger', { count }) : t('card.noneDanger')}
    </Text>
  );
}

/** Whom a condition takes; said aloud where that is fewer than asked for, or nobody. */
function Found({ change, applied }: { readonly change: Change; readonly applied: Applied | undefined }) {
  const t = useWords('whatIf');
  const format = useFormat();
  if (!applied) return null;
  const { people, wanted, cells } = applied;
  const warn = (text: string) => (
    <Text size="xs" c="var(--watch-text)">
      {text}
    </Text>
  );
  if (wanted === null) return cells === 0 ? warn(t('card.nowhere')) : null;
  if (people.length === 0) return wanted === 0 ? null : warn(t('card.nobody'));
  if (change.kind === 'extra') return null;
  const told = people.slice(0, NAMED).map((person) => person.name);
  const more = people.length - told.length;
  return (
    <>
      {people.length < wanted && warn(t('card.fewer', { wanted, people: people.length }))}
      <Fine>
        {t('card.people', {
          count: people.length,
          names: format.list([...told, ...(more > 0 ? [t('card.more', { count: more })] : [])]),
        })}
      </Fine>
    </>
  );
}

function CardMenu({ shown: { scenario }, acts }: Pick<Props, 'shown' | 'acts'>) {
  const t = useWords('whatIf');
  const hidden = acts.isHidden(scenario.id);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('card.menu', { name: scenario.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={hidden ? <IconEye size={15} /> : <IconEyeOff size={15} />}
          onClick={() => acts.hide(scenario.id, !hidden)}
        >
          {t(hidden ? 'card.show' : 'card.hide')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => acts.duplicate(scenario)}>
          {t('card.duplicate')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => acts.remove(scenario)}>
          {t('card.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
