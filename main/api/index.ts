export { announceChanges, announceTime } from './announce.ts';
export { localClient, type Router, router } from './router.ts';
export { type EnginePort, servePort, serveSocket } from './serve.ts';
export type { Context, Engine, EngineOptions, HostKind, Services } from './services.ts';
