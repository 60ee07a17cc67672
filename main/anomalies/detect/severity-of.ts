import type { TemplateFact } from '../types.ts';

export type LogSeverity = 'error' | 'warn' | 'info';

/** Lines that do not say how bad they are often say so in words. */
const WORDS =
  /\b(?:error|fail(?:ed|ure)?|exception|fatal|panic|timeout|timed out|refused|denied|unreachable|corrupt(?:ed)?)\b|エラー|失敗|例外|異常|タイムアウト|応答なし|拒否/i;

/** How grave a template is: by its level, and without one by its words, never more than a warning then. */
export function severityOf(fact: Pick<TemplateFact, 'level' | 'text'>): LogSeverity {
  if (fact.level === 'fatal' || fact.level === 'error') return 'error';
  if (fact.level === 'warn') return 'warn';
  if (fact.level === null && WORDS.test(fact.text)) return 'warn';
  return 'info';
}
