import { useState } from 'react';
import type { ProposalScope } from '../../../main/placement/contract/placement.ts';

type Pins = ProposalScope['pin'];
export type PinHistory = {
  readonly pins: Pins;
  /** each returns the step to solve around now; it counts once `keep` has told which plan came of it */
  readonly change: (pins: Pins) => Step;
  /** null: nothing to go back to */
  readonly undo: (() => Step) | null;
  readonly redo: (() => Step) | null;
  readonly keep: (step: Step, plan: string) => void;
};
export type Step = { readonly list: readonly Pins[]; readonly at: number };

/** What a person pinned, step by step; it begins with what the plan on the board was solved around, and ends when another is opened. */
export function usePinHistory(plan: string | null, saved: Pins): PinHistory {
  const [kept, setKept] = useState<(Step & { readonly plan: string }) | null>(null);
  const { list, at } = kept?.plan === plan && kept !== null ? kept : { list: [saved], at: 0 };
  return {
    pins: list[at] ?? [],
    change: (pins) => ({ list: [...list.slice(0, at + 1), pins], at: at + 1 }),
    undo: at > 0 ? () => ({ list, at: at - 1 }) : null,
    redo: at < list.length - 1 ? () => ({ list, at: at + 1 }) : null,
    keep: (step, of) => setKept({ ...step, plan: of }),
  };
}
