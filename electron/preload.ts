// Sandboxed preload (one CommonJS file). The page gets two plain functions and one port; never ipcRenderer.
import { contextBridge, ipcRenderer } from 'electron';

// to this window and our own origin alone: the port is the capability
ipcRenderer.on('toride:port', (event) =>
  window.postMessage({ type: 'toride:port' }, location.origin, [...event.ports]),
);
ipcRenderer.on('toride:open', (_event, route: unknown) =>
  window.postMessage({ type: 'toride:open', route: String(route) }, location.origin),
);

contextBridge.exposeInMainWorld('toride', {
  connect: (): void => ipcRenderer.send('toride:connect'),
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke('toride:open-external', String(url)),
});
