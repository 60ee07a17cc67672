import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Proposal, SolveProgress } from '../../main/placement/contract/placement.ts';
import { type Engine, engine } from '../engine-client.ts';
import { orpc } from '../engine-hooks.ts';
import { isCancelled } from '../errors.ts';

export type SolveInput = NonNullable<Parameters<Engine['placement']['propose']>[0]>;
export type SolveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'solving'; readonly progress: SolveProgress | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };
export type Solve = {
  readonly state: SolveState;
  /** a solve that still runs is cancelled first */
  readonly start: (input: SolveInput, onSolved: (proposal: Proposal) => void) => void;
  readonly cancel: () => void;
};

/** One solve at a time, with its progress; leaving the page cancels it. */
export function useSolve(): Solve {
  const client = useQueryClient();
  const [state, setState] = useState<SolveState>({ kind: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    (input: SolveInput, onSolved: (proposal: Proposal) => void): void => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setState({ kind: 'solving', progress: null });
      const follow = async (): Promise<void> => {
        for await (const event of await engine.placement.propose(input, { signal: abort.signal })) {
          if (abort.signal.aborted) return;
          if (event.kind === 'progress') setState({ kind: 'solving', progress: event.progress });
          else {
            setState({ kind: 'idle' });
            void client.invalidateQueries({ queryKey: orpc.placement.list.key() });
            onSolved(event.proposal);
          }
        }
        if (running.current === abort)
          setState((now) => (now.kind === 'solving' ? { kind: 'cancelled' } : now));
      };
      follow().catch((error: unknown) => {
        if (running.current !== abort) return;
        setState(isCancelled(error) ? { kind: 'cancelled' } : { kind: 'failed', error });
      });
    },
    [client],
  );
  const cancel = useCallback((): void => {
    running.current?.abort();
    setState({ kind: 'cancelled' });
  }, []);
  return { state, start, cancel };
}
