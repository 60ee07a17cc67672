import { AppError } from '../kernel/errors.ts';
import type { Connection } from './contract/company.ts';
import { type Grants, parseGrants, writableThing } from './grants.ts';
import type { Session } from './session.ts';

/** Everything this account may do, roles included whether they are switched on or not (SET ROLE needs no right). */
export async function readGrants(session: Session): Promise<Grants> {
  const own = parseGrants(await showGrants(session, 'SHOW GRANTS'));
  const reached = /mariadb/i.test(session.server)
    ? await mariaRoles(session, own)
    : await mysqlRoles(session, own);
  return { privileges: [...own.privileges, ...reached.privileges], roles: [...own.roles, ...reached.roles] };
}

/** MySQL expands the roles, and the roles of roles, itself. */
async function mysqlRoles(session: Session, own: Grants): Promise<Grants> {
  if (own.roles.length === 0) return { privileges: [], roles: [] };
  return parseGrants(
    await showGrants(session, `SHOW GRANTS FOR CURRENT_USER() USING ${own.roles.join(', ')}`),
  );
}

/** MariaDB shows what is switched on: each role is switched on in turn (it brings the roles granted to it along). */
async function mariaRoles(session: Session, own: Grants): Promise<Grants> {
  const [before] = await session.rows<{ role: string | null }>('SELECT CURRENT_ROLE() AS role');
  const privileges: Grants['privileges'][number][] = [];
  const done = new Set<string>();
  const open = [...own.roles];
  for (let role = open.pop(); role !== undefined; role = open.pop()) {
    if (done.has(role)) continue;
    done.add(role);
    // only roles granted to the account itself can be switched on; theirs arrive with them
    const switched = await session.run(`SET ROLE ${role}`).then(
      () => true,
      () => false,
    );
    if (!switched) continue;
    const seen = parseGrants(await showGrants(session, 'SHOW GRANTS'));
    privileges.push(...seen.privileges);
    open.push(...seen.roles);
  }
  if (done.size > 0)
    await session.run(before?.role ? `SET ROLE \`${before.role.replaceAll('`', '``')}\`` : 'SET ROLE NONE');
  return { privileges, roles: [...done] };
}

const showGrants = async (session: Session, text: string): Promise<string[]> =>
  (await session.rows<Record<string, string>>(text)).map((row) => String(Object.values(row)[0]));

/** Throws sync.writable-account when the account could change anything but add rows to what the connection names. */
export function refuseWritable(
  grants: Grants,
  o: { readonly connection: Connection; readonly database: string; readonly approvals: string | null },
): void {
  const { connection, database, approvals } = o;
  const named = [connection.writeBack ? approvals : null, connection.sharedTable ?? null];
  const thing = writableThing(
    grants,
    named.flatMap((table) => (table === null ? [] : [{ database, table }])),
  );
  if (thing !== null) throw new AppError('sync.writable-account', { table: thing });
}
