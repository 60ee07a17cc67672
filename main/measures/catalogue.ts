// Adding a measure: one file in catalogue/, one line here.

import { absent } from './catalogue/absent.ts';
import { alerts } from './catalogue/alerts.ts';
import { arrivals } from './catalogue/arrivals.ts';
import { backlog } from './catalogue/backlog.ts';
import { deadline } from './catalogue/deadline.ts';
import { decisions } from './catalogue/decisions.ts';
import { durationP50 } from './catalogue/duration-p50.ts';
import { durationP95 } from './catalogue/duration-p95.ts';
import { errors } from './catalogue/errors.ts';
import { finish } from './catalogue/finish.ts';
import { finished } from './catalogue/finished.ts';
import { forecast } from './catalogue/forecast.ts';
import { free } from './catalogue/free.ts';
import { hitRate } from './catalogue/hit-rate.ts';
import { hours } from './catalogue/hours.ts';
import { incidents } from './catalogue/incidents.ts';
import { lastLine } from './catalogue/last-line.ts';
import { latePeople } from './catalogue/late-people.ts';
import { logLines } from './catalogue/log-lines.ts';
import { moves } from './catalogue/moves.ts';
import { overtime } from './catalogue/overtime.ts';
import { pLate } from './catalogue/p-late.ts';
import { planned } from './catalogue/planned.ts';
import { present } from './catalogue/present.ts';
import { productivity } from './catalogue/productivity.ts';
import { proposals } from './catalogue/proposals.ts';
import { shortage } from './catalogue/shortage.ts';
import { skills } from './catalogue/skills.ts';
import { throughput } from './catalogue/throughput.ts';
import type { MeasureInfo } from './contract/measures.ts';
import type { Measure } from './measure.ts';

/** In the order in which people see them. */
export const CATALOGUE: readonly Measure[] = [
  backlog,
  arrivals,
  finished,
  forecast,
  throughput,
  productivity,
  planned,
  present,
  absent,
  latePeople,
  free,
  hours,
  overtime,
  skills,
  pLate,
  shortage,
  finish,
  deadline,
  alerts,
  proposals,
  decisions,
  hitRate,
  moves,
  incidents,
  logLines,
  errors,
  lastLine,
  durationP50,
  durationP95,
];
export const MEASURES: readonly MeasureInfo[] = CATALOGUE.map((m) => m.info);
