/** What the Electron preload hands to the page; absent in the browser host. */
export type ShellBridge = {
  /** asks for a message port; it arrives as a window message of type `toride:port` */
  readonly connect: () => void;
  /** where a dropped or picked file lies on this computer; empty for one that lies nowhere */
  readonly pathOf?: (file: File) => string;
  /** saves the page as it would print where the person says; false: nowhere. Rejects when that cannot be written */
  readonly savePdf?: (name: string) => Promise<boolean>;
  readonly openExternal?: (url: string) => Promise<boolean>;
};
declare global {
  interface Window {
    readonly toride?: ShellBridge;
  }
}
export const shellBridge = (): ShellBridge | undefined => window.toride;

/** Calls `open` when a notification or the tray asks for a screen, e.g. `#/alerts/…`. */
export function onOpenRequest(open: (route: string) => void): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const data = event.data;
    if (event.source !== window || typeof data !== 'object' || data === null) return;
    if (!('type' in data) || data.type !== 'toride:open' || !('route' in data)) return;
    if (typeof data.route === 'string') open(data.route);
  });
}

/** Where these files lie on this computer; null where the shell does not know it of each. */
export function pathsOf(files: readonly File[]): string[] | null {
  const pathOf = shellBridge()?.pathOf;
  if (!pathOf || files.length === 0) return null;
  const paths = files.map((file) => pathOf(file));
  return paths.every(Boolean) ? paths : null;
}
