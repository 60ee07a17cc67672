import { useCallback, useEffect, useRef, useState } from 'react';
import type { RuleChange } from '../../../main/api/contract/placement.ts';
import { engine } from '../../engine-client.ts';
import { useRefresh } from '../../engine-hooks.ts';
import { isCancelled } from '../../errors.ts';

export type BackTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly of: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Tries a draft on past proposals, with its progress; leaving the page stops it and keeps nothing. */
export function useBackTest(id: string): {
  readonly state: BackTestState;
  readonly start: (change: RuleChange) => void;
  readonly cancel: () => void;
} {
  const refresh = useRefresh();
  const [state, setState] = useState<BackTestState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    (change: RuleChange): void => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setState({ kind: 'running', done: 0, of: 0 });
      const follow = async (): Promise<void> => {
        const events = await engine.placement.backTest({ id, change }, { signal: abort.signal });
        for await (const event of events) {
          if (abort.signal.aborted) return;
          if (event.kind === 'progress') setState({ kind: 'running', done: event.done, of: event.of });
        }
        await refresh('rules');
        if (running.current === abort) setState({ kind: 'idle' });
      };
      follow().catch((error: unknown) => {
        if (running.current !== abort) return;
        setState(isCancelled(error) ? { kind: 'idle' } : { kind: 'failed', error });
      });
    },
    [id, refresh],
  );
  const cancel = useCallback((): void => {
    running.current?.abort();
    setState({ kind: 'idle' });
  }, []);
  return { state, start, cancel };
}
