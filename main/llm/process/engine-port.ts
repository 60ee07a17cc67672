// The way to the engine: a forked process's own channel, or the port that the shell hands to a utility process.
import type { MessagePort } from 'node:worker_threads';

type Message = { readonly data: unknown; readonly ports: readonly Port[] };
type Port = Pick<MessagePort, 'postMessage' | 'start' | 'close'> & {
  on(event: 'message', listener: (message: Message) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
};
/** what Electron gives a utility process */
export type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
};
export type EnginePort = {
  post(message: unknown): void;
  /** from now on the engine is heard; `gone`: it has ended */
  listen(heard: (message: unknown) => void, gone: () => void): void;
};

/** null in a plain Node process */
export const parentPort = (): ParentPort | null =>
  (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort ?? null;

/** Resolves when there is a way to the engine. */
export async function openEnginePort(): Promise<EnginePort> {
  const shell = parentPort();
  if (!shell)
    return {
      post: (message) => process.send?.(message, undefined, undefined, () => {}),
      listen(heard, gone) {
        process.on('message', heard);
        process.on('disconnect', gone);
      },
    };
  const port = await new Promise<Port>((resolve) => {
    shell.on('message', ({ ports: [port] }) => port && resolve(port));
  });
  return {
    post: (message) => port.postMessage(message),
    listen(heard, gone) {
      port.on('message', ({ data }) => heard(data));
      port.on('close', gone);
      port.start();
    },
  };
}
