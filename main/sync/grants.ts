/**
 * What an account may do, read from SHOW GRANTS (MySQL 5.7–9, MariaDB 10–11). Only privileges known to be harmless pass: one that
 * a newer server invents counts as a way to write.
 */
export type Privilege = { readonly name: string; readonly database: string; readonly table: string };
export type Grants = { readonly privileges: readonly Privilege[]; readonly roles: readonly string[] };

/** CREATE TEMPORARY TABLES and LOCK TABLES change no data; EXECUTE is not here: a procedure may write with its owner's rights. */
const HARMLESS = new Set([
  'USAGE',
  'SELECT',
  'SHOW DATABASES',
  'SHOW VIEW',
  'SHOW_ROUTINE',
  'SHOW CREATE ROUTINE',
  'PROCESS',
  'REFERENCES',
  'LOCK TABLES',
  'CREATE TEMPORARY TABLES',
  'REPLICATION CLIENT',
  'REPLICATION SLAVE',
  'BINLOG MONITOR',
  'SLAVE MONITOR',
  'REPLICA MONITOR',
]);

export function parseGrants(lines: readonly string[]): Grants {
  const privileges: Privilege[] = [];
  const roles: string[] = [];
  for (const line of lines) {
    const body = /^GRANT\s+(.*)$/is.exec(line.trim())?.[1];
    if (body === undefined) continue; // REVOKE (MySQL's partial revokes only take away), SET DEFAULT ROLE
    const to = splitTop(body, ' TO ');
    if (!to) continue;
    const [what, receiver] = to;
    const on = splitTop(what, ' ON ');
    if (!on) {
      roles.push(...splitList(what).map((role) => role.trim()));
      continue;
    }
    const target = parseTarget(on[1]);
    for (const text of splitList(on[0])) {
      const name = text.replace(/\(.*$/s, '').trim().toUpperCase();
      privileges.push({ name, ...target });
    }
    if (/\bWITH\s+(?:.*\s)?GRANT\s+OPTION\b/i.test(unquoted(receiver)))
      privileges.push({ name: 'GRANT OPTION', ...target });
  }
  return { privileges, roles };
}

/** What this account could change besides INSERT into the allowed tables, e.g. `aimee_db.* (DELETE)`; null: nothing. */
export function writableThing(
  grants: Grants,
  allowed: readonly { readonly database: string; readonly table: string }[],
): string | null {
  for (const { name, database, table } of grants.privileges) {
    if (HARMLESS.has(name)) continue;
    const isAllowed =
      name === 'INSERT' && allowed.some((one) => database === one.database && table === one.table);
    if (!isAllowed) return `${database}.${table} (${name})`;
  }
  return null;
}

export const mayInsert = (grants: Grants, database: string, table: string): boolean =>
  grants.privileges.some(
    (p) =>
      ['INSERT', 'ALL PRIVILEGES', 'ALL'].includes(p.name) && p.database === database && p.table === table,
  );

/** Text outside quotes, quoted parts blanked to the same length. */
const unquoted = (text: string): string =>
  text.replace(/`(?:[^`]|``)*`|"(?:[^"]|"")*"|'(?:[^'\\]|''|\\.)*'/g, (quoted) => '_'.repeat(quoted.length));

function splitTop(text: string, word: string): [string, string] | null {
  const at = unquoted(text).toUpperCase().indexOf(word);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + word.length)];
}

function splitList(text: string): string[] {
  const bare = unquoted(text);
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= bare.length; i++) {
    const c = bare[i];
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (i < bare.length && (c !== ',' || depth > 0)) continue;
    parts.push(text.slice(from, i));
    from = i + 1;
  }
  return parts.filter((part) => part.trim() !== '');
}

function parseTarget(text: string): { database: string; table: string } {
  const target = text.trim().replace(/^(TABLE|FUNCTION|PROCEDURE|PACKAGE BODY|PACKAGE)\s+(?=[`"\w*])/i, '');
  const dot = unquoted(target).indexOf('.');
  if (dot < 0) return { database: unquote(target), table: '*' };
  return { database: unquote(target.slice(0, dot)), table: unquote(target.slice(dot + 1)) };
}
const unquote = (text: string): string => {
  const t = text.trim();
  const mark = t[0];
  return mark === '`' || mark === '"' ? t.slice(1, -1).replaceAll(mark + mark, mark) : t;
};
