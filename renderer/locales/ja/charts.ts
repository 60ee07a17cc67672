export const charts = {
  now: '現在',
  deadlineAt: '納期 {{time}}',
  itemsAxis: '件',
  perHourAxis: '件/時',
  backlogValue: '残件 {{value}}件',
  expectedValue: '見込み {{value}}件',
  bandValue: '10〜90%: {{low}}〜{{high}}件',
  beforeValue: 'このまま {{mean}}件 ({{low}}〜{{high}})',
  afterValue: '提案後 {{mean}}件 ({{low}}〜{{high}})',
  throughputValue: '処理速度 {{value}}件/時',
  requiredValue: '必要 {{value}}件/時',
  requiredLine: '必要 {{value}}',
};
