import { Button, Checkbox, Group, Select, Title } from '@mantine/core';
import { IconPin, IconPinnedOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { type Candidate, PersonSearch } from './person-search.tsx';
import classes from './proposal.module.css';

export type Choice = { readonly drop: readonly string[]; readonly pin: Proposal['scope']['pin'] };
type Props = {
  readonly proposal: Proposal;
  /** names of people this card has shown so far, so that dropped ones keep theirs */
  readonly names: ReadonlyMap<string, string>;
  readonly onName: (operatorId: string, name: string) => void;
  readonly onChoose: (choice: Choice) => void;
};

const without = (ids: readonly string[], id: string): string[] => ids.filter((other) => other !== id);

/** Drop, require or add people; every change solves again at once. */
export function ModifyPanel({ proposal, names, onName, onChoose }: Props) {
  const t = useWords('proposals');
  const format = useFormat();
  const { drop, pin } = proposal.scope;
  const isPinned = (id: string): boolean => pin.some((p) => p.operatorId === id);
  const dropPerson = (id: string, name: string): void => {
    onName(id, name);
    onChoose({ drop: [...without(drop, id), id], pin: pin.filter((p) => p.operatorId !== id) });
  };
  const pinPerson = (id: string, cellId: string): void =>
    onChoose({
      drop: without(drop, id),
      pin: [...pin.filter((p) => p.operatorId !== id), { operatorId: id, cellId }],
    });
  const unpin = (id: string): void => onChoose({ drop, pin: pin.filter((p) => p.operatorId !== id) });
  return (
    <section className={classes['panel']} aria-label={t('modify.title')}>
      <Title order={3}>{t('modify.title')}</Title>
      <Fine mb="xs">{t('modify.hint')}</Fine>
      <ul className={classes['choices']}>
        {proposal.moves.map((move) => (
          <li key={move.operatorId}>
            <Checkbox
              checked
              onChange={() => dropPerson(move.operatorId, move.name)}
              label={t('moves.person', { name: move.name })}
              aria-label={t('modify.keep', { name: move.name })}
            />
            <Fine>{t('moves.fromTo', { from: format.cell(move.from), to: format.cell(move.to) })}</Fine>
            <Button
              size="compact-xs"
              variant={isPinned(move.operatorId) ? 'light' : 'subtle'}
              leftSection={isPinned(move.operatorId) ? <IconPinnedOff size={13} /> : <IconPin size={13} />}
              aria-pressed={isPinned(move.operatorId)}
              onClick={() =>
                isPinned(move.operatorId)
                  ? unpin(move.operatorId)
                  : pinPerson(move.operatorId, move.to.cellId)
              }
            >
              {t(isPinned(move.operatorId) ? 'modify.unpin' : 'modify.pin')}
            </Button>
          </li>
        ))}
        {drop.map((id) => (
          <li key={id} data-dropped>
            <Checkbox
              checked={false}
              onChange={() => onChoose({ drop: without(drop, id), pin })}
              label={t('moves.person', { name: names.get(id) ?? id })}
              aria-label={t('modify.keep', { name: names.get(id) ?? id })}
            />
            <Fine>{t('modify.dropped')}</Fine>
          </li>
        ))}
      </ul>
      <AddPerson
        proposal={proposal}
        onAdd={(candidate, cellId) => {
          onName(candidate.operatorId, candidate.name);
          pinPerson(candidate.operatorId, cellId);
        }}
      />
    </section>
  );
}

type AddProps = {
  readonly proposal: Proposal;
  readonly onAdd: (candidate: Candidate, cellId: string) => void;
};
function AddPerson({ proposal, onAdd }: AddProps) {
  const t = useWords('proposals');
  const format = useFormat();
  const [picked, setPicked] = useState<Candidate | null>(null);
  const targets = targetsOf(proposal).map((cell) => ({ value: cell.cellId, label: format.cell(cell) }));
  const [target, setTarget] = useState<string | null>(null);
  const cellId = target ?? targets[0]?.value ?? null;
  return (
    <Group align="flex-end" gap="xs" mt="sm">
      <div style={{ flex: '1 1 200px' }}>
        <PersonSearch
          proposalId={proposal.id}
          label={picked ? t('modify.home', { name: picked.name, home: picked.home }) : t('modify.add')}
          onPick={setPicked}
        />
      </div>
      <Select
        style={{ flex: '1 1 200px' }}
        label={t('modify.target')}
        data={targets}
        value={cellId}
        onChange={setTarget}
      />
      <Button
        variant="default"
        leftSection={<IconUserPlus size={15} />}
        disabled={!picked || !cellId}
        onClick={() => {
          if (picked && cellId) onAdd(picked, cellId);
          setPicked(null);
        }}
      >
        {t('modify.addButton')}
      </Button>
    </Group>
  );
}
/** The cells somebody could be sent to: those the plan helps, those it could not, then every touched one. */
export const targetsOf = (proposal: Proposal): Proposal['effects'][number]['cell'][] => {
  const cells = [
    ...proposal.effects.filter((effect) => effect.role !== 'source').map((effect) => effect.cell),
    ...proposal.notPossible.map((lot) => lot.cell),
    ...proposal.effects.map((effect) => effect.cell),
  ];
  return [...new Map(cells.map((cell) => [cell.cellId, cell])).values()];
};
