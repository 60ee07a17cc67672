import type { NewNotification, Notification } from '../alerts/contract/alerts.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { all, type Base, list, run, sql } from '../store/index.ts';

export interface Notifications {
  /** Keeps it for the notification centre, then tells whoever shows OS notifications. */
  add(notification: NewNotification): Promise<void>;
  list(o?: { limit?: number | undefined; before?: number | undefined }): {
    items: Notification[];
    unread: number;
  };
  /** all of them without ids */
  read(ids?: readonly string[]): Promise<void>;
  readonly added: Emitter<Notification>;
  readonly changed: Emitter<void>;
}

const KEEP = 2000;
type Row = {
  notification_id: string;
  at: number;
  kind: Notification['kind'];
  severity: Notification['severity'];
  subject: string | null;
  body: string;
  read_at: number | null;
};
const fromRow = (row: Row): Notification => ({
  id: row.notification_id,
  at: row.at,
  kind: row.kind,
  severity: row.severity,
  subject: row.subject,
  ...(JSON.parse(row.body) as Pick<Notification, 'title' | 'text'>),
  readAt: row.read_at,
});

/** The history that outlives a toast: everything asynchronous lands here, newest first, the last 2,000 kept. */
export function createNotifications(o: Pick<Base, 'store' | 'clock'>): Notifications {
  const added = new Emitter<Notification>();
  const changed = new Emitter<void>();
  return {
    added,
    changed,
    async add(n) {
      const notification: Notification = { ...n, id: newId(), at: o.clock.now(), readAt: null };
      await o.store.write([
        run(sql`INSERT INTO notifications (notification_id, at, kind, severity, subject, body)
          VALUES (${notification.id}, ${notification.at}, ${n.kind}, ${n.severity}, ${n.subject}, ${JSON.stringify({ title: n.title, text: n.text })})`),
        run(
          sql`DELETE FROM notifications WHERE notification_id IN (SELECT notification_id FROM notifications ORDER BY at DESC LIMIT -1 OFFSET ${KEEP})`,
        ),
      ]);
      added.emit(notification);
      changed.emit();
    },
    list({ limit = 100, before } = {}) {
      const rows = o.store.read.all<Row>(
        sql`SELECT * FROM notifications WHERE ${all([before !== undefined && sql`at < ${before}`])} ORDER BY at DESC, notification_id LIMIT ${limit}`,
      );
      const unread =
        o.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM notifications WHERE read_at IS NULL`)
          ?.n ?? 0;
      return { items: rows.map(fromRow), unread };
    },
    async read(ids) {
      await o.store.write([
        run(
          sql`UPDATE notifications SET read_at = ${o.clock.now()} WHERE ${all([sql`read_at IS NULL`, ids && sql`notification_id IN ${list(ids)}`])}`,
        ),
      ]);
      changed.emit();
    },
  };
}
