import { Notification as OsNotification } from 'electron';
import type { Notification } from '../main/api/contract/alerts.ts';
import type { Settings } from '../main/api/contract/system.ts';
import { langOf } from './words.ts';

const SHOWN: ReadonlySet<Notification['kind']> = new Set(['alert', 'sync', 'write-back', 'engine']);

/** An OS notification for what cannot wait; a click opens what it is about. The centre in the app keeps the history. */
export function notify(n: Notification, settings: Settings | null, open: (route: string) => void): void {
  if (!OsNotification.isSupported() || !SHOWN.has(n.kind) || n.severity === 'info') return;
  const lang = langOf(settings);
  const shown = new OsNotification({
    title: n.title[lang],
    body: n.text[lang],
    silent: true,
    urgency: n.severity === 'danger' ? 'critical' : 'normal',
  });
  shown.on('click', () =>
    open(n.kind === 'alert' && n.subject ? `#/alerts/${encodeURIComponent(n.subject)}` : '#/alerts'),
  );
  shown.show();
}
