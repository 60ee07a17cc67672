export { createSecrets, type KeyStore, secretNamed } from './secrets.ts';
