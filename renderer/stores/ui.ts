import { create } from 'zustand';

/** Which of the frame's own layers are open. */
export type UiState = {
  readonly notifications: boolean;
  readonly shortcuts: boolean;
  /** the sheet for the next shift */
  readonly handover: boolean;
  readonly hiddenBanners: readonly string[];
  /** what a decision still needs, and the way on once it is there */
  readonly asks: { readonly what: 'name' | 'pin'; readonly again: () => void } | null;
  ask(asks: UiState['asks']): void;
  show(layer: 'notifications' | 'shortcuts' | 'handover', open: boolean): void;
  hideBanner(id: string): void;
};
const HIDDEN = 'toride.hidden-banners';
/** What this browser was told to put away; nothing where it keeps no storage. */
const readHidden = (): readonly string[] => {
  try {
    return (localStorage.getItem(HIDDEN) ?? '').split(' ').filter(Boolean);
  } catch {
    return [];
  }
};
const keepHidden = (ids: readonly string[]): void => {
  try {
    localStorage.setItem(HIDDEN, ids.join(' '));
  } catch {
    // it comes back with the next start
  }
};

export const useUi = create<UiState>((set) => ({
  notifications: false,
  shortcuts: false,
  handover: false,
  hiddenBanners: readHidden(),
  asks: null,
  ask: (asks) => set({ asks }),
  show: (layer, open) => set({ [layer]: open }),
  hideBanner: (id) =>
    set((s) => {
      const hiddenBanners = [...new Set([...s.hiddenBanners, id])];
      keepHidden(hiddenBanners);
      return { hiddenBanners };
    }),
}));
