import type { IntentResult } from '../chat/contract/chat.ts';
import type { Filter } from '../measures/contract/measures.ts';
import type { Plan, Reading } from './contract/questions.ts';

const LATENESS = new Set(['p-late', 'finish', 'shortage']);
const LOGS = new Set(['errors', 'log-lines', 'incidents', 'last-line', 'duration-p50', 'duration-p95']);
const PERFORMANCE = new Set(['productivity', 'hours', 'overtime', 'absent', 'late-people']);
const ACTS: Readonly<Record<Exclude<Plan['act'], 'measure' | 'why'>, IntentResult['intent']>> = {
  propose: 'deadline_optimization',
  'about-card': 'deadline_optimization',
  improve: 'improve_alerts',
  tomorrow: 'optimize_assignment',
  'what-if': 'impact_analysis',
  logs: 'log_investigation',
  'how-to': 'simple_query',
  decisions: 'simple_query',
  help: 'out_of_scope',
  'small-talk': 'out_of_scope',
  'out-of-scope': 'out_of_scope',
};

function intentOfPlan(plan: Plan): IntentResult['intent'] {
  if (plan.act === 'measure') {
    const { measures, compare, by, window } = plan.query;
    const [first = ''] = measures;
    if (LATENESS.has(first)) return 'delay_risk_detection';
    if (LOGS.has(first)) return 'log_investigation';
    const past = window.days.kind !== 'now' && !(window.days.kind === 'day' && window.days.offset >= 0);
    const told = compare !== null || past || by.some((d) => ['person', 'day', 'weekday'].includes(d));
    const who = first === 'present' && compare === null && !past && by.every((d) => d === 'person');
    return PERFORMANCE.has(first) ||
      (told && !who && ['finished', 'throughput', 'present', 'arrivals'].includes(first))
      ? 'productivity_analysis'
      : 'simple_query';
  }
  if (plan.act === 'why') {
    if (plan.supposed === 'system' || LOGS.has(plan.measure ?? '')) return 'log_investigation';
    return PERFORMANCE.has(plan.measure ?? '') ? 'productivity_analysis' : 'delay_risk_detection';
  }
  return ACTS[plan.act];
}

const DOING: ReadonlySet<IntentResult['intent']> = new Set([
  'deadline_optimization',
  'improve_alerts',
  'optimize_assignment',
]);
const placesIn = (plan: Plan | undefined): readonly Filter[] =>
  !plan ? [] : plan.act === 'measure' ? plan.query.where : 'where' in plan ? plan.where : [];

const LATE = /遅|間に合|late|behind|deadline|納期|締/i;
/** a placement made best, with no word of being late */
const PLACEMENT =
  /(?:配置|シフト|体制|割り当て|割当|staffing|placement|assignment|shift).*(?:最適|ベスト)|最適.*(?:配置|シフト|体制|割)|(?:best|optimal|optimi[sz]e)\b.*(?:staffing|placement|assignment|shift)/i;
const QUESTION =
  /[?？]|(?:か|かな|教えて|見せて|は|何|誰|どこ|いつ)[。\s]*$|^(?:is|are|will|would|what|which|how|when|where|who|do|does|did|can|could|show|list|tell|any|probability)\b/i;
/** Of several plans that which wants something done; a mere word that something is late wants it too. */
function mainPlan({ plans }: Reading): Plan | undefined {
  return plans.find((p) => DOING.has(intentOfPlan(p)) || p.act === 'what-if') ?? plans[0];
}
/** A reading as one of the nine intents, the names as synced. The less of the question was understood, the less sure. */
export function intentOf(reading: Reading): IntentResult {
  const plan = mainPlan(reading);
  const value = (dimension: Filter['dimension']): string | null =>
    reading.plans
      .map((p) => placesIn(p).find((f) => f.dimension === dimension && !f.not)?.values[0])
      .find((v) => v !== undefined) ?? null;
  const words = reading.account.filter((s) => s.state !== 'neutral');
  const used = words.filter((s) => s.state === 'used').length;
  // how things stand is backlog and lateness too, but says no word of being late
  const late =
    plan?.act === 'measure' &&
    plan.query.measures.includes('p-late') &&
    (plan.query.measures[0] !== 'backlog' || LATE.test(reading.text));
  const stated = late && !QUESTION.test(reading.text.trim()) && placesIn(plan).length > 0;
  const known = plan
    ? stated
      ? 'deadline_optimization'
      : plan.act === 'propose' && PLACEMENT.test(reading.text) && !LATE.test(reading.text)
        ? 'optimize_assignment'
        : intentOfPlan(plan)
    : reading.asks.length > 0
      ? 'simple_query'
      : 'out_of_scope';
  // mostly words that nobody here knows, and no place of ours: about something else
  const intent =
    known !== 'log_investigation' &&
    used * 2 < words.length + 1 &&
    placesIn(plan).length === 0 &&
    words.length > 1
      ? 'out_of_scope'
      : known;
  return {
    intent,
    location: value('location'),
    process: value('process'),
    business: value('business'),
    requires_action: DOING.has(intent) && plan?.act !== 'about-card',
    confidence: words.length === 0 ? 0 : Math.round((100 * used) / words.length) / 100,
  };
}
