/** What stands against reading a source: told by who reads it, kept in the store for other processes and the next start. */

import type { Failure } from '../../kernel/errors.ts';
import { type Base, run, sql } from '../../store/index.ts';
import type { CompanyStanding } from '../contract/tables.ts';
import type { SourceState } from '../ingest/messages.ts';
import { type SourceRow, sourceRow, sourceRows } from '../ingest/source-rows.ts';
import type { CompanyTables } from '../types.ts';

type Trouble = Failure & { readonly nextTryAt: number | null };
export type Standing = {
  /** what the thread says; undefined: it does not read here, or has said nothing yet */
  readonly state: SourceState | undefined;
  /** `since` is null until it is kept */
  readonly trouble: (Trouble & { readonly since: number | null }) | null;
  /** when the copy of the company's own log table was last up to date */
  readonly copiedAt: number | null;
};

type TroublesOptions = Pick<Base, 'store' | 'clock' | 'log'> & {
  readonly states: ReadonlyMap<string, SourceState>;
  readonly tables?: CompanyTables | undefined;
  /** since when something stands is known, or it stands no more */
  readonly changed: () => void;
};

export class Troubles {
  private readonly o: TroublesOptions;
  private readonly off: () => void;
  private keeping: Promise<void> = Promise.resolve();

  constructor(o: TroublesOptions) {
    this.o = o;
    this.off =
      o.tables?.changed.on(() =>
        this.note(
          sourceRows(o.store.read).flatMap(({ source_id: id, kind }) =>
            kind === 'company' || kind === 'table' ? [id] : [],
          ),
        ),
      ) ?? (() => {});
  }

  readonly standing = (row: SourceRow): Standing => {
    const state = this.o.states.get(row.source_id);
    const company = this.o.tables?.standing();
    const kept = keptOf(row);
    const now = troubleOf(row, state, company);
    const trouble = now === undefined ? kept : now && { ...now, since: kept?.since ?? null };
    return { state, trouble, copiedAt: company?.copiedAt ?? null };
  };
  /** What is known of these now is kept, with since when. */
  note(ids: readonly string[]): void {
    this.keeping = this.keeping
      .then(async () => {
        let isNews = false;
        for (const id of ids) if (await this.keep(id)) isNews = true;
        if (isNews) this.o.changed();
      })
      .catch((error: unknown) => this.o.log.warn('what stands against a source', error));
  }
  private async keep(id: string): Promise<boolean> {
    const row = sourceRow(this.o.store.read, id);
    const trouble = row && troubleOf(row, this.o.states.get(id), this.o.tables?.standing());
    if (!row || trouble === undefined) return false;
    const since = keptOf(row)?.since ?? this.o.clock.now();
    const error = trouble && JSON.stringify({ code: trouble.code, params: trouble.params, since });
    const nextTryAt = trouble?.nextTryAt ?? null;
    if (row.error === error && row.next_try_at === nextTryAt) return false;
    await this.o.store.write([
      run(
        sql`UPDATE log_sources SET error = ${error}, next_try_at = ${nextTryAt} WHERE source_id = ${id} AND removed_at IS NULL`,
      ),
    ]);
    return true;
  }
  /** Resolves once everything noted is in the store. */
  async kept(): Promise<void> {
    await this.keeping;
  }
  async close(): Promise<void> {
    this.off();
    await this.keeping;
  }
}

/** null: nothing stands against it; undefined: this process does not know. */
function troubleOf(
  { kind, state: atRest }: SourceRow,
  state: SourceState | undefined,
  company: CompanyStanding | undefined,
): Trouble | null | undefined {
  if (state?.error) return { ...state.error, nextTryAt: state.nextTryAt };
  if (kind === 'company') {
    const copy = company ? company.copy : null;
    return copy && { ...copy, nextTryAt: company?.nextTryAt ?? null };
  }
  // what the sync found out since the table was last read
  if (kind === 'table' && company?.database && company.foundAt > (state?.lookedAt ?? 0))
    return { ...company.database, nextTryAt: company.nextTryAt };
  const isFirstLook = kind === 'table' && state?.lookedAt === null;
  return atRest === 'done' || (state && !isFirstLook) ? null : undefined;
}

const keptOf = ({ error, next_try_at: nextTryAt }: SourceRow): Standing['trouble'] => {
  if (error === null) return null;
  const { code, params, since } = JSON.parse(error) as Failure & { readonly since: number };
  return { code, params, since, nextTryAt };
};
