/** What the Electron preload hands to the page; absent in the browser host. */
export type ShellBridge = {
  /** asks for a message port; it arrives as a window message of type `toride:port` */
  readonly connect: () => void;
  readonly openExternal?: (url: string) => Promise<boolean>;
  /** a notification or the tray asks for a screen, e.g. `#/alerts/…` */
  readonly onOpen?: (open: (route: string) => void) => void;
};
declare global {
  interface Window {
    readonly toride?: ShellBridge;
  }
}
export const shellBridge = (): ShellBridge | undefined => window.toride;
