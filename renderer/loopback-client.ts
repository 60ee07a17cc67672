/** The browser host's transport: a WebSocket to the same loopback origin. The only file that may open one. */
import { RPCLink } from '@orpc/client/websocket';
import { EngineLost } from './errors.ts';

const KEY = 'toride.token';

/** The one-time key arrives in the fragment, which is never sent to a server, and stays for this tab only. True: there was one. */
export function takeToken(): boolean {
  const given = /^#t=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (!given) return false;
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', window.location.pathname);
  return true;
}
/** A new link opened in a tab that is here already changes nothing but the fragment: the page starts again with the new key. */
export function watchForToken(): void {
  window.addEventListener('hashchange', () => {
    if (takeToken()) window.location.reload();
  });
}
export const hasToken = (): boolean => sessionStorage.getItem(KEY) !== null;

export async function openLoopback(): Promise<{
  link: RPCLink<Record<never, never>>;
  closed: Promise<void>;
  isOpen: () => boolean;
}> {
  const token = sessionStorage.getItem(KEY) ?? '';
  const websocket = new WebSocket(`ws://${window.location.host}/api`, ['toride', `t.${token}`]);
  const closed = new Promise<void>((done) =>
    websocket.addEventListener('close', () => done(), { once: true }),
  );
  await new Promise<void>((resolve, reject) => {
    websocket.addEventListener('open', () => resolve(), { once: true });
    websocket.addEventListener('error', () => reject(new EngineLost('refused')), { once: true });
  });
  return { link: new RPCLink({ websocket }), closed, isOpen: () => websocket.readyState === WebSocket.OPEN };
}
