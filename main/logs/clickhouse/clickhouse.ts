import { AppError } from '../../kernel/errors.ts';
import { FarLines } from './far-lines.ts';
import { type ClickHouse, ClickHouseServer } from './server.ts';
import { Shipping, type ShippingPorts } from './ship.ts';

export type GivenClickHouse = { readonly place: ClickHouse; readonly password: () => Promise<string | null> };

/** The company's ClickHouse, where an administrator named one; every use else throws `logs.clickhouse-unset`. */
export function createClickHouse(given: GivenClickHouse | null) {
  const servers = given
    ? [given.place.url, ...given.place.shards].map(
        (url) => new ClickHouseServer({ url, user: given.place.user, password: given.password }),
      )
    : [];
  const [first, ...shards] = servers;
  const named = () => {
    if (!given || !first) throw new AppError('logs.clickhouse-unset');
    return { place: given.place, servers: [first, ...shards] as const };
  };
  let lines: FarLines | null = null;
  return {
    lines: (): FarLines => {
      const { place, servers } = named();
      lines ??= new FarLines(servers[0], place.database);
      return lines;
    },
    shipping: (o: ShippingPorts): Shipping => new Shipping({ ...o, ...named() }),
    address: (): string | null => first?.address ?? null,
  };
}
export type FarStore = ReturnType<typeof createClickHouse>;
