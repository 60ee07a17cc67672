import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../../main/api/contract/system.ts';
import { orpc } from '../../engine-hooks.ts';
import { useChangeSettings } from '../../frame/use-applied-settings.ts';

/** The settings with the way to change them; every change is saved at once. */
export function useSetting(): {
  settings: Settings | undefined;
  loadError: unknown;
  reload: () => void;
  saveError: unknown;
  set: (change: Partial<Settings>) => void;
} {
  const query = useQuery(orpc.settings.get.queryOptions());
  const change = useChangeSettings();
  return {
    settings: query.data,
    loadError: query.error,
    reload: () => void query.refetch(),
    saveError: change.error,
    set: (next) => change.mutate(next),
  };
}
