import type { Document, Hit } from '../api/contract/knowledge.ts';

export type NewDocument = {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly source: 'typed' | 'file';
};
export type DocumentDetail = {
  readonly document: Document;
  readonly text: string;
  readonly chunks: { readonly id: string; readonly text: string }[];
};

/** Registered know-how and the company's own context rows, searchable as one. */
export interface Knowledge {
  /** newest first */
  list(): Document[];
  /** rejects with `not-found` */
  get(id: string): DocumentDetail;
  add(input: NewDocument): Promise<Document>;
  /** rejects with `knowledge.company` for a document that lives in the company's database */
  update(id: string, input: Omit<NewDocument, 'source'>): Promise<Document>;
  remove(id: string): Promise<void>;
  /** the `limit` best chunks, best first, at most two of one document; [] when nothing fits */
  search(text: string, limit: number): Hit[];
  /** chunks and embeds every document again, e.g. after a new embedder */
  reindex(): Promise<{ readonly documents: number; readonly failed: number }>;
  /** an answer cited these chunks: each of their documents was used once more */
  used(chunkIds: readonly string[]): Promise<void>;
}
