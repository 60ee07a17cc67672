// The head of the audit chain, kept where deleting rows of the database does not reach.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../kernel/move-file.ts';
import { AuditHead } from '../placement/contract/placement.ts';
import type { Reader } from '../store/index.ts';
import { auditHash, firstAudit, lastAudit } from './queries.ts';

export const HEAD_FILE = 'audit-head.json';

/** The newest entry of the chain; null: there is none. */
export function headOf(read: Reader): AuditHead | null {
  const first = read.get<{ hash: string }>(firstAudit());
  const last = read.get<{ seq: number; hash: string }>(lastAudit());
  return first && last ? { chain: first.hash, seq: last.seq, hash: last.hash } : null;
}
/** Whether the chain still holds what it held when the head was kept. */
export const holds = (read: Reader, { seq, hash }: Pick<AuditHead, 'seq' | 'hash'>): boolean =>
  read.get<{ hash: string }>(auditHash(seq))?.hash.startsWith(hash) ?? false;

/** The head in a file beside the database. Two processes may write it: it may lag behind the chain, it is never ahead. */
export class HeadFile {
  private readonly file: string;
  private readonly read: Reader;
  constructor(storeFile: string, read: Reader) {
    this.file = path.join(path.dirname(storeFile), HEAD_FILE);
    this.read = read;
  }
  get(): AuditHead | null {
    try {
      return AuditHead.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      return null; // not there yet, or damaged: it proves nothing
    }
  }
  /** Follows the chain; one that the chain no longer holds stays as the proof that it was cut. */
  keep(head: AuditHead): void {
    const known = this.get();
    if (known && (known.seq >= head.seq || !holds(this.read, known))) return;
    replaceFile(this.file, `${JSON.stringify(head)}\n`);
  }
}

/** Heads that were sent with decisions to the company's table (`audit` in its `impact`): those of this chain. */
export const headsIn = (impacts: readonly string[], chain: string): AuditHead[] =>
  impacts.flatMap((impact) => {
    try {
      const { data } = AuditHead.safeParse((JSON.parse(impact) as { audit?: unknown }).audit);
      return data?.chain === chain ? [data] : [];
    } catch {
      return []; // a row that is not ours
    }
  });
