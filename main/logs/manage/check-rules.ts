import { isTimeZone } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { LogSourceRules } from '../contract/logs.ts';
import { formatNamed } from '../read/detect-format.ts';

export const NO_RULES: Omit<LogSourceRules, 'name'> = {
  format: null,
  encoding: null,
  timeZone: null,
  skewMs: 0,
  service: null,
  pattern: null,
  paused: false,
};

/**
 * The rules as they may be stored: they are read again at every start, so what could not be read then is refused now.
 * @throws `logs.unknown-format`, `input.invalid`
 */
export function checkRules(rules: unknown): LogSourceRules {
  const parsed = LogSourceRules.safeParse(rules);
  if (!parsed.success) {
    const detail = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join(', ');
    throw new AppError('input.invalid', { detail }, { cause: parsed.error });
  }
  const { format, timeZone } = parsed.data;
  if (format !== null) formatNamed(format);
  if (timeZone !== null && !isTimeZone(timeZone))
    throw new AppError('input.invalid', { detail: `timeZone: ${timeZone}` });
  return parsed.data;
}
