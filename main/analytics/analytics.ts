import type { Freshness } from '../api/contract/common.ts';
import { dateIn, instantOf } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import {
  assessInTurns,
  createPlansUnderWay,
  currentRules,
  loadPicture,
  pictureInTurns,
} from '../placement/index.ts';
import type { Base } from '../store/index.ts';
import { cellDetail } from './cell-detail.ts';
import type { CellDetail, Situation, SituationFilter } from './contract/situation.ts';
import { dayOfSite } from './day-of-site.ts';
import { businesses, cellDay, changeMark, locations, operators, processes } from './queries.ts';
import { rowsOfCell } from './rows-of-cell.ts';
import type { Analytics, RiskLevels } from './types.ts';
import { type SiteView, viewSite } from './view-site.ts';

const HOUR = 60 * 60_000;
/** A day's history reaches back at least so far, so that it is not empty just after midnight. */
const HISTORY_HOURS = 8;
/** watch from one in two, danger from four in five */
const DEFAULT_LEVELS: RiskLevels = { watchAt: 0.5, dangerAt: 0.8 };

const matching = <
  C extends { readonly location: string; readonly businessId: string; readonly process: string },
>(
  cells: readonly C[],
  filter: SituationFilter,
): C[] =>
  cells.filter(
    (cell) =>
      (filter.location === undefined || cell.location === filter.location) &&
      (filter.businessId === undefined || cell.businessId === filter.businessId) &&
      (filter.process === undefined || cell.process === filter.process),
  );

/**
 * The numbers of the sites as of the newest snapshot at or before the clock. `alerts` gives the levels from which a cell is at
 * watch and at danger. The view behind all answers is kept until the copy, the moves, the rules or the levels change.
 */
export function createAnalytics(
  o: Pick<Base, 'store' | 'clock' | 'zone'> & {
    freshness: () => Freshness;
    alerts?: () => RiskLevels;
  },
): Analytics {
  const { read } = o.store;
  const plansUnderWay = createPlansUnderWay(read);
  let kept: { mark: string; view: SiteView | null } | null = null;
  const levels = (): RiskLevels => o.alerts?.() ?? DEFAULT_LEVELS;
  /** as of the data: backlog and time left belong to the same instant */
  const pictureOptions = () => ({ zone: o.zone(), rules: currentRules(read).rules });
  const viewAt = (at: number): SiteView | null => {
    const picture = loadPicture(read, at, pictureOptions());
    return picture && viewSite(picture, levels());
  };
  const markOf = (now: number): string => {
    const { watchAt, dangerAt } = levels();
    const yesterday = dateIn(now - 24 * HOUR, o.zone());
    return [o.zone(), watchAt, dangerAt, changeMark(read, now, yesterday)].join('|');
  };
  const currentView = (): SiteView | null => {
    const now = o.clock.now();
    const mark = markOf(now);
    if (kept?.mark !== mark) kept = { mark, view: viewAt(now) };
    const { view } = kept;
    // when a plan is looked at again is a matter of the clock, not of the data
    const planOf = plansUnderWay(now);
    return (
      view && {
        ...view,
        rows: view.rows.map((row) => {
          const plan = planOf([row.cellId]);
          return plan ? { ...row, plan } : row;
        }),
      }
    );
  };
  let preparing: { readonly mark: string; readonly work: Promise<void> } | null = null;
  async function prepare(now: number, mark: string): Promise<void> {
    const picture = await pictureInTurns(read, now, pictureOptions());
    if (picture) await assessInTurns(picture.instance);
    if (kept?.mark !== mark && markOf(now) === mark)
      kept = { mark, view: picture && viewSite(picture, levels()) };
  }
  const asOf = (view: SiteView | null): number => view?.picture.instance.now ?? o.clock.now();
  const find = (cellId: string): { view: SiteView; index: number; row: SiteView['rows'][number] } => {
    const view = currentView();
    const index = view?.rows.findIndex((row) => row.cellId === cellId) ?? -1;
    const row = view?.rows[index];
    if (!view || !row) throw new AppError('not-found', { what: cellId.split('\u001f').join(' ') });
    return { view, index, row };
  };
  const today = (now: number): { from: number; to: number } => ({
    from: Math.min(instantOf(dateIn(now, o.zone()), 0, o.zone()), now - HISTORY_HOURS * HOUR),
    to: now,
  });

  return {
    prepare() {
      const now = o.clock.now();
      const mark = markOf(now);
      if (kept?.mark === mark) return Promise.resolve();
      if (preparing?.mark === mark) return preparing.work;
      const own = {
        mark,
        work: prepare(now, mark).finally(() => {
          if (preparing === own) preparing = null;
        }),
      };
      preparing = own;
      return own.work;
    },
    situation(filter: SituationFilter = {}): Situation {
      const view = currentView();
      const rows = matching(view?.rows ?? [], filter);
      return {
        asOf: asOf(view),
        freshness: o.freshness(),
        rows,
        totals: {
          cells: rows.length,
          late: rows.filter((row) => row.risk === 'danger').length,
          watch: rows.filter((row) => row.risk === 'watch').length,
          backlog: rows.reduce((sum, row) => sum + row.backlog, 0),
          people: rows.reduce((sum, row) => sum + row.people, 0),
        },
      };
    },
    cell(cellId): CellDetail {
      const { view, index, row } = find(cellId);
      const span = today(row.dataAt);
      return cellDetail(view, index, {
        day: cellDay(read, row, span.from, span.to),
        freshness: o.freshness(),
      });
    },
    rows(cellId, what) {
      const { view, index, row } = find(cellId);
      return rowsOfCell(
        read,
        { view, index, row, asOf: asOf(view), zone: o.zone(), span: today(row.dataAt) },
        what,
      );
    },
    lookup: () => ({
      locations: locations(read),
      businesses: businesses(read),
      processes: processes(read),
      operators: operators(read).length,
    }),
    operatorNames: () => operators(read),
    risks({ before } = {}) {
      const view = before === undefined ? currentView() : viewAt(before - 1);
      return view && { at: asOf(view), zone: o.zone(), cells: view.cells };
    },
    day(at) {
      const view = viewAt(at);
      return view && dayOfSite(read, view, { asOf: asOf(view), zone: o.zone(), span: today });
    },
  };
}
