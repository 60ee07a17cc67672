import type { CompanyRow } from '../store/index.ts';
import { BREAKS, BUSINESSES, DAY_END, DAY_START } from './config.ts';
import {
  type Draw,
  type Kind,
  KNOWN_ERRORS,
  NORMAL,
  OUTAGE_EFFECTS,
  OUTAGE_ERROR,
  OUTAGE_OVER,
  unknownError,
} from './log-messages.ts';
import type { Company } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';

export type LogRates = {
  /** lines a minute in working hours; breaks have a third */
  readonly perMinute: number;
  /** share of lines that are errors seen every day */
  readonly knownErrors: number;
  /** errors never seen before, a day */
  readonly unknownErrors: number;
};
export const LOG_RATES: LogRates = { perMinute: 15, knownErrors: 0.006, unknownErrors: 2 };
/** The first errors of an outage: so many, within so many seconds before work slows down. */
const FIRST_ERRORS = 14;
const LEAD_SECONDS = 90;
const ERRORS_PER_MINUTE = 8;
/** Outages that show late do so after so many minutes; those that hardly show write so few lines. */
const LATE_MINUTES = [4, 12] as const;
const FEW_FIRST = 4;
const FEW_PER_MINUTE = 0.15;

type Line = {
  readonly second: number;
  readonly key: string;
  readonly kind: Kind;
  readonly incident: number | null;
  /** an error never seen before */
  readonly unknown?: boolean;
};
type LogRow = CompanyRow<'system_logs'>;
export type LogIds = { known: string[]; unknown: string[]; byIncident: Map<number, string[]> };

const total = (kinds: readonly Kind[]): number => kinds.reduce((sum, k) => sum + k.weight, 0);
const choose = (kinds: readonly Kind[], share: number): Kind => {
  let left = share * total(kinds);
  for (const kind of kinds) {
    left -= kind.weight;
    if (left < 0) return kind;
  }
  return kinds[0] ?? OUTAGE_ERROR;
};

/** The site's system log of one day, a minute at a time; a minute's lines depend on nothing but the plan. */
export class DayLog {
  private readonly plan: DayPlan;
  private readonly company: Company;
  private readonly rates: LogRates;
  private readonly special = new Map<number, Line[]>();
  constructor(company: Company, plan: DayPlan, rates: LogRates) {
    this.company = company;
    this.plan = plan;
    this.rates = rates;
    this.planSpecial();
  }
  /** Rows of [minute, minute + 1) by time; `start` is the minute's instant. */
  minute(minute: number, start: number): LogRow[] {
    const { chance } = this.plan;
    const quiet = BREAKS.some(([from, to]) => minute >= from && minute < to) ? 1 / 3 : 1;
    const expected = this.rates.perMinute * quiet * chance.around(0.12, 'log-rate', minute);
    const count = Math.floor(expected + chance.share('log-count', minute));
    const lines: Line[] = [...(this.special.get(minute) ?? [])];
    for (let i = 0; i < count; i++) {
      const share = chance.share('log-kind', minute, i);
      const known = chance.share('log-known', minute, i) < this.rates.knownErrors;
      lines.push({
        second: chance.share('log-at', minute, i) * 60,
        key: `n${i}`,
        kind: choose(known ? KNOWN_ERRORS : NORMAL, share),
        incident: null,
      });
    }
    lines.sort((a, b) => a.second - b.second || (a.key < b.key ? -1 : 1));
    return lines.map((line, i) => this.row(line, minute, i, start));
  }
  /** The ids of every error line of the day, by what is behind it. */
  ids(): LogIds {
    const found: LogIds = { known: [], unknown: [], byIncident: new Map() };
    const known = new Set(KNOWN_ERRORS.map((k) => k.error));
    for (let minute = DAY_START; minute < DAY_END; minute++) {
      const special = this.special.get(minute) ?? [];
      for (const row of this.minute(minute, minute * 60_000)) {
        const { error_code: code, request_id: request } = JSON.parse(row.attributes ?? '{}') as {
          error_code: string | null;
          request_id: string;
        };
        const line = special.find((s) => this.requestId(minute, s.key) === request);
        if (line && line.incident !== null) {
          const ids = found.byIncident.get(line.incident) ?? [];
          ids.push(row.log_id);
          found.byIncident.set(line.incident, ids);
        } else if (line?.unknown) found.unknown.push(row.log_id);
        else if (code && known.has(code)) found.known.push(row.log_id);
      }
    }
    return found;
  }

  private planSpecial(): void {
    const { chance } = this.plan;
    const add = (second: number, key: string, kind: Kind, incident: number | null, unknown = false): void => {
      const minute = Math.floor(second / 60);
      const lines = this.special.get(minute) ?? [];
      lines.push({ second: second - minute * 60, key, kind, incident, unknown });
      this.special.set(minute, lines);
    };
    this.plan.incidents.forEach((incident, n) => {
      if (incident.kind !== 'system') return;
      const { signs = 'loud' } = incident;
      const minutes = incident.to - incident.from;
      const late =
        signs === 'late' ? Math.min(minutes / 2, chance.int(...LATE_MINUTES, 'outage-late', n)) : 0;
      const from = (incident.from + late) * 60;
      const first = signs === 'few' ? FEW_FIRST : FIRST_ERRORS;
      const lead = signs === 'late' ? 0 : LEAD_SECONDS;
      for (let i = 0; i < first; i++)
        add(from - lead + (i * (LEAD_SECONDS - 4)) / first, `o${n}-${i}`, OUTAGE_ERROR, n);
      const errors = Math.floor((minutes - late) * (signs === 'few' ? FEW_PER_MINUTE : ERRORS_PER_MINUTE));
      for (let i = 0; i < errors; i++) {
        const draw = chance.share('outage-kind', n, i);
        const kind =
          draw < 0.4
            ? OUTAGE_ERROR
            : choose(
                OUTAGE_EFFECTS.map((k) => ({ ...k, weight: 1 })),
                draw,
              );
        const second = chance.share('outage-at', n, i) * (minutes - late) * 60;
        add(from + second, `e${n}-${i}`, kind, n);
      }
      add(incident.to * 60 + 5, `r${n}`, OUTAGE_OVER, n);
    });
    this.plan.bursts.forEach((burst, n) => {
      const kind = chance.pick(KNOWN_ERRORS, 'burst-kind', n);
      for (let i = 0; i < burst.lines; i++)
        add(
          (burst.from + chance.share('burst', n, i) * (burst.to - burst.from)) * 60,
          `b${n}-${i}`,
          kind,
          null,
        );
    });
    for (let i = 0; i < this.rates.unknownErrors; i++) {
      const second = DAY_START * 60 + chance.share('unknown-at', i) * (DAY_END - DAY_START) * 60;
      add(second, `u${i}`, unknownError(chance, 'unknown', i), null, true);
    }
  }
  private requestId(minute: number, key: string): string {
    return this.plan.chance.hex(16, 'request', minute, key);
  }
  private row(line: Line, minute: number, place: number, start: number): LogRow {
    const { chance, date } = this.plan;
    const { kind, key } = line;
    const person = chance.pick(this.company.operators, 'log-user', minute, key);
    const incident = line.incident === null ? undefined : this.plan.incidents[line.incident];
    const cellIndex = incident ? chance.pick(incident.cells, 'log-cell', minute, key) : person.cell;
    const cell = this.company.cells[cellIndex];
    const ms = Math.max(1, Math.round(kind.ms * chance.around(0.3, 'log-ms', minute, key)));
    const day = date.replaceAll('-', '');
    const batch = `B${day}-${String(Math.floor(minute / 10)).padStart(3, '0')}`;
    const int = (low: number, high: number): number =>
      chance.int(low, high, 'log-int', minute, key, low, high);
    const draw: Draw = {
      id: (digits) => String(chance.bits('log-id', minute, key) * 97 + 10 ** digits).slice(-digits),
      int,
      ms,
      user: person.id,
      batch,
    };
    const isDb = kind.service === 'db-main' || kind.error === 'E5003';
    const host = `${kind.service}-${int(1, 3)}`;
    const attributes = {
      request_id: this.requestId(minute, key),
      session_id: chance.hex(12, 'session', person.index),
      user_id: person.id,
      screen: kind.screen,
      action: kind.action,
      location_name: cell?.location ?? person.location,
      business_id: cell?.businessId ?? BUSINESSES[0].id,
      process_name: cell?.process ?? 'エントリ1',
      duration_ms: ms,
      db_host: `db-main-${(cell?.line ?? 0) % 2 === 0 ? 1 : 2}`,
      db_time_ms: isDb ? ms : Math.round(ms * 0.3),
      batch_id: batch,
      lot_id: `${day}-${String(cell?.line ?? 0)}-${int(1, 4)}`,
      item_id: draw.id(10),
      http_status: kind.level === 'ERROR' ? (isDb ? 503 : 422) : 200,
      error_code: kind.error ?? null,
      retry_count: kind.level === 'ERROR' ? int(0, 3) : 0,
      thread: `worker-${int(1, 16)}`,
      pool_active: incident ? 64 : int(6, 30),
      pool_max: 64,
      queue_depth: incident ? int(48, 200) : int(0, 9),
      build: '4.18.2',
      client_ip: `10.${20 + (cell?.line ?? 0)}.${int(0, 9)}.${(person.index % 250) + 2}`,
    };
    return {
      log_id: `LG${day}-${String(minute).padStart(4, '0')}-${String(place).padStart(4, '0')}`,
      logged_at: start + Math.floor(line.second * 1000),
      service: kind.service,
      level: kind.level,
      message: kind.message(draw),
      trace_id: chance.hex(32, 'trace', minute, key),
      host,
      attributes: JSON.stringify(attributes),
    };
  }
}
