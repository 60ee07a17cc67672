// Whom the app may speak to: this computer and the company's own network.
import type dns from 'node:dns';
import { describe, expect, test } from 'vitest';
import { checkServerUrl, isOwnNetwork, ownNetworkLookup } from '../../../main/llm/server/check-address.ts';

test.each([
  ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
  ['  http://10.0.0.5:11434/v1/ ', 'http://10.0.0.5:11434/v1'],
  ['https://[fd12::7]:8000/v1', 'https://[fd12::7]:8000/v1'],
  ['http://gpu-server.local/v1', 'http://gpu-server.local/v1'],
  ['ｈｔｔｐ：／／10.0.0.5／v1', 'http://10.0.0.5/v1'],
])('takes %s', (given, meant) => {
  expect(checkServerUrl(given, false).href).toBe(meant);
});
test.each([
  ['', 'models.server-url'],
  ['10.0.0.5:8080', 'models.server-url'],
  ['ftp://10.0.0.5/', 'models.server-url'],
  ['file:///etc/passwd', 'models.server-url'],
  ['http://user:key@10.0.0.5/v1', 'models.server-url'],
  ['http://10.0.0.5/v1?key=1', 'models.server-url'],
  ['https://8.8.8.8/v1', 'models.server-public'],
  ['http://[2001:4860:4860::8888]/v1', 'models.server-public'],
  ['http://0x08080808/v1', 'models.server-public'],
  ['http://172.32.0.1/v1', 'models.server-public'],
])('refuses %s as %s', (given, code) => {
  expect(() => checkServerUrl(given, false)).toThrow(expect.objectContaining({ code }));
});
test('an administrator may allow a public address', () => {
  expect(checkServerUrl('https://8.8.8.8/v1', true).host).toBe('8.8.8.8');
});

test.each([
  ['127.0.0.53', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.168.1.1', true],
  ['169.254.10.1', true],
  ['100.64.0.1', true],
  ['::1', true],
  ['fe80::1%eth0', true],
  ['fdff::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::a00:1', false],
  ['8.8.8.8', false],
  ['0.0.0.0', false],
  ['not an address', false],
])('%s is of the own network: %s', (address, own) => {
  expect(isOwnNetwork(address)).toBe(own);
});

describe('a name', () => {
  const resolving = (addresses: readonly string[]): typeof dns.lookup =>
    ((_host: string, _options: object, done: (e: Error | null, found: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as never;
  const look = (addresses: readonly string[]): Promise<unknown> =>
    new Promise((resolve, reject) =>
      ownNetworkLookup(resolving(addresses))('gpu', { all: true }, (error, found) =>
        error ? reject(error) : resolve(found),
      ),
    );
  test('is followed to an address of the company', async () => {
    expect(await look(['10.0.0.5'])).toEqual([{ address: '10.0.0.5', family: 4 }]);
  });
  test('is refused when it leads outside, even with one of its addresses', async () => {
    await expect(look(['10.0.0.5', '203.0.113.7'])).rejects.toMatchObject({
      code: 'models.server-public',
      params: { host: 'gpu (203.0.113.7)' },
    });
  });
  test('that leads nowhere is refused', async () => {
    await expect(look([])).rejects.toMatchObject({ code: 'models.server-public' });
  });
});
