export const charts = {
  now: 'now',
  deadlineAt: 'deadline {{time}}',
  itemsAxis: 'items',
  perHourAxis: 'items/hour',
  backlogValue: 'backlog {{value}} items',
  expectedValue: 'expected {{value}} items',
  bandValue: '10–90%: {{low}}–{{high}} items',
  beforeValue: 'as it goes: {{mean}} items ({{low}}–{{high}})',
  afterValue: 'with the plan: {{mean}} items ({{low}}–{{high}})',
  throughputValue: 'throughput {{value}} items/hour',
  requiredValue: 'needed {{value}} items/hour',
  requiredLine: 'needed {{value}}',
};
