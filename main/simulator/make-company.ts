import type { CompanyBatch } from '../store/index.ts';
import {
  BEHAVIOUR,
  type Behaviour,
  BUSINESSES,
  DAY_START,
  HOURLY,
  LINES,
  LOAD,
  NIGHT_SHIFT,
  NIGHT_SITES,
  NOTICE_MINUTES,
  OVERNIGHT,
  PROCESSES,
  type ProcessName,
  SHIFTS,
  SITES,
} from './config.ts';
import { KNOW_HOW } from './know-how.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';
import { Chance } from './random.ts';
import { atWork } from './working-time.ts';

export type Skill = {
  readonly process: ProcessName;
  readonly level: number;
  readonly months: number;
  readonly speed: number;
};
export type Operator = {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly shift: readonly [number, number];
  /** index of the cell they are rostered in */
  readonly cell: number;
  readonly skills: readonly Skill[];
};
/** `share`: items it sees of each item that enters the line. `deadlines`: minutes of day, one a lot. */
export type Cell = {
  readonly index: number;
  readonly line: number;
  readonly location: string;
  readonly businessId: string;
  readonly process: ProcessName;
  readonly share: number;
  readonly deadlines: readonly number[];
};
/** `items`: a normal day's arrivals. `cells`: its stages in order. */
export type Line = {
  readonly index: number;
  readonly location: string;
  readonly businessId: string;
  readonly cells: readonly Cell[];
  readonly items: number;
  readonly deadlines: readonly number[];
};
export type Company = {
  readonly cells: readonly Cell[];
  readonly lines: readonly Line[];
  readonly operators: readonly Operator[];
  readonly behaviour: Behaviour;
};

/** Of the items of a line, how many come to a process. */
export const stageShare = (process: ProcessName, { toCorrection, toSupervisor }: Behaviour): number =>
  process === '補正' ? toCorrection : process === 'SV補正' ? toCorrection * toSupervisor : 1;
const ORDER = PROCESSES.map((p) => p.name);
const standard = (process: ProcessName): { speed: number; offset: number } =>
  PROCESSES[ORDER.indexOf(process)] ?? { speed: 60, offset: 0 };
export const speedOf = (operator: Operator, process: string): number =>
  operator.skills.find((s) => s.process === process)?.speed ?? 0;

export function makeCompany(seed: number, other: Partial<Behaviour> = {}): Company {
  const behaviour: Behaviour = { ...BEHAVIOUR, ...other };
  const chance = new Chance(seed, 'company');
  const cells: Cell[] = [];
  const operators: Operator[] = [];
  const names = distinctNames(chance);
  LINES.forEach((line, l) => {
    for (const { process, people } of line.stages) {
      const cell: Cell = {
        index: cells.length,
        line: l,
        location: line.location,
        businessId: line.businessId,
        process,
        share: stageShare(process, behaviour),
        deadlines: line.deadlines.map((d) => d + standard(process).offset),
      };
      cells.push(cell);
      const night = NIGHT_SITES.includes(line.location) && process.startsWith('エントリ') ? 1 : 0;
      for (let place = 0; place < people + night; place++) {
        const index = operators.length;
        operators.push({
          index,
          id: `OP${String(index + 1).padStart(4, '0')}`,
          name: names[index] ?? `担当 ${index + 1}`,
          location: line.location,
          shift:
            place < people ? (SHIFTS[process][place % SHIFTS[process].length] ?? [540, 1080]) : NIGHT_SHIFT,
          cell: cell.index,
          skills: drawSkills(chance, index, process, place),
        });
      }
    }
  });
  const lines = LINES.map((line, index) => {
    const stages = cells.filter((c) => c.line === index);
    return {
      index,
      location: line.location,
      businessId: line.businessId,
      deadlines: line.deadlines,
      cells: stages,
      items: sizeLine(stages, operators, line.deadlines),
    };
  });
  return { cells, lines, operators, behaviour };
}

/** Relative arrivals by hour of a line; nothing arrives too late for its last deadline. */
export function arrivalProfile(deadlines: readonly number[]): {
  overnight: number;
  byHour: Map<number, number>;
} {
  const last = (deadlines.at(-1) ?? 1080) - NOTICE_MINUTES;
  const hours = Object.entries(HOURLY).filter(([hour]) => Number(hour) * 60 < last);
  const sum = OVERNIGHT + hours.reduce((s, [, weight]) => s + weight, 0);
  return {
    overnight: OVERNIGHT / sum,
    byHour: new Map(hours.map(([hour, weight]) => [Number(hour), weight / sum])),
  };
}

/** The most items a day for which every stretch of lots, in every process, takes at most LOAD of its capacity. */
function sizeLine(
  stages: readonly Cell[],
  operators: readonly Operator[],
  deadlines: readonly number[],
): number {
  const profile = arrivalProfile(deadlines);
  const opens = deadlines.map((_, k) => (k === 0 ? DAY_START : (deadlines[k - 1] ?? 0) - NOTICE_MINUTES));
  const shareOfLot = deadlines.map((d, k) => {
    let share = k === 0 ? profile.overnight : 0;
    for (const [hour, part] of profile.byHour) {
      const from = hour * 60;
      if (from >= (opens[k] ?? 0) && from < d - NOTICE_MINUTES) share += part;
    }
    return share;
  });
  let items = Number.POSITIVE_INFINITY;
  for (const stage of stages) {
    const people = operators.filter((o) => o.cell === stage.index);
    const lag = standard(stage.process).offset / 2;
    for (let first = 0; first < deadlines.length; first++) {
      let due = 0;
      for (let last = first; last < deadlines.length; last++) {
        due += (shareOfLot[last] ?? 0) * stage.share;
        const from = (opens[first] ?? 0) + lag;
        let capacity = 0;
        for (const person of people)
          for (let minute = from; minute < (stage.deadlines[last] ?? 0); minute++)
            if (atWork(person.shift, minute)) capacity += speedOf(person, stage.process) / 60;
        if (due > 0) items = Math.min(items, (LOAD * capacity) / due);
      }
    }
  }
  return Math.floor(items);
}

const LEVEL_MONTHS: readonly (readonly [number, number])[] = [
  [1, 5],
  [4, 14],
  [12, 36],
  [30, 84],
  [60, 180],
];
function drawSkills(chance: Chance, index: number, home: ProcessName, place: number): Skill[] {
  // the first two of a cell are its seniors; SV補正 is done by nobody below level 4
  const own =
    home === 'SV補正'
      ? chance.int(4, 5, 'own', index)
      : place < 2
        ? 5 - place
        : chance.int(2, 5, 'own', index);
  const skill = (process: ProcessName, level: number): Skill => {
    const [low, high] = LEVEL_MONTHS[level - 1] ?? [1, 5];
    const speed =
      standard(process).speed * (0.61 + 0.13 * level) * chance.around(0.06, 'speed', index, process);
    return {
      process,
      level,
      months: chance.int(low, high, 'months', index, process),
      speed: Math.round(speed * 10) / 10,
    };
  };
  const skills = ORDER.flatMap((process): Skill[] => {
    if (process === home) return [skill(process, Math.max(own, home === '目検' ? 3 : 2))];
    const sibling = process.startsWith('エントリ') && home.startsWith('エントリ');
    const knows = chance.share('knows', index, process);
    if (process === 'SV補正') return own >= 4 && knows < 0.25 ? [skill(process, Math.max(3, own - 1))] : [];
    const odds = sibling ? 0.8 : process === '目検' ? 0.35 : 0.3;
    if (knows >= odds) return [];
    const level = Math.max(1, Math.min(5, own - chance.int(0, 2, 'other', index, process)));
    return [skill(process, level)];
  });
  return skills;
}

function distinctNames(chance: Chance): string[] {
  const family = chance.shuffle(FAMILY_NAMES, 'family');
  const given = chance.shuffle(GIVEN_NAMES, 'given');
  const names: string[] = [];
  for (let round = 0; round < given.length; round++)
    family.forEach((f, i) => {
      names.push(`${f} ${given[(i + round * 7) % given.length] ?? ''}`);
    });
  return names;
}

/** The small tables. What a person can do stands in them as the company believes it. */
export function* masterBatches(company: Company, seed: number): Generator<CompanyBatch> {
  const belief = new Chance(seed, 'believed speeds');
  yield {
    table: 'locations',
    rows: SITES.map((s) => ({ location_id: s.id, location_name: s.name, region: s.region })),
  };
  yield {
    table: 'businesses',
    rows: BUSINESSES.map((b) => ({ business_id: b.id, business_name: b.name })),
  };
  const worked = new Set(company.cells.map((c) => `${c.businessId} ${c.process}`));
  yield {
    table: 'processes',
    rows: BUSINESSES.flatMap((b) =>
      ORDER.flatMap((name, i) =>
        worked.has(`${b.id} ${name}`)
          ? [{ process_id: `${b.id}-${i + 1}`, business_id: b.id, process_name: name, sequence: i + 1 }]
          : [],
      ),
    ),
  };
  yield {
    table: 'operators',
    rows: company.operators.map((o) => ({
      operator_id: o.id,
      operator_name: o.name,
      location_name: o.location,
      is_valid: true,
      shift_start: o.shift[0],
      shift_end: o.shift[1],
    })),
  };
  yield {
    table: 'operator_process_capabilities',
    rows: company.operators.flatMap((o) =>
      o.skills.map((s) => {
        const id = `${o.id}-${ORDER.indexOf(s.process) + 1}`;
        return {
          capability_id: id,
          operator_id: o.id,
          process_name: s.process,
          skill_level: s.level,
          experience_months: s.months,
          average_speed: s.speed * belief.around(company.behaviour.believedSpeeds, id),
        };
      }),
    ),
  };
  yield {
    table: 'rag_context',
    rows: KNOW_HOW.map(([type, key, value, relevance], i) => ({
      context_id: `KB${String(i + 1).padStart(3, '0')}`,
      context_type: type,
      context_key: key,
      context_value: value,
      relevance_score: relevance,
      use_count: (i * 7) % 23,
    })),
  };
}
