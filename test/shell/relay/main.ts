// A shell with nothing but a models process: forks an engine (models-engine.ts) and serves it as the real shell does.
import path from 'node:path';
import { app, type UtilityProcess, utilityProcess } from 'electron';
import type { ToShell } from '../../../electron/messages.ts';
import { createModelsHost } from '../../../electron/models-host.ts';

const script = path.resolve('out/main/models-process.js');
void app.whenReady().then(() => {
  const host = createModelsHost(script);
  const engine: UtilityProcess = utilityProcess.fork(
    path.join(import.meta.dirname, 'engine.ts'),
    process.argv.slice(2),
  );
  engine.on('message', (message: ToShell | { readonly type: 'report' }) => {
    if (message.type === 'models-start') host.start(engine, message.id);
    else if (message.type === 'models-kill') void host.end();
    else if (message.type === 'report') process.send?.(message);
  });
  engine.once('exit', () => void host.end().then(() => process.exit(0)));
});
