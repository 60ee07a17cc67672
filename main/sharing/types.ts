import type { Emitter } from '../kernel/events.ts';
import type { SharedVersion } from '../store/index.ts';
import type { Shared, SharedKindName } from './contract/sharing.ts';

/** What a room lets laptops share. */
export type SharedKind = {
  readonly kind: SharedKindName;
  /** what is there now; `stamp` changes when `body` does. The body is plain data with its name as `title`, where it has one. */
  list(): readonly { readonly id: string; readonly stamp: number; readonly body: () => object }[];
  /** Takes over what another laptop wrote; null: removed there. Its first write is one transaction with what sharing keeps. */
  take(id: string, body: unknown, by: string): Promise<unknown>;
};
export type CompanyTable = {
  /** null: nothing is shared */
  readonly writer: () => ((version: SharedVersion) => Promise<unknown>) | null;
  readonly read: (
    seq: number,
    signal: AbortSignal,
  ) => Promise<{ readonly versions: readonly SharedVersion[]; readonly seq: number }>;
  /** which table of which database, the server included; null: none is named */
  readonly address: () => string | null;
};
export type Sharing = {
  view(): Shared;
  /** Reads what others wrote and writes what is new here. Rejects where the company's database cannot be asked. */
  round(): Promise<void>;
  /** A person chooses between this laptop's version and the other one's. Rejects with `not-found` where there is nothing to choose. */
  settle(o: { kind: SharedKindName; id: string; keep: 'mine' | 'theirs' }): Promise<Shared>;
  readonly changed: Emitter<void>;
  start(): () => void;
  close(): Promise<void>;
};
