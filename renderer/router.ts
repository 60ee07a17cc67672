/** Addresses of screens, kept in the hash so that back, forward and reload work in every host: `#/proposals/SGT…?cell=…`. */
import { useSyncExternalStore } from 'react';

export type Route = {
  readonly screen: string;
  /** the part after the screen's name, e.g. a session or proposal id */
  readonly id: string | null;
  readonly query: Readonly<Record<string, string>>;
};
export const HOME = 'situation';

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [screen, id] = path.split('/').map(decode);
  return { screen: screen || HOME, id: id || null, query: Object.fromEntries(new URLSearchParams(search)) };
}
export function href(
  screen: string,
  id?: string | null,
  query: Record<string, string | null | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const tail = search.size ? `?${search}` : '';
  return `#/${screen}${id ? `/${encodeURIComponent(id)}` : ''}${tail}`;
}
export function navigate(
  screen: string,
  id?: string | null,
  query?: Record<string, string | null | undefined>,
): void {
  window.location.hash = href(screen, id, query);
}
/** The same screen under another id or query, without a step in the back history. */
export function replaceRoute(
  screen: string,
  id?: string | null,
  query?: Record<string, string | null | undefined>,
): void {
  history.replaceState(null, '', href(screen, id, query));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

let last: { hash: string; route: Route } | undefined;
const current = (): Route => {
  if (last?.hash !== window.location.hash)
    last = { hash: window.location.hash, route: parseRoute(window.location.hash) };
  return last.route;
};
const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};
export const useRoute = (): Route => useSyncExternalStore(subscribe, current);
