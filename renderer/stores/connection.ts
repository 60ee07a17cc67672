import { create } from 'zustand';

export type ConnectionState = {
  /** `refused`: this page was opened without the key that Toride printed */
  readonly state: 'connecting' | 'online' | 'lost' | 'refused';
  /** how many times it has come online; a change means that everything on screen may be old */
  readonly generation: number;
};
export const useConnection = create<ConnectionState>(() => ({ state: 'connecting', generation: 0 }));
