import type { IntentResult } from '../api/contract/chat.ts';
import type { Filter } from '../api/contract/measures.ts';
import type { Plan, Reading } from '../api/contract/questions.ts';

const LATENESS = new Set(['p-late', 'finish', 'shortage']);
const LOGS = new Set(['errors', 'log-lines', 'incidents', 'last-line']);
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
    return PERFORMANCE.has(first) ||
      (told && ['finished', 'throughput', 'present', 'arrivals'].includes(first))
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

/** A reading as one of the nine intents, the names as synced. The less of the question was understood, the less sure. */
export function intentOf(reading: Reading): IntentResult {
  const [plan] = reading.plans;
  const intent = plan ? intentOfPlan(plan) : reading.asks.length > 0 ? 'simple_query' : 'out_of_scope';
  const value = (dimension: Filter['dimension']): string | null =>
    placesIn(plan).find((f) => f.dimension === dimension && !f.not)?.values[0] ?? null;
  const words = reading.account.filter((s) => s.state !== 'neutral');
  const used = words.filter((s) => s.state === 'used').length;
  return {
    intent,
    location: value('location'),
    process: value('process'),
    business: value('business'),
    requires_action: DOING.has(intent) && plan?.act !== 'about-card',
    confidence: words.length === 0 ? 0 : Math.round((100 * used) / words.length) / 100,
  };
}
