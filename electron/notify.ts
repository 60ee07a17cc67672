import { Notification as OsNotification } from 'electron';
import type { Notification } from '../main/alerts/contract/alerts.ts';
import type { Settings } from '../main/api/contract/system.ts';
import { langOf } from './words.ts';

const SHOWN: ReadonlySet<Notification['kind']> = new Set([
  'alert',
  'incident',
  'sync',
  'write-back',
  'engine',
]);
/** Where a click leads when it is not about one thing. */
const PLACE: Partial<Record<Notification['kind'], string>> = {
  alert: '#/alerts',
  incident: '#/incidents',
  sync: '#/settings/company',
  'write-back': '#/history',
  engine: '#/settings/log',
};
// a shown notification that nothing refers to is collected, and its click with it
const shown = new Set<OsNotification>();
const LONGEST = 50;

function show(made: OsNotification, clicked: () => void): void {
  shown.add(made);
  const [oldest] = shown;
  if (shown.size > LONGEST && oldest) shown.delete(oldest);
  made.on('click', () => {
    shown.delete(made);
    clicked();
  });
  made.show();
}

/** An OS notification for what cannot wait; a click opens what it is about. The centre in the app keeps the history. */
export function notify(n: Notification, settings: Settings | null, open: (route: string) => void): void {
  if (!OsNotification.isSupported() || !SHOWN.has(n.kind) || n.severity === 'info') return;
  const lang = langOf(settings);
  const made = new OsNotification({
    title: n.title[lang],
    body: n.text[lang],
    silent: true,
    urgency: n.severity === 'danger' ? 'critical' : 'normal',
  });
  const place = PLACE[n.kind];
  const isAboutOne = n.kind === 'alert' || n.kind === 'incident';
  const route = isAboutOne && n.subject ? `${place}/${encodeURIComponent(n.subject)}` : place;
  show(made, () => open(route ?? '#/alerts'));
}

/** What the shell itself has to say. */
export function showPlain(body: string, open: () => void): void {
  if (OsNotification.isSupported()) show(new OsNotification({ title: 'Toride', body, silent: true }), open);
}
