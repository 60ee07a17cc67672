import { useLocalStorage } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Change, Scenario } from '../../../main/placement/contract/what-if.ts';
import { orpc } from '../../engine-hooks.ts';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';

/** The saved scenarios, and what can be done with them. Every change is saved at once and can be taken back. */
export function useScenarios() {
  const t = useWords('whatIf');
  const list = useQuery(orpc.whatIf.list.queryOptions());
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: 'toride.what-if.hidden',
    defaultValue: [],
  });
  const save = useMutation(orpc.whatIf.save.mutationOptions());
  const remove = useMutation(orpc.whatIf.remove.mutationOptions());
  const restore = useMutation(orpc.whatIf.restore.mutationOptions());
  const scenarios = list.data?.toReversed() ?? [];
  const keep = ({ id, name }: Scenario, changes: readonly Change[]): void =>
    save.mutate({ id, name, changes: [...changes] });
  return {
    list,
    /** oldest first, as their columns stand */
    scenarios,
    isHidden: (id: string): boolean => hidden.includes(id),
    error: save.error ?? remove.error ?? restore.error,
    busy: save.isPending,
    add(changes: readonly Change[]): void {
      const taken = new Set(scenarios.map((scenario) => scenario.name));
      let n = scenarios.length + 1;
      while (taken.has(t('newName', { n }))) n++;
      save.mutate({ name: t('newName', { n }), changes: [...changes] });
    },
    keep,
    rename({ id, changes }: Scenario, name: string): void {
      if (name.trim()) save.mutate({ id, name, changes });
    },
    duplicate: ({ name, changes }: Scenario): void =>
      save.mutate({ name: t('copyName', { name }).slice(0, 100), changes }),
    removeChange(scenario: Scenario, index: number): void {
      keep(
        scenario,
        scenario.changes.filter((_, i) => i !== index),
      );
      showUndoBar(t('card.changeRemoved'), () => keep(scenario, scenario.changes));
    },
    remove({ id, name }: Scenario): void {
      remove.mutate(
        { id },
        {
          onSuccess: () => showUndoBar(t('card.removed', { name }), () => restore.mutate({ id })),
        },
      );
    },
    hide: (id: string, isHidden: boolean): void =>
      setHidden((now) => (isHidden ? [...now, id] : now.filter((one) => one !== id))),
  };
}
export type Scenarios = ReturnType<typeof useScenarios>;
