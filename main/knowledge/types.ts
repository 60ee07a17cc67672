import type { Emitter } from '../kernel/events.ts';
import type { VectorRoom } from '../vectors/index.ts';
import type { Document, DocumentSource, Folder, KnowHowFound, Passage } from './contract/knowledge.ts';

export type NewDocument = {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly source: 'typed' | 'file';
};
export type NewFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly tags: readonly string[];
  readonly modifiedAt: number | null;
};
export type DocumentDetail = {
  readonly document: Document;
  readonly text: string;
  readonly chunks: Passage[];
};
export type SearchFilter = {
  /** documents with any of these */
  readonly tags?: readonly string[] | undefined;
  readonly sources?: readonly DocumentSource[] | undefined;
  /** also what fits hardly at all */
  readonly nearest?: boolean | undefined;
};

/** Registered know-how, watched folders and the company's own context rows, searchable as one. */
export interface Knowledge extends VectorRoom {
  /** newest first */
  list(): Document[];
  /** throws `not-found` */
  get(id: string): DocumentDetail;
  add(input: NewDocument): Promise<Document>;
  /** rejects with `knowledge.wrong-kind`, `knowledge.not-text` and the like */
  addFile(input: NewFile): Promise<Document>;
  /** rejects with `knowledge.company` or `knowledge.of-folder` for a document that is kept elsewhere */
  update(id: string, input: Omit<NewDocument, 'source'>): Promise<Document>;
  /** hides it; for a day it can be brought back */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<Document>;
  /**
   * The `limit` best chunks, best first, at most two of one document; none when nothing fits. Where the model that makes the
   * vectors fails or is busy, words answer alone, and `withoutMeaning` says why.
   */
  search(text: string, limit: number, filter?: SearchFilter): Promise<KnowHowFound>;
  /** Indexes what waits or failed. */
  reindex(): Promise<{ readonly documents: number; readonly failed: number }>;
  /** an answer cited these chunks: each of their documents was used once more */
  used(chunkIds: readonly string[]): Promise<void>;
  folders(): Folder[];
  /** rejects with `knowledge.folder-path`, `knowledge.folder-known` */
  watch(path: string, tags: readonly string[]): Promise<Folder>;
  scan(id: string): Promise<Folder>;
  unwatch(id: string, documents: 'keep' | 'remove'): Promise<void>;
  /** looks at folders and at what waits, by the clock, until the returned function is called */
  start(): () => void;
  /** documents, their states or folders changed */
  readonly changed: Emitter<void>;
  /** what people typed or dropped here, for other laptops of the company; see SharedKind of main/sharing */
  readonly shared: {
    readonly kind: 'know-how';
    list(): { readonly id: string; readonly stamp: number; readonly body: () => object }[];
    take(id: string, body: unknown): Promise<void>;
  };
  /** stops what is under way and waits for it */
  close(): Promise<void>;
}
