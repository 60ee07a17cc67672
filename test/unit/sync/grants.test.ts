import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGrants, writableThing } from '../../../main/sync/grants.ts';

const allowed = { database: 'aimee_db', table: 'approval_history' };
const thing = (...lines: string[]): string | null => writableThing(parseGrants(lines), [allowed]);
const USER = '`u`@`%`';

describe('what SHOW GRANTS says', () => {
  test.each([
    [`GRANT USAGE ON *.* TO ${USER} IDENTIFIED BY PASSWORD '*A, B ON c TO d'`, null],
    [`GRANT SELECT ON \`aimee_db\`.* TO ${USER}`, null],
    [`GRANT SELECT, INSERT ON \`aimee_db\`.\`approval_history\` TO ${USER}`, null],
    [
      `GRANT SELECT (\`a\`, \`b\`), INSERT (\`a\`, \`c\`) ON \`aimee_db\`.\`approval_history\` TO ${USER}`,
      null,
    ],
    [`GRANT SELECT, INSERT ON "aimee_db"."approval_history" TO "u"@"%"`, null],
    [`GRANT SELECT, PROCESS, SHOW VIEW, REPLICATION CLIENT ON *.* TO ${USER}`, null],
    [`REVOKE INSERT ON \`mysql\`.* FROM ${USER}`, null],
    [`GRANT ALL PRIVILEGES ON *.* TO ${USER} WITH GRANT OPTION`, '*.* (ALL PRIVILEGES)'],
    [`GRANT SELECT ON \`aimee_db\`.* TO ${USER} WITH GRANT OPTION`, 'aimee_db.* (GRANT OPTION)'],
    [`GRANT SELECT ON *.* TO ${USER} REQUIRE SSL WITH GRANT OPTION`, '*.* (GRANT OPTION)'],
    [`GRANT INSERT ON \`aimee_db\`.* TO ${USER}`, 'aimee_db.* (INSERT)'],
    [`GRANT INSERT ON \`other\`.\`approval_history\` TO ${USER}`, 'other.approval_history (INSERT)'],
    [`GRANT INSERT ON \`aimee\\_%\`.* TO ${USER}`, 'aimee\\_%.* (INSERT)'],
    [
      `GRANT INSERT, UPDATE ON \`aimee_db\`.\`approval_history\` TO ${USER}`,
      'aimee_db.approval_history (UPDATE)',
    ],
    [`GRANT SELECT, UPDATE (\`a ON b\`) ON \`aimee_db\`.\`x\` TO ${USER}`, 'aimee_db.x (UPDATE)'],
    ['GRANT INSERT ON `a`` ON b`.`c, d TO e` TO `u`@`%`', 'a` ON b.c, d TO e (INSERT)'],
    [`GRANT EXECUTE ON PROCEDURE \`aimee_db\`.\`fix_all\` TO ${USER}`, 'aimee_db.fix_all (EXECUTE)'],
    [`GRANT APPLICATION_PASSWORD_ADMIN,BACKUP_ADMIN ON *.* TO ${USER}`, '*.* (APPLICATION_PASSWORD_ADMIN)'],
    [`GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION`, "''@'%'.* (PROXY)"],
    [`GRANT A_PRIVILEGE_OF_TOMORROW ON *.* TO ${USER}`, '*.* (A_PRIVILEGE_OF_TOMORROW)'],
  ])('%s → %s', (line, expected) => {
    expect(thing(line)).toBe(expected);
  });

  test('roles are named, however they are spelled', () => {
    expect(
      parseGrants([
        'GRANT `a b`@`%`,`c``d`@`%` TO `u`@`%`',
        'GRANT `TO, ON` TO `u`@`%`',
        'SET DEFAULT ROLE `x` FOR `u`@`%`',
      ]).roles,
    ).toEqual(['`a b`@`%`', '`c``d`@`%`', '`TO, ON`']);
  });

  test('INSERT on the approval table counts as writing when nothing may be written', () => {
    const grants = parseGrants([`GRANT INSERT ON \`aimee_db\`.\`approval_history\` TO ${USER}`]);
    expect(writableThing(grants, [])).toBe('aimee_db.approval_history (INSERT)');
  });

  test('a table of any name is found again', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        (database, table) => {
          const quoted = (s: string): string => `\`${s.replaceAll('`', '``')}\``;
          const { privileges } = parseGrants([
            `GRANT SELECT, DELETE (${quoted(table)}) ON ${quoted(database)}.${quoted(table)} TO ${USER}`,
          ]);
          expect(privileges).toEqual([
            { name: 'SELECT', database, table },
            { name: 'DELETE', database, table },
          ]);
        },
      ),
    );
  });
});
