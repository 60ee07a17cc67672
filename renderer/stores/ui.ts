import { create } from 'zustand';

/** Which of the frame's own layers are open. */
export type UiState = {
  readonly notifications: boolean;
  readonly shortcuts: boolean;
  readonly hiddenBanners: readonly string[];
  show(layer: 'notifications' | 'shortcuts', open: boolean): void;
  hideBanner(id: string): void;
};
export const useUi = create<UiState>((set) => ({
  notifications: false,
  shortcuts: false,
  hiddenBanners: [],
  show: (layer, open) => set({ [layer]: open }),
  hideBanner: (id) => set((s) => ({ hiddenBanners: [...s.hiddenBanners, id] })),
}));
