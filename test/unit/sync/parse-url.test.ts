import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCompanyUrl } from '../../../main/sync/index.ts';

describe('the address of a company database', () => {
  test('holds everything a connection needs', () => {
    expect(
      parseCompanyUrl(
        'mysql://read%20er:p%40ss%2F@db.example.jp:3307/aimee_db?tls=verify&timeZone=UTC&writeBack=1',
      ),
    ).toEqual({
      connection: {
        host: 'db.example.jp',
        port: 3307,
        user: 'read er',
        database: 'aimee_db',
        tls: 'verify',
        ca: null,
        timeZone: 'UTC',
        writeBack: true,
      },
      password: 'p@ss/',
    });
  });
  test('is encrypted unless it stays on this machine', () => {
    expect(parseCompanyUrl('mysql://u@db.example.jp/d').connection).toMatchObject({
      tls: 'on',
      port: 3306,
      timeZone: 'Asia/Tokyo',
    });
    expect(parseCompanyUrl('mysql://u@127.0.0.1/d').connection.tls).toBe('off');
    expect(parseCompanyUrl('mysql://u@[::1]/d').connection).toMatchObject({ host: '::1', tls: 'off' });
    expect(parseCompanyUrl('mysql://u@localhost/d').password).toBeUndefined();
  });
  test.each([
    '',
    'db.example.jp',
    'postgres://u@h/d',
    'mysql://h/d',
    'mysql://u@h',
    'mysql://u@h:99999/d',
    'mysql://u@h/d?tls=perhaps',
    'mysql://u@h/d?timeZone=Mars/Base',
    'mysql://u@h/d?ssl=1',
    'mysql://u:%ZZ@h/d',
  ])('is refused without being repeated in the error: %s', (url) => {
    expect(() => parseCompanyUrl(url)).toThrow(expect.objectContaining({ code: 'sync.bad-url', params: {} }));
  });
  test('keeps any user, password and database', () => {
    const word = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((s) => s.isWellFormed());
    fc.assert(
      fc.property(word, word, word, (user, password, database) => {
        // a path of dots alone means something else in every URL
        fc.pre(!['.', '..'].includes(database));
        const url = `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@h/${encodeURIComponent(database)}`;
        const parsed = parseCompanyUrl(url);
        expect([parsed.connection.user, parsed.password, parsed.connection.database]).toEqual([
          user,
          password,
          database,
        ]);
      }),
    );
  });
});
