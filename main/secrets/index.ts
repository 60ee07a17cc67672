export { createSecrets, type KeyStore } from './secrets.ts';
