// The two transports. Both speak oRPC's peer protocol, so the router does not know which one it is on.
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { RPCHandler as SocketHandler } from '@orpc/server/ws';
import { router } from './router.ts';
import type { Context, Services } from './services.ts';

/** Structural, so the engine needs no Electron types: MessagePortMain and worker_threads' port both fit. */
export interface EnginePort {
  on(event: 'message', f: (e: { data: unknown }) => void): unknown;
  on(event: 'close', f: () => void): unknown;
  postMessage(message: unknown, transfer?: never[]): void;
  start(): void;
}

export function servePort(port: EnginePort, services: Services): void {
  new PortHandler(router).upgrade(port as never, { context: { services, host: 'electron' } });
  port.start();
}
/** A socket of the ws package */
type Socket = Parameters<SocketHandler<Context>['upgrade']>[0];
export function serveSocket(socket: Socket, services: Services): void {
  void new SocketHandler(router).upgrade(socket, { context: { services, host: 'browser' } });
}
