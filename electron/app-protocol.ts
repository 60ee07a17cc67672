// app://toride/… serves the built renderer and nothing else; file:// is never used.
import { protocol } from 'electron';
import { servePage } from '../main/kernel/serve-page.ts';
import { isOurs, SCHEME } from './security.ts';

/** Must run before the app is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

export function serveRenderer(rendererDir: string): void {
  protocol.handle(SCHEME, async (request) => {
    const page =
      isOurs(request.url) && request.method === 'GET'
        ? await servePage(rendererDir, new URL(request.url).pathname, null)
        : null;
    return page
      ? new Response(page.body, { headers: { ...page.headers } })
      : new Response(null, { status: 404 });
  });
}
