/** The simulated company (事務センター). Times of day are minutes from midnight, speeds items/hour. */
export const SITES = [
  { id: 'L01', name: '札幌', region: '北海道' },
  { id: 'L02', name: '盛岡', region: '東北' },
  { id: 'L03', name: '品川', region: '関東' },
  { id: 'L04', name: '横浜', region: '関東' },
  { id: 'L05', name: '大阪', region: '近畿' },
  { id: 'L06', name: '佐世保', region: '九州' },
] as const;
export const NEAR_SITES: readonly (readonly [string, string])[] = [
  ['札幌', '盛岡'],
  ['品川', '横浜'],
];

export const SS = '523201';
const KENPO = '531102';
const KOUZA = '540318';
const NENMATSU = '555004';
export const BUSINESSES = [
  { id: SS, name: 'SS' },
  { id: KENPO, name: '健保' },
  { id: KOUZA, name: '口座' },
  { id: NENMATSU, name: '年末調整' },
] as const;

export type ProcessName = 'エントリ1' | 'エントリ2' | '補正' | 'SV補正' | '目検';
/** `speed`: of somebody at level 3. `offset`: minutes its deadlines come after those of エントリ1. */
export const PROCESSES: readonly {
  readonly name: ProcessName;
  readonly speed: number;
  readonly offset: number;
}[] = [
  { name: 'エントリ1', speed: 72, offset: 0 },
  { name: 'エントリ2', speed: 84, offset: 30 },
  { name: '補正', speed: 38, offset: 60 },
  { name: 'SV補正', speed: 24, offset: 75 },
  { name: '目検', speed: 150, offset: 90 },
];

/** One line of work: items of a business pass its processes at one site. `deadlines`: of エントリ1. */
export type LineConfig = {
  readonly location: string;
  readonly businessId: string;
  readonly stages: readonly { readonly process: ProcessName; readonly people: number }[];
  readonly deadlines: readonly number[];
};
const line = (
  location: string,
  businessId: string,
  people: Partial<Record<ProcessName, number>>,
  deadlines: readonly number[] = [660, 840, 960, 1080],
): LineConfig => ({
  location,
  businessId,
  stages: PROCESSES.flatMap(({ name }) => (people[name] ? [{ process: name, people: people[name] }] : [])),
  deadlines,
});
export const LINES: readonly LineConfig[] = [
  line('札幌', SS, { エントリ1: 10, エントリ2: 8, 補正: 6, 目検: 5 }),
  line('盛岡', SS, { エントリ1: 9, エントリ2: 7, 補正: 5 }),
  line('品川', KOUZA, { エントリ1: 7, エントリ2: 6, 補正: 5, SV補正: 4, 目検: 4 }, [660, 840, 960, 1140]),
  line('横浜', KENPO, { エントリ1: 6, エントリ2: 5, 補正: 4, 目検: 4 }),
  line('大阪', KENPO, { エントリ1: 6, エントリ2: 5, 目検: 4 }),
  line('大阪', NENMATSU, { エントリ1: 5, エントリ2: 4 }),
  line('佐世保', KOUZA, { エントリ1: 6, エントリ2: 5, 目検: 4 }),
];

/** Shifts by place in the cell; those after midnight run past 1440 (25時). */
const h = (from: number, to: number): readonly [number, number] => [from * 60, to * 60];
export const SHIFTS: Readonly<Record<ProcessName, readonly (readonly [number, number])[]>> = {
  エントリ1: [h(9, 18), h(9, 18), h(8, 17), h(9, 18), h(10, 19), h(9, 18), h(9, 18), h(9, 17), h(10, 19)],
  エントリ2: [h(9, 18), h(10, 19), h(9, 18), h(8, 17), h(10, 19), h(9, 18), h(10, 19)],
  補正: [h(9, 18), h(10, 19), h(9, 18), h(11, 20), h(10, 19)],
  SV補正: [h(10, 19), h(11, 20), h(9, 18), h(11, 20)],
  目検: [h(10, 19), h(11, 20), h(9, 18), h(11, 20), h(10, 19)],
};
export const NIGHT_SHIFT = h(16, 25);
/** Sites whose エントリ1 and エントリ2 have one person on nights besides. */
export const NIGHT_SITES: readonly string[] = ['品川', '大阪'];

/** Everybody's breaks: lunch and the afternoon's quarter of an hour. */
export const BREAKS: readonly (readonly [number, number])[] = [
  [720, 780],
  [900, 915],
];
export const DAY_START = 480;
export const DAY_END = 1260;
export const SNAPSHOT_MINUTES = 2;
/** Of days gone by, so many minutes lie between the snapshots that were kept. */
export const PAST_SNAPSHOT_MINUTES = 30;
/** Work arrives in imports; it is due at the first deadline at least two hours away. */
export const NOTICE_MINUTES = 120;
/** Relative arrivals by hour; `overnight` waits at 8:00. */
export const OVERNIGHT = 16;
export const HOURLY: Readonly<Record<number, number>> = {
  8: 7,
  9: 12,
  10: 12,
  11: 11,
  12: 6,
  13: 11,
  14: 9,
  15: 8,
  16: 6,
};

/** Share of the capacity that a normal day's work takes at its tightest stretch. */
export const LOAD = 0.7;
/** Moving to another cell: minutes lost on the way, then a ramp in a new process. */
export const SWITCH = { sameSite: 5, nearSite: 10, farSite: 15, business: 5, process: 5 } as const;
export const RAMP = { minutes: 20, loss: 0.3 } as const;
/** How people and work behave. Another company than this one is made by other figures. */
export type Behaviour = {
  /** the company believes people's speeds to be what they are, but for this standard deviation (of logarithms) */
  readonly believedSpeeds: number;
  /** standard deviations (of logarithms): a person's day, a cell's half hour, an hour's arrivals */
  readonly personNoise: number;
  readonly cellNoise: number;
  readonly arrivalNoise: number;
  /** variance over mean of a minute's items */
  readonly minuteNoise: number;
  /** share of the speed at the start of a shift, and what each hour takes off it */
  readonly fresh: number;
  readonly fatiguePerHour: number;
  /** minutes between two imports; a divisor of 60 */
  readonly importMinutes: number;
  /** of what エントリ2 finishes, the share whose two entries differ; of what 補正 finishes, the share a supervisor must see */
  readonly toCorrection: number;
  readonly toSupervisor: number;
};
export const BEHAVIOUR: Behaviour = {
  believedSpeeds: 0,
  personNoise: 0.05,
  cellNoise: 0.04,
  arrivalNoise: 0.05,
  minuteNoise: 1.3,
  fresh: 1.03,
  fatiguePerHour: 0.012,
  importMinutes: 10,
  toCorrection: 0.3,
  toSupervisor: 0.25,
};
