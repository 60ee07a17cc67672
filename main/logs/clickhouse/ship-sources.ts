import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { LogSources, Logs } from '../types.ts';
import type { FarStore } from './clickhouse.ts';
import type { ShippingPorts } from './ship.ts';

/** See `Logs.ship`. */
export const shipSources =
  (o: ShippingPorts & { readonly far: FarStore; readonly sources: LogSources }): Logs['ship'] =>
  async (once) => {
    const { ingest, sources } = o;
    const shipping = o.far.shipping(o);
    if (!ingest.owns()) throw new AppError('logs.busy');
    await shipping.prepare();
    const { signal, file } = once;
    const wanted = () =>
      sources
        .sources()
        .filter((source) =>
          file === null
            ? true
            : file === '-'
              ? source.kind === 'stdin'
              : source.path !== null && path.relative(source.path, path.resolve(file)) === '',
        );
    let isRead = false;
    const reading = (async () => {
      if (file !== null) await sources.ingest({ ...once, file });
      isRead = true;
    })();
    const ids = (): string[] => wanted().map(({ id }) => id);
    await Promise.all([reading, shipping.ship(ids, { ended: () => isRead, signal })]);
    sources.changed.emit({ kind: 'sources' });
    const shipped = [];
    for (const source of wanted()) shipped.push({ source, ...(await shipping.compare(source.id)) });
    return shipped;
  };
