import { type Reader, run, type Statement, sql } from '../store/index.ts';
import { foldText } from '../vectors/index.ts';
import type { Message, MessageBody, Session } from './contract/chat.ts';

type SessionRow = {
  session_id: string;
  title: string;
  pinned: number;
  created_at: number;
  updated_at: number;
  messages: number;
};
const toSession = (row: SessionRow): Session => ({
  id: row.session_id,
  title: row.title,
  pinned: row.pinned === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  messages: row.messages,
  excerpt: null,
});
const columns = sql`s.session_id, s.title, s.pinned, s.created_at, s.updated_at,
  (SELECT count(*) FROM chat_messages m WHERE m.session_id = s.session_id) AS messages`;

export const readSession = (read: Reader, sessionId: string): Session | null => {
  const row = read.get<SessionRow>(
    sql`SELECT ${columns} FROM chat_sessions s WHERE s.session_id = ${sessionId} AND s.removed_at IS NULL`,
  );
  return row ? toSession(row) : null;
};
export const listSessions = (read: Reader, limit = Number.MAX_SAFE_INTEGER): Session[] =>
  read
    .all<SessionRow>(
      sql`SELECT ${columns} FROM chat_sessions s WHERE s.removed_at IS NULL
        ORDER BY s.pinned DESC, s.updated_at DESC, s.session_id LIMIT ${limit}`,
    )
    .map(toSession);

/** Sessions whose title or any one message holds the folded text, and the newest such message (null: the title did). */
export const findSessions = (
  read: Reader,
  folded: string,
): { sessionId: string; inTitle: boolean; message: string | null }[] =>
  read
    .all<{ session_id: string; in_title: number; message: string | null }>(
      sql`SELECT session_id, in_title, message FROM (
          SELECT s.session_id, instr(s.folded, ${folded}) > 0 AS in_title,
            (SELECT m.text FROM chat_messages m WHERE m.session_id = s.session_id AND instr(m.folded, ${folded}) > 0
              ORDER BY m.seq DESC LIMIT 1) AS message
          FROM chat_sessions s WHERE s.removed_at IS NULL)
        WHERE in_title OR message IS NOT NULL`,
    )
    .map((row) => ({ sessionId: row.session_id, inTitle: row.in_title === 1, message: row.message }));

type MessageRow = {
  message_id: string;
  session_id: string;
  role: 'user' | 'assistant';
  text: string;
  at: number;
  body: string;
};
/** What answers of earlier versions did not hold. */
const ADDED = {
  reading: null,
  chips: [],
  next: [],
  charts: [],
  focus: null,
} satisfies Partial<MessageBody>;
const toMessage = (row: MessageRow): Message => ({
  id: row.message_id,
  sessionId: row.session_id,
  role: row.role,
  text: row.text,
  at: row.at,
  body: { ...ADDED, ...(JSON.parse(row.body) as MessageBody) },
});
export const listMessages = (read: Reader, sessionId: string): Message[] =>
  read
    .all<MessageRow>(
      sql`SELECT message_id, session_id, role, text, at, body FROM chat_messages
        WHERE session_id = ${sessionId} ORDER BY seq`,
    )
    .map(toMessage);

export const insertSession = (session: Session): Statement =>
  run(sql`INSERT INTO chat_sessions (session_id, title, pinned, created_at, updated_at, folded)
    VALUES (${session.id}, ${session.title}, ${session.pinned}, ${session.createdAt}, ${session.updatedAt},
      ${foldText(session.title)})`);
export const insertMessage = (message: Message): Statement =>
  run(sql`INSERT INTO chat_messages (message_id, session_id, seq, role, text, at, body, folded)
    VALUES (${message.id}, ${message.sessionId},
      (SELECT coalesce(max(seq), 0) + 1 FROM chat_messages WHERE session_id = ${message.sessionId}),
      ${message.role}, ${message.text}, ${message.at}, ${JSON.stringify(message.body)}, ${foldText(message.text)})`);
/** The same answer in another order. */
export const rewriteMessage = ({ id, text, body }: Message): Statement =>
  run(sql`UPDATE chat_messages SET text = ${text}, body = ${JSON.stringify(body)}, folded = ${foldText(text)}
    WHERE message_id = ${id}`);
const one = (what: string) => ({ changes: 1, why: `${what} is gone` });
export const touchSession = (sessionId: string, at: number): Statement =>
  run(sql`UPDATE chat_sessions SET updated_at = ${at} WHERE session_id = ${sessionId}`);
export const titleSession = (sessionId: string, title: string): Statement =>
  run(
    sql`UPDATE chat_sessions SET title = ${title}, folded = ${foldText(title)}
      WHERE session_id = ${sessionId} AND removed_at IS NULL`,
    one('the conversation'),
  );
export const pinSession = (sessionId: string, pinned: boolean): Statement =>
  run(
    sql`UPDATE chat_sessions SET pinned = ${pinned} WHERE session_id = ${sessionId} AND removed_at IS NULL`,
    one('the conversation'),
  );
/** `at` null brings it back */
export const markRemoved = (sessionId: string, at: number | null): Statement =>
  run(
    sql`UPDATE chat_sessions SET removed_at = ${at} WHERE session_id = ${sessionId}`,
    one('the conversation'),
  );
export const isRemoved = (read: Reader, sessionId: string): boolean =>
  read.get<{ found: number }>(
    sql`SELECT 1 AS found FROM chat_sessions WHERE session_id = ${sessionId} AND removed_at IS NOT NULL`,
  ) !== undefined;
/** Deletes for good what was removed before `at`; its messages go with it. */
export const purgeRemoved = (at: number): Statement =>
  run(sql`DELETE FROM chat_sessions WHERE removed_at IS NOT NULL AND removed_at < ${at}`);
