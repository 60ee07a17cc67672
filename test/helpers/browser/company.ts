// A company's MySQL that the simulator fills as the day goes on, seen by a read-only account.
import { dateIn, instantOf } from '../../../main/kernel/clock.ts';
import { createSite, type ScenarioName, type Site } from '../../../main/simulator/index.ts';
import { fillCompany } from '../../../main/sync/index.ts';
import type { Account, MariaDbClient } from '../sync/mariadb.ts';

export const ZONE = 'Asia/Tokyo';
const DAY = 86_400_000;
const HISTORY_DAYS = 4;

/** The last working day that is over, whatever the clock of this machine says. */
export function lastWorkingDay(now = Date.now()): string {
  const days = [1, 2].map((back) => dateIn(now - back * DAY, ZONE));
  return days.find((day) => new Date(`${day}T00:00:00Z`).getUTCDay() !== 0) ?? '';
}

export class Company {
  readonly server: MariaDbClient;
  readonly database: string;
  /** reads everything, inserts into approval_history, and nothing else */
  readonly account: Account;
  readonly date: string;
  private readonly site: Site;
  private readonly url: string;
  private constructor(
    server: MariaDbClient,
    o: { database: string; account: Account; url: string; date: string; site: Site },
  ) {
    this.server = server;
    this.database = o.database;
    this.account = o.account;
    this.url = o.url;
    this.date = o.date;
    this.site = o.site;
  }
  /** The company until `time` of its day. */
  static async open(
    server: MariaDbClient,
    o: { time: string; scenario?: ScenarioName; seed?: number },
  ): Promise<Company> {
    const database = await server.database();
    const date = lastWorkingDay();
    const site = createSite({
      seed: o.seed ?? 1,
      scenario: o.scenario ?? 'shortage',
      zone: ZONE,
      startDate: date,
    });
    const url = server.url(database, await server.owner(database));
    await fillCompany({ url, batches: site.master() });
    await fillCompany({ url, batches: site.history(HISTORY_DAYS) });
    const account = await server.writer(database);
    const company = new Company(server, { database, account, url, date, site });
    await company.until(o.time);
    return company;
  }
  /** What happened since, up to `time` (HH:MM). */
  async until(time: string): Promise<void> {
    await fillCompany({ url: this.url, batches: this.site.until(this.at(time)) });
  }
  /** `time` of its day, epoch ms */
  at(time: string): number {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return instantOf(this.date, hours * 60 + minutes, ZONE);
  }
  sql<Row = Record<string, unknown>>(text: string | readonly string[]): Promise<Row[]> {
    return this.server.sql<Row>(text, this.database);
  }
}
