import type { Connection } from './contract/company.ts';

export type SecretPlace = 'key-store' | 'file' | 'memory';
/** Where passwords are kept. Declared here, implemented by main/secrets. */
export interface SecretStore {
  readonly kind: SecretPlace;
  /** the OS has a key store that may be used */
  readonly keyStore: boolean;
  /** it has one that anybody with the file can open */
  readonly weakKeyStore: boolean;
  get(name: string): Promise<string | null>;
  set(name: string, value: string, where: SecretPlace): Promise<void>;
  delete(name: string): Promise<void>;
  where(name: string): Promise<SecretPlace | 'none'>;
}
export type CompanyAddress = { readonly connection: Connection; readonly password: string | undefined };
/** What sync needs of the settings, read anew at each use. */
export type SyncSettings = {
  readonly syncEverySeconds: number;
  readonly staleMinutes: number;
  readonly timeZone: string;
};
