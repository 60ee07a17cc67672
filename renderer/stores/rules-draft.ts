import { create } from 'zustand';
import type { Rules } from '../../main/placement/contract/placement.ts';

/** Rules being changed and not yet saved: they wait while the person looks at another screen. */
export const useRulesDraft = create<{
  readonly draft: Rules | null;
  setDraft(draft: Rules | null): void;
}>((set) => ({ draft: null, setDraft: (draft) => set({ draft }) }));
