import { AppError, failureOf } from '../kernel/errors.ts';
import type { AuditCheck, AuditHead } from '../placement/contract/placement.ts';
import type { Base, CompanyDecision, Statement } from '../store/index.ts';
import { HeadFile, headOf, headsIn, holds } from './anchors.ts';
import { type AuditEvent, auditStatement, readAudit } from './audit.ts';
import { AUDIT_MOVED } from './queries.ts';

const wasOvertaken = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'store.refused' && error.params['detail'] === AUDIT_MOVED;

/** The audit record, with its head in the file beside the database. */
export class AuditTrail {
  private readonly o: Pick<Base, 'store' | 'clock' | 'log'>;
  private readonly file: HeadFile;
  constructor(o: Pick<Base, 'store' | 'clock' | 'log'>) {
    this.o = o;
    this.file = new HeadFile(o.store.file, o.store.read);
  }
  /** The deed and its audit entry in one transaction; the end of the chain is read again if another writer was first. */
  async commit(statements: (head: AuditHead) => readonly Statement[], event: AuditEvent): Promise<number[]> {
    const { store, clock } = this.o;
    for (;;) {
      try {
        const { append, head } = auditStatement(store.read, clock.now(), event);
        const changes = await store.write([...statements(head), append]);
        this.keep(head);
        return changes.slice(0, -1);
      } catch (error) {
        if (!wasOvertaken(error)) throw error;
      }
    }
  }
  /** Brings the head in the file up to that of the record. */
  catchUp(): void {
    this.keep(headOf(this.o.store.read));
  }
  /** the record, newest first; `intact` also says that the file knows of no later entry */
  list(limit: number): ReturnType<typeof readAudit> & { head: AuditHead | null } {
    const { read } = this.o.store;
    const { entries, intact } = readAudit(read, limit);
    const kept = this.file.get();
    return { entries, intact: intact && (!kept || holds(read, kept)), head: headOf(read) };
  }
  /** Compares the whole record with what was kept of it elsewhere, and reads the whole database. `company`: the newest rows there. */
  async verify(
    company: () => Promise<readonly CompanyDecision[]>,
    printed?: Pick<AuditHead, 'seq' | 'hash'>,
  ): Promise<AuditCheck> {
    const { store } = this.o;
    const { read } = store;
    const head = headOf(read);
    const anchors: AuditCheck['anchors'] = [];
    const compare = (
      place: AuditCheck['anchors'][number]['place'],
      heads: readonly (typeof printed)[],
    ): void => {
      const known = heads.filter((one) => one !== undefined).sort((a, b) => b.seq - a.seq);
      const lost = known.find((one) => !holds(read, one));
      const state = known.length === 0 ? 'none' : lost ? 'lost' : 'holds';
      anchors.push({ place, state, seq: (lost ?? known[0])?.seq ?? null, error: null });
    };
    compare('file', [this.file.get() ?? undefined]);
    if (printed) compare('printed', [printed]);
    try {
      const impacts = (await company()).map((row) => row.impact);
      const chain = head?.chain ?? this.file.get()?.chain;
      compare('company', chain ? headsIn(impacts, chain) : []);
    } catch (thrown) {
      anchors.push({ place: 'company', state: 'unknown', seq: null, error: failureOf(thrown) });
    }
    const chain = readAudit(read, 1).intact;
    const damage = await store.check();
    const intact = chain && damage === null && anchors.every((one) => one.state !== 'lost');
    return { intact, chain, head, anchors, damage };
  }
  private keep(head: AuditHead | null): void {
    try {
      if (head) this.file.keep(head);
    } catch (error) {
      this.o.log.warn('head of the audit record', error); // what was decided stays decided
    }
  }
}
