import { createHash } from 'node:crypto';
import { AppError, Cancelled, type Failure, failureOf, wordError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { createOutbox } from '../outbox/index.ts';
import type { Base, SharedVersion, Statement } from '../store/index.ts';
import { SHARED_KINDS, type Shared } from './contract/sharing.ts';
import {
  forgetItems,
  type ItemRow,
  itemRow,
  itemRows,
  placeOf,
  saveHash,
  saveItem,
  savePlace,
  saveTheirs,
} from './queries.ts';
import type { CompanyTable, SharedKind, Sharing } from './types.ts';

const ROUND_EVERY_MS = 30_000;
/** the hash of what is not there */
const REMOVED = '';

const hashOf = (body: string | null): string =>
  body === null ? REMOVED : createHash('sha256').update(body).digest('hex');
const subjectOf = ({ kind, itemId }: Pick<SharedVersion, 'kind' | 'itemId'>): string => `${kind}/${itemId}`;

/** What the rooms have, as text; a text is made and hashed again only when its stamp has changed. */
class LocalItems {
  private readonly kinds: readonly SharedKind[];
  private readonly hashes = new Map<string, { readonly stamp: number; readonly hash: string }>();
  constructor(kinds: readonly SharedKind[]) {
    this.kinds = kinds;
  }
  kind(name: string): SharedKind | undefined {
    return this.kinds.find(({ kind }) => kind === name);
  }
  *all(): Generator<{ kind: string; itemId: string; hash: string; body: () => string }> {
    for (const { kind, list } of this.kinds)
      for (const { id: itemId, stamp, body } of list()) {
        const text = (): string => JSON.stringify(body());
        const key = subjectOf({ kind, itemId });
        const known = this.hashes.get(key);
        const hash = known?.stamp === stamp ? known.hash : hashOf(text());
        this.hashes.set(key, { stamp, hash });
        yield { kind, itemId, hash, body: text };
      }
  }
  /** null: it is not there */
  body(kind: string, itemId: string): string | null {
    const item = this.kind(kind)
      ?.list()
      .find(({ id }) => id === itemId);
    return item ? JSON.stringify(item.body()) : null;
  }
}

export function createSharing(
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    readonly company: CompanyTable;
    readonly kinds: readonly SharedKind[];
    /** who writes here */
    readonly author: () => string;
    readonly notify?: (n: {
      kind: 'write-back';
      severity: 'watch';
      subject: string;
      title: { ja: string; en: string };
      text: { ja: string; en: string };
    }) => Promise<unknown>;
  },
): Sharing {
  const { store, clock, company } = o;
  const { read } = store;
  const log = o.log.area('sharing');
  const changed = new Emitter<void>();
  const closing = new AbortController();
  const local = new LocalItems(o.kinds);
  let rounds = Promise.resolve();
  let lastAt: number | null = null;
  let error: Failure | null = null;

  const outbox = createOutbox<SharedVersion>({
    store,
    clock,
    log,
    kind: 'shared',
    writer: company.writer,
    written: (version) => [saveItem(version, hashOf(version.body))],
    failed: tellChanged,
    changed: () => changed.emit(),
  });
  async function tellChanged(refused: AppError, version: SharedVersion): Promise<void> {
    if (refused.code !== 'shared.changed') return;
    const said = { ja: wordError(refused, 'ja'), en: wordError(refused, 'en') };
    await o.notify?.({
      kind: 'write-back',
      severity: 'watch',
      subject: subjectOf(version),
      title: { ja: said.ja.say, en: said.en.say },
      text: { ja: said.ja.next, en: said.en.next },
    });
  }
  const isPending = (subject: string): boolean => {
    const state = outbox.get(subject)?.state;
    return state === 'waiting' || state === 'failed';
  };
  const offer = (item: Pick<SharedVersion, 'kind' | 'itemId' | 'body'>, known: ItemRow | null): Statement => {
    const { kind, itemId, body } = item;
    const at = clock.now();
    const version: SharedVersion = {
      versionId: newId(),
      kind,
      itemId,
      replaces: known?.versionId || null,
      body,
      author: o.author(),
      writtenAt: at,
    };
    return outbox.add(subjectOf(item), version, at);
  };

  /** Takes over another laptop's version, in one transaction with `also`. */
  async function take(version: SharedVersion, also: readonly Statement[] = []): Promise<void> {
    const kept = [saveItem(version, hashOf(version.body)), ...also];
    const before = local.body(version.kind, version.itemId);
    const kind = local.kind(version.kind);
    let isKept = false;
    if (kind && before !== version.body)
      await store.accompany(
        (batch, made) => {
          isKept = true;
          return store.write([...batch, ...kept], made).then((changes) => changes.slice(0, batch.length));
        },
        () =>
          kind.take(version.itemId, version.body === null ? null : JSON.parse(version.body), version.author),
      );
    if (!isKept) await store.write(kept);
    // a room of another version of the app may keep it in other words: that is no change of this laptop's
    const hash = hashOf(local.body(version.kind, version.itemId));
    if (hash !== hashOf(version.body)) await store.write([saveHash(version.kind, version.itemId, hash)]);
  }

  async function hear(version: SharedVersion): Promise<void> {
    const { kind, itemId } = version;
    if (!local.kind(kind)) return; // of a later version of the app
    const known = itemRow(read, kind, itemId);
    const subject = subjectOf(version);
    const pending = isPending(subject) ? outbox.get(subject)?.payload : null;
    if (known?.versionId === version.versionId || pending?.versionId === version.versionId) return;
    const body = local.body(kind, itemId);
    const hash = hashOf(body);
    const isChangedHere = pending !== null || hash !== (known?.hash ?? REMOVED);
    if (!isChangedHere || hash === hashOf(version.body)) {
      await take(version, pending ? [outbox.drop(subject)] : []);
      return;
    }
    await store.write([
      saveTheirs(version),
      ...(pending === null ? [offer({ kind, itemId, body }, known)] : []),
    ]);
  }

  async function pull(address: string): Promise<void> {
    const kept = placeOf(read);
    if (kept?.address !== address)
      await store.write([...forgetItems(), savePlace({ address, seq: 0 }, clock.now())]);
    for (let seq = placeOf(read)?.seq ?? 0; ; ) {
      const page = await company.read(seq, closing.signal);
      for (const version of page.versions) await hear(version);
      if (page.seq === seq) return;
      seq = page.seq;
      await store.write([savePlace({ address, seq }, clock.now())]);
    }
  }

  /** What is new or changed here, or was removed, since both sides agreed. */
  async function offerChanges(): Promise<void> {
    const known = new Map(itemRows(read).map((row) => [subjectOf(row), row]));
    const here = new Set<string>();
    const offers: Statement[] = [];
    for (const { kind, itemId, hash, body } of local.all()) {
      const subject = subjectOf({ kind, itemId });
      here.add(subject);
      const row = known.get(subject) ?? null;
      if (!isPending(subject) && row?.hash !== hash) offers.push(offer({ kind, itemId, body: body() }, row));
    }
    for (const [subject, row] of known)
      if (!here.has(subject) && row.hash !== REMOVED && local.kind(row.kind) && !isPending(subject))
        offers.push(offer({ ...row, body: null }, row));
    if (offers.length > 0) await store.write(offers);
  }

  async function roundOnce(): Promise<void> {
    const address = company.address();
    if (address === null || !company.writer()) return;
    try {
      await pull(address);
      await offerChanges();
      await outbox.drain();
      lastAt = clock.now();
      error = null;
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      error = failureOf(thrown);
      throw thrown;
    } finally {
      changed.emit();
    }
  }
  /** One after the other, with what a person settles. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = rounds.then(work);
    rounds = done.catch(() => {});
    return done;
  };

  const view = (): Shared => {
    const rows = itemRows(read);
    const { waiting, failed } = outbox.counts();
    const agreed = (kind: string): number =>
      rows.filter((row) => row.kind === kind && row.hash !== REMOVED).length;
    return {
      table: company.address() === null ? null : (company.address()?.split('/').at(-1) ?? null),
      agreed: Object.fromEntries(SHARED_KINDS.map((kind) => [kind, agreed(kind)])) as Shared['agreed'],
      waiting,
      failed,
      lastAt,
      error,
      conflicts: rows.flatMap(({ kind, itemId, theirs }) => {
        const name = SHARED_KINDS.find((known) => known === kind);
        if (!theirs || !name) return [];
        const mine = local.body(kind, itemId);
        return [
          {
            kind: name,
            id: itemId,
            title: titleOf(mine) ?? titleOf(theirs.body),
            by: theirs.author,
            at: theirs.writtenAt,
            mine: textOf(mine),
            theirs: textOf(theirs.body),
          },
        ];
      }),
    };
  };

  return {
    changed,
    view,
    round: () => inTurn(roundOnce),
    async settle({ kind, id: itemId, keep }) {
      await inTurn(async () => {
        const theirs = itemRow(read, kind, itemId)?.theirs;
        const subject = subjectOf({ kind, itemId });
        if (!theirs) throw new AppError('not-found', { what: subject });
        if (keep === 'theirs') {
          // this write is the person's judgement; should it end here, the next round asks again
          await store.write([outbox.drop(subject)]);
          return take(theirs);
        }
        const body = local.body(kind, itemId);
        const { versionId: replaces } = theirs;
        await store.write([
          outbox.change(subject, (mine) => ({ ...mine, versionId: newId(), replaces, body })),
        ]);
        await outbox.drain();
      });
      return view();
    },
    start() {
      const soon = (): void =>
        void inTurn(roundOnce).catch((thrown: unknown) => log.info('shared table', thrown));
      soon();
      return clock.every(ROUND_EVERY_MS, soon);
    },
    async close() {
      closing.abort(new Cancelled('closing'));
      await rounds;
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (body: string): Fields => JSON.parse(body) as Fields;
const titleOf = (body: string | null): string | null => {
  const title = body === null ? null : fieldsOf(body)['title'];
  return typeof title === 'string' ? title : null;
};
/** What a person compares: words as they are, a line each. */
const textOf = (body: string | null): string | null =>
  body === null
    ? null
    : Object.entries(fieldsOf(body))
        .map(([name, value]) => (typeof value === 'string' ? value : `${name}: ${JSON.stringify(value)}`))
        .join('\n');
