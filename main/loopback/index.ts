export { type LoopbackServer, openLoopback } from './server.ts';
