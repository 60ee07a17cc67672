import type { Freshness } from '../api/contract/common.ts';
import { curveOf, finishedPerInterval, outlook } from '../placement/index.ts';
import type { CellDetail, Person } from './contract/situation.ts';
import type { DayRow } from './queries.ts';
import { type SiteView, throughputAt } from './view-site.ts';

const MINUTE = 60_000;

/** Everybody on the cell now, the most experienced first. */
export function peopleOf({ picture }: SiteView, index: number): Person[] {
  const { instance } = picture;
  const process = instance.cells[index]?.process ?? -1;
  return instance.operators
    .filter((person) => person.cell === index && person.from <= instance.movesFrom)
    .map(
      (person): Person => ({
        operatorId: person.id,
        name: person.name,
        home: instance.sites[person.site] ?? '',
        skill: person.skill[process] ?? 0,
        experienceMonths: Math.round(person.experience[process] ?? 0),
        speed: person.speed[process] ?? 0,
        until: Math.round(instance.now + person.until * MINUTE),
        movedBy: person.movedBy,
        attendance: picture.attendance(person.id),
      }),
    )
    .sort((a, b) => b.skill - a.skill || b.speed - a.speed || (a.operatorId < b.operatorId ? -1 : 1));
}

/** A cell's day so far, what is to come, who is there and why the risk is what it is. */
export function cellDetail(
  view: SiteView,
  index: number,
  { day, freshness }: { day: readonly DayRow[]; freshness: Freshness },
): CellDetail {
  const row = view.rows[index];
  const risk = view.risks[index];
  if (!row || !risk) throw new RangeError(`no cell ${index}`);
  const worst = risk.worst === null ? undefined : risk.perLot[risk.worst];
  const known = row.pOnTime !== null;
  const intervals = finishedPerInterval(day);
  const paused = (from: number, to: number): number => view.picture.paused(index, from, to);
  return {
    row,
    freshness,
    history: day.map(({ at, backlog }) => ({
      at,
      backlog,
      // in a break there is no pace to show
      throughput: paused(at - MINUTE, at) >= MINUTE ? null : throughputAt(intervals, at, paused),
      people: known ? view.picture.peopleAt(index, at) : null,
    })),
    outlook: curveOf(view.picture.instance, outlook(view.picture.instance, index)),
    people: peopleOf(view, index),
    evidence: {
      required: risk.required,
      effortMinutes: risk.effort,
      rate: known && risk.rate > 0 ? risk.rate : null,
      rateCv: known && risk.rate > 0 ? risk.rateCv : null,
      able: known && worst ? worst.able : null,
      sd: known && worst ? worst.sd : null,
    },
  };
}
