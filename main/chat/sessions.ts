import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Base } from '../store/index.ts';
import { foldMapped, foldText } from '../vectors/index.ts';
import type { Message, Session } from './contract/chat.ts';
import { exportSession } from './export-session.ts';
import {
  findSessions,
  insertSession,
  isRemoved,
  listMessages,
  listSessions,
  markRemoved,
  pinSession,
  purgeRemoved,
  readSession,
  titleSession,
} from './queries.ts';
import type { ExportFile, ExportFormat } from './types.ts';

/** A removed conversation can be brought back for this long. */
export const KEEP_REMOVED_MS = 24 * 3_600_000;
const EXCERPT_AROUND = 30;
const UNTITLED = '新しい会話 / New conversation';
export const isUntitled = (session: Session): boolean => session.title === UNTITLED;

/** Units a character takes in a list: wide ones (kana, kanji, full width, emoji) two. */
const widthOf = (character: string): number => (/[\u1100-\u{10ffff}]/u.test(character) ? 2 : 1);
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** A session's title from its first question: its first line, cut at 48 half-width units; the same question gives the same title. */
export function titleOf(question: string): string {
  const line = question.trim().split(/[\r\n]/)[0] ?? '';
  const tidy = line.replace(/\s+/g, ' ').replace(/[。．.、，,]+$/u, '');
  let title = '';
  let width = 0;
  for (const { segment } of graphemes.segment(tidy)) {
    width += widthOf(segment);
    if (width > 48) return `${title.replace(/ [^ ]*$/, (tail) => (tail.length < 16 ? '' : tail))}…`;
    title += segment;
  }
  return title || UNTITLED;
}

/** The stretch of `text` around the first place that folds to `folded`. */
export function excerptAround(text: string, folded: string): string {
  const mapped = foldMapped(text);
  const at = mapped.text.indexOf(folded);
  const start = at < 0 ? 0 : (mapped.starts[at] ?? 0);
  const end = at < 0 ? 0 : (mapped.ends[at + folded.length - 1] ?? text.length);
  const from = Math.max(0, start - EXCERPT_AROUND);
  const to = Math.min(text.length, end + EXCERPT_AROUND);
  const body = text
    .slice(from, to)
    .replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${body}${to < text.length ? '…' : ''}`;
}

export type Sessions = {
  list(input?: { readonly text?: string | undefined; readonly limit?: number | undefined }): Session[];
  create(input?: { readonly title?: string | undefined }): Promise<Session>;
  rename(sessionId: string, title: string): Promise<Session>;
  pin(sessionId: string, pinned: boolean): Promise<Session>;
  /** hides it; gone for good a day later */
  remove(sessionId: string): Promise<void>;
  restore(sessionId: string): Promise<Session>;
  messages(sessionId: string): Message[];
  get(sessionId: string): Session;
  export(sessionId: string, format: ExportFormat, zone: string): ExportFile;
};

export function createSessions({ store, clock }: Pick<Base, 'store' | 'clock'>): Sessions {
  const { read } = store;
  const get = (sessionId: string): Session => {
    const session = readSession(read, sessionId);
    if (!session) throw new AppError('not-found', { what: sessionId });
    return session;
  };
  const search = (text: string): Session[] => {
    const words = foldText(text).split(' ').filter(Boolean);
    const found = words.map((word) => new Map(findSessions(read, word).map((f) => [f.sessionId, f])));
    return listSessions(read)
      .filter((session) => found.every((byWord) => byWord.has(session.id)))
      .map((session) => {
        const inMessage = found
          .map((byWord, i) => ({ word: words[i] ?? '', message: byWord.get(session.id)?.message ?? null }))
          .find((hit) => hit.message !== null);
        return inMessage?.message
          ? { ...session, excerpt: excerptAround(inMessage.message, inMessage.word) }
          : session;
      });
  };
  return {
    get,
    list: ({ text, limit = Number.MAX_SAFE_INTEGER } = {}) =>
      text && foldText(text).trim() ? search(text).slice(0, limit) : listSessions(read, limit),
    async create({ title } = {}) {
      const at = clock.now();
      const session: Session = {
        id: newId(),
        title: title?.trim() || UNTITLED,
        pinned: false,
        createdAt: at,
        updatedAt: at,
        messages: 0,
        excerpt: null,
      };
      await store.write([insertSession(session)]);
      return session;
    },
    async rename(sessionId, title) {
      get(sessionId);
      await store.write([titleSession(sessionId, title.trim() || UNTITLED)]);
      return get(sessionId);
    },
    async pin(sessionId, pinned) {
      get(sessionId);
      await store.write([pinSession(sessionId, pinned)]);
      return get(sessionId);
    },
    async remove(sessionId) {
      get(sessionId);
      const now = clock.now();
      await store.write([purgeRemoved(now - KEEP_REMOVED_MS), markRemoved(sessionId, now)]);
    },
    async restore(sessionId) {
      if (isRemoved(read, sessionId)) await store.write([markRemoved(sessionId, null)]);
      return get(sessionId);
    },
    messages(sessionId) {
      get(sessionId);
      return listMessages(read, sessionId);
    },
    export: (sessionId, format, zone) =>
      exportSession(get(sessionId), listMessages(read, sessionId), format, zone),
  };
}
