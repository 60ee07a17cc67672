// Which addresses may be spoken to: this machine and the company's own network, nothing else unless an administrator says so.
import dns from 'node:dns';
import net, { type LookupFunction } from 'node:net';
import { AppError } from '../../kernel/errors.ts';

const own = new net.BlockList();
for (const [address, bits] of [
  ['127.0.0.0', 8], // loopback
  ['10.0.0.0', 8], // RFC 1918
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16], // link-local, RFC 3927
  ['100.64.0.0', 10], // shared address space, RFC 6598: company VPNs
] as const)
  own.addSubnet(address, bits, 'ipv4');
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6'); // unique local, RFC 4193
own.addSubnet('fe80::', 10, 'ipv6');

/** Whether an IP address (with or without a zone) is of this machine or of a private network. */
export function isOwnNetwork(address: string): boolean {
  const [bare = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return own.check(mapped, 'ipv4');
  const family = net.isIP(bare);
  return family !== 0 && own.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** Without the brackets that an IPv6 address wears in a URL. */
const bareHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * The base address of a server, e.g. `http://10.0.0.5:8080/v1`, without a slash at its end. Throws `models.server-url` where it is not
 * one, `models.server-public` where it names a public IP address. A name is judged when it is resolved (`ownNetworkLookup`).
 */
export function checkServerUrl(given: string, allowPublic: boolean): URL {
  const text = given.normalize('NFKC').trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') throw new AppError('models.server-url');
  // a key belongs into the key store, not into an address that is shown and saved
  if (url.username || url.password || url.search || url.hash) throw new AppError('models.server-url');
  const host = bareHost(url);
  if (!allowPublic && net.isIP(host) !== 0 && !isOwnNetwork(host))
    throw new AppError('models.server-public', { host });
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** Resolves a name as usual and refuses it unless every address behind it is the company's own, at the very moment of connecting. */
export const ownNetworkLookup =
  (resolve: typeof dns.lookup = dns.lookup): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const foreign = error ? undefined : found.find(({ address }) => !isOwnNetwork(address));
      const [first] = found ?? [];
      if (error || foreign || !first)
        done(
          error ?? new AppError('models.server-public', { host: `${host} (${foreign?.address ?? ''})` }),
          '',
        );
      else if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
