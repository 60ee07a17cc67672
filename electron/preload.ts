// Sandboxed preload (one CommonJS file). The page gets three plain functions and one port; never ipcRenderer.
import { contextBridge, ipcRenderer, webUtils } from 'electron';

// to this window and our own origin alone: the port is the capability
ipcRenderer.on('toride:port', (event) =>
  window.postMessage({ type: 'toride:port' }, location.origin, [...event.ports]),
);
ipcRenderer.on('toride:open', (_event, route: unknown) =>
  window.postMessage({ type: 'toride:open', route: String(route) }, location.origin),
);

contextBridge.exposeInMainWorld('toride', {
  connect: (): void => ipcRenderer.send('toride:connect'),
  // of a file that the person handed over by hand: a model of gigabytes is read where it lies
  pathOf: (file: File): string => webUtils.getPathForFile(file),
  /** false: the person closed the dialog that asks where */
  savePdf: (name: string): Promise<boolean> => ipcRenderer.invoke('toride:save-pdf', String(name)),
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke('toride:open-external', String(url)),
});
