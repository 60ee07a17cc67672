export { localClient, type Router, router } from './router.ts';
export { type EnginePort, servePort, serveSocket } from './serve.ts';
export type { Context, HostKind, Services } from './services.ts';
