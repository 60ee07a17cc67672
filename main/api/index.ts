export { localClient, router } from './router.ts';
export { runEngine } from './run-engine.ts';
export { type EnginePort, servePort, serveSocket } from './serve.ts';
export type { Context, Engine, EngineOptions, HostKind, Services } from './services.ts';
