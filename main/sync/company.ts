import type { z } from 'zod';
import { AppError, type ErrorCode, type Failure, failureOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { APPROVAL_TABLE, COMPANY, COMPANY_TABLES } from '../store/index.ts';
import { readGrants, refuseWritable } from './check-account.ts';
import { PASSWORD } from './config.ts';
import type { Connection, ConnectionView, Mapping } from './contract/company.ts';
import { companyFiles } from './files.ts';
import { openSession, type Session } from './session.ts';
import { readSchema, type TheirTable } from './tables/read-schema.ts';
import { isSure, suggestMapping } from './tables/suggest-mapping.ts';
import { currentDatabase } from './test-connection.ts';
import type { SecretPlace, SecretStore } from './types.ts';

/** A reading session on the company's database, its account checked. */
export type CheckedSession = {
  readonly session: Session;
  readonly connection: Connection;
  readonly schema: readonly TheirTable[];
};

export const REQUIRED = COMPANY_TABLES.filter((table) => COMPANY[table].required);

/** How the company's database is reached: connection, password, mapping, and the sessions that read it. */
export class Company {
  private readonly files;
  private readonly secrets: SecretStore;
  private readonly log: Log;
  private place: z.infer<typeof ConnectionView>['password'] = 'none';

  constructor(o: Parameters<typeof companyFiles>[0] & { readonly secrets: SecretStore; readonly log: Log }) {
    this.files = companyFiles(o);
    this.secrets = o.secrets;
    this.log = o.log;
    void this.refreshPlace().catch((error: unknown) => o.log.warn('secret store', error));
  }

  private async refreshPlace(): Promise<void> {
    this.place = await this.secrets.where(PASSWORD);
  }

  /** @throws AppError where nothing is set up, or the file is damaged */
  connection(): Connection {
    const connection = this.files.connection();
    if (!connection) throw new AppError('sync.not-configured');
    return connection;
  }
  /** What is wrong with the files; null: nothing. */
  fileError(): Failure | null {
    try {
      this.files.connection();
      this.files.mapping();
      return null;
    } catch (error) {
      return failureOf(error);
    }
  }
  /** Also where something was set up that cannot be read: `fileError` tells of it. */
  isConfigured(): boolean {
    try {
      return this.files.connection() !== null;
    } catch {
      return true;
    }
  }
  /** Null where nothing is set up, and where the file is damaged: `fileError` tells of it. */
  connectionOrNull(): Connection | null {
    try {
      return this.files.connection();
    } catch {
      return null;
    }
  }
  async password(): Promise<string | undefined> {
    return (await this.secrets.get(PASSWORD)) ?? undefined;
  }
  view(): z.infer<typeof ConnectionView> {
    return {
      connection: this.connectionOrNull(),
      password: this.place,
      keyStore: this.secrets.keyStore,
      weakKeyStore: this.secrets.weakKeyStore,
    };
  }
  async save(connection: Connection, password: string | undefined, remember: SecretPlace): Promise<void> {
    await this.files.saveConnection(connection);
    if (password !== undefined) await this.secrets.set(PASSWORD, password, remember);
    await this.refreshPlace();
  }
  async forget(): Promise<void> {
    await this.files.saveConnection(null);
    await this.secrets.delete(PASSWORD);
    await this.refreshPlace();
  }

  /** Null: none saved yet. @throws mapping.invalid */
  readonly mapping = (): Mapping | null => this.files.mapping();
  /** Null also where the file is damaged: `fileError` tells of it. */
  mappingOrNull(): Mapping | null {
    try {
      return this.files.mapping();
    } catch {
      return null;
    }
  }
  saveMapping(mapping: Mapping): Promise<void> {
    return this.files.saveMapping(mapping);
  }
  /** The saved mapping; without one the suggestion. */
  mappingOrSuggested(schema: readonly TheirTable[], connection: Connection): Mapping {
    return this.files.mapping() ?? suggestMapping(schema, connection).mapping;
  }
  /** The saved mapping; without one the suggestion, saved when there is no doubt about it. @throws AppError where there is */
  async sureMapping(schema: readonly TheirTable[], connection: Connection): Promise<Mapping> {
    const saved = this.files.mapping();
    if (saved) return saved;
    const suggestion = suggestMapping(schema, connection);
    if (isSure(suggestion, REQUIRED)) {
      await this.files.saveMapping(suggestion.mapping);
      this.log.info('every name was recognised: mapping saved');
      return suggestion.mapping;
    }
    const problem = suggestion.problems.find((p) => p.code !== 'sync.read-only-copy');
    const unsure = REQUIRED.find((t) => !isSure(suggestion, [t])) ?? '';
    throw problem
      ? new AppError(problem.code as ErrorCode, problem.params)
      : new AppError('mapping.invalid', { detail: `${unsure}: not recognised with certainty` });
  }

  /** Connected, the account checked, the database chosen. The caller closes it. */
  async open(signal: AbortSignal | undefined): Promise<CheckedSession> {
    const connection = this.connection();
    const session = await openSession(connection, await this.password(), { kind: 'read', signal });
    try {
      await session.use(connection.database);
      const database = await currentDatabase(session);
      const schema = await readSchema(session, database);
      const approvals = this.mappingOrSuggested(schema, connection).tables[APPROVAL_TABLE]?.table ?? null;
      refuseWritable(await readGrants(session), { connection, database, approvals });
      return { session, connection, schema };
    } catch (error) {
      await session.close();
      throw error;
    }
  }
  /** The same for one piece of work, and closed. */
  async withSession<T>(
    signal: AbortSignal | undefined,
    work: (opened: CheckedSession) => T | Promise<T>,
  ): Promise<T> {
    const opened = await this.open(signal);
    try {
      return await work(opened);
    } finally {
      await opened.session.close();
    }
  }
}
