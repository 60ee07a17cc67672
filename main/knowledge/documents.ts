import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import type { Base, Statement } from '../store/index.ts';
import { KNOWLEDGE_LIMITS } from './config.ts';
import type { Document } from './contract/knowledge.ts';
import type { DocumentState } from './document-states.ts';
import type { FileReader, FileWork } from './files/file-reader.ts';
import type { TakeFile } from './folder-files.ts';
import type { DocumentIndexing } from './index-documents.ts';
import { moveMarks } from './places.ts';
import {
  COMPANY_PREFIX,
  chunkId,
  claimFile,
  countChunks,
  countOwnDocuments,
  type DocumentHead,
  type DocumentRow,
  documentExists,
  hideDocument,
  releaseFile,
  saveDocument,
  selectDocument,
  selectFolders,
  selectHeads,
  showDocument,
} from './queries.ts';
import { splitChunks } from './split-chunks.ts';
import { takeFile } from './take-file.ts';
import type { Knowledge, NewDocument } from './types.ts';

const SharedDocument = z.object({ title: z.string(), text: z.string(), tags: z.array(z.string()) });

type Given = { readonly title: string; readonly text: string; readonly tags: string[] };
function checked(input: Omit<NewDocument, 'source'>): Given {
  const text = input.text.replaceAll('\0', '').trim();
  const title = input.title.trim();
  if (text === '' || title === '') throw new AppError('knowledge.empty');
  if (text.length > KNOWLEDGE_LIMITS.characters)
    throw new AppError('knowledge.too-large', {
      size: text.length.toLocaleString('en'),
      limit: KNOWLEDGE_LIMITS.characters.toLocaleString('en'),
    });
  return { title, text, tags: [...new Set(input.tags.map((t) => t.trim()).filter((t) => t !== ''))] };
}

/** Documents as people keep them: typed, dropped, found in folders; changed, removed and brought back. */
export type Documents = Pick<
  Knowledge,
  'list' | 'get' | 'add' | 'addFile' | 'update' | 'remove' | 'restore' | 'shared'
> & { readonly take: TakeFile };

export function createDocuments(
  o: Pick<Base, 'store' | 'clock' | 'tasks'> & {
    readonly indexing: DocumentIndexing;
    readonly reader: FileReader;
    readonly changed: Emitter<void>;
  },
): Documents {
  const { store, clock, tasks, indexing, reader, changed } = o;
  const { read } = store;

  const view = (head: DocumentHead, chunks: number): Document =>
    documentView(head, indexing.stateOf(head), chunks);
  const saving = (row: DocumentRow): Statement[] =>
    saveDocument(
      { ...row, state: 'waiting', problem: null, embedder: null },
      splitChunks(row.text, row.marks),
    );
  const found = (id: string): DocumentRow & DocumentHead => {
    const row = selectDocument(read, id);
    if (!row) throw new AppError('not-found', { what: id });
    return row;
  };
  const write = async (statements: readonly Statement[], made?: DocumentRow): Promise<void> => {
    await store.write(statements, made);
    await indexing.follow();
    changed.emit();
  };
  const shown = (id: string): Document => {
    const row = found(id);
    return view(row, splitChunks(row.text, row.marks).length);
  };
  const save = async (row: DocumentRow): Promise<Document> => {
    await write(saving(row), row);
    return shown(row.id);
  };
  const own = (id: string): DocumentRow => {
    if (id.startsWith(COMPANY_PREFIX) && documentExists(read, id)) throw new AppError('knowledge.company');
    return found(id);
  };
  const fresh = (given: Given, rest: Partial<DocumentRow>): DocumentRow => {
    if (countOwnDocuments(read) >= KNOWLEDGE_LIMITS.documents)
      throw new AppError('knowledge.too-many', { limit: KNOWLEDGE_LIMITS.documents });
    return { ...newRow(clock.now()), ...rest, ...given };
  };
  // strictly later, so that what is indexed is seen to be old even when the clock stands still
  const after = (row: DocumentRow): number => Math.max(clock.now(), row.updatedAt + 1);

  return {
    async take({ id, folder, path: place, bytes, modifiedAt, signal }) {
      const name = path.relative(folder.path, place);
      // the look at the folder is a job already
      const file = await takeFile({ name, bytes }, reader, (work) => work({ signal, progress: () => {} }));
      const given = checked({ ...file, tags: [...folder.tags, ...file.tags] });
      const rest = {
        source: 'folder',
        path: place,
        folderId: folder.id,
        author: file.author,
        marks: file.marks,
        modifiedAt,
      } as const;
      const before = id === null ? null : selectDocument(read, id);
      const row = before ? { ...before, ...given, ...rest, updatedAt: after(before) } : fresh(given, rest);
      return { id: row.id, statements: saving(row) };
    },
    list() {
      const counts = countChunks(read);
      return selectHeads(read).map((head) =>
        view(
          head,
          indexing.passagesOf(head) ??
            counts.get(head.id) ??
            splitChunks(selectDocument(read, head.id)?.text ?? '').length,
        ),
      );
    },
    get(id) {
      const row = found(id);
      const chunks = splitChunks(row.text, row.marks).map((chunk, seq) => ({
        id: chunkId(id, seq),
        ...chunk,
      }));
      return { document: view(row, chunks.length), text: row.text, chunks };
    },
    add: async (input) => save(fresh(checked(input), { source: input.source })),
    async addFile({ name, bytes, tags, modifiedAt }) {
      const asTask = <T>(work: (work: FileWork) => Promise<T>): Promise<T> =>
        tasks.run('knowledge-file', (context) => {
          context.about(name);
          return work(context);
        });
      const { author, marks, ...file } = await takeFile({ name, bytes }, reader, asTask);
      const given = checked({ ...file, tags: [...tags, ...file.tags] });
      return save(fresh(given, { source: 'file', path: name, author, marks, modifiedAt }));
    },
    async update(id, input) {
      const row = own(id);
      if (row.folderId !== null) throw new AppError('knowledge.of-folder', { path: row.path ?? '' });
      const given = checked(input);
      const marks = moveMarks(row.marks, row.text, given.text);
      return save({ ...row, ...given, marks, updatedAt: after(row) });
    },
    async remove(id) {
      own(id);
      await write([hideDocument(id, clock.now()), releaseFile(id)]);
    },
    shared: {
      kind: 'know-how',
      list: () =>
        selectHeads(read)
          .filter(({ source, folderId }) => source !== 'company' && folderId === null)
          .map(({ id, title, tags, updatedAt }) => ({
            id,
            stamp: updatedAt,
            body: () => ({ title, text: selectDocument(read, id)?.text ?? '', tags }),
          })),
      async take(id, body) {
        if (body === null)
          return selectDocument(read, id) ? write([hideDocument(id, clock.now())]) : undefined;
        const before = selectDocument(read, id, true);
        const given = checked(SharedDocument.parse(body));
        const row = before
          ? {
              ...before,
              ...given,
              marks: moveMarks(before.marks, before.text, given.text),
              updatedAt: after(before),
            }
          : { ...fresh(given, {}), id };
        await write([...saving(row), ...(before ? [showDocument(id)] : [])], row);
      },
    },
    async restore(id) {
      const row = selectDocument(read, id, true);
      if (!row || row.source === 'company') throw new AppError('not-found', { what: id });
      const folder = selectFolders(read).find((known) => known.id === row.folderId);
      const file =
        folder && row.path !== null ? path.relative(folder.path, row.path).replaceAll(path.sep, '/') : null;
      const claimed = folder && file ? [claimFile(folder.id, file, id)] : [];
      await write([showDocument(id), ...claimed], row);
      return shown(id);
    },
  };
}

const documentView = (head: DocumentHead, state: DocumentState, chunks: number): Document => ({
  id: head.id,
  title: head.title,
  tags: [...head.tags],
  source: head.source,
  path: head.path,
  folderId: head.folderId,
  author: head.author,
  modifiedAt: head.modifiedAt,
  createdAt: head.createdAt,
  updatedAt: head.updatedAt,
  ...state,
  chunks,
  characters: head.characters,
  useCount: head.useCount,
});
const newRow = (at: number): Omit<DocumentRow, keyof Given> => ({
  id: newId(),
  source: 'typed',
  path: null,
  folderId: null,
  author: null,
  modifiedAt: null,
  createdAt: at,
  updatedAt: at,
  state: 'waiting',
  problem: null,
  embedder: null,
  useCount: 0,
  marks: [],
});
