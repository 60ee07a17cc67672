export { openOnSamePort } from './same-port.ts';
export { type LoopbackServer, openLoopback } from './server.ts';
