// In the engine's process: the models process, which the shell forks, as the engine wants to see it.
import type { EngineOptions } from '../main/engine.ts';
import type { ToEngine, ToShell } from './messages.ts';

type Spawn = NonNullable<EngineOptions['spawnModels']>;
type Port = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  start(): void;
};
type Heard = Extract<ToEngine, { type: 'models' | 'models-ended' }>;

export function createModelsClient(tell: (message: ToShell) => void): {
  readonly spawn: Spawn;
  /** what the shell says about a models process; with `models` comes the port to it */
  heard(message: Heard, port: Port | undefined): void;
} {
  type Child = {
    port: Port | null;
    readonly unsent: unknown[];
    readonly heard: ((message: unknown) => void)[];
    readonly ended: Parameters<ReturnType<Spawn>['onExit']>[0][];
  };
  const children = new Map<number, Child>();
  let nextId = 1;
  return {
    spawn() {
      const id = nextId++;
      const child: Child = { port: null, unsent: [], heard: [], ended: [] };
      children.set(id, child);
      tell({ type: 'models-start', id });
      return {
        post: (message) => (child.port ? child.port.postMessage(message) : void child.unsent.push(message)),
        onMessage: (listener) => void child.heard.push(listener),
        onExit: (listener) => void child.ended.push(listener),
        pid: null, // it says so itself
        kill: () => tell({ type: 'models-kill' }),
      };
    },
    heard(message, port) {
      const child = children.get(message.id);
      if (message.type === 'models-ended') {
        children.delete(message.id);
        for (const listener of child?.ended ?? []) listener(message.code, null, message.lastWords);
      } else if (child && port) {
        child.port = port;
        port.on('message', ({ data }) => {
          for (const listener of child.heard) listener(data);
        });
        port.start();
        for (const unsent of child.unsent.splice(0)) port.postMessage(unsent);
      }
    },
  };
}
