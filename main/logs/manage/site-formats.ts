import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { FormatView } from '../contract/logs.ts';
import { formatsNow, SAMPLES } from '../read/formats.ts';
import { formatFromMarks } from '../read/from-marks.ts';
import type { LogSources } from '../types.ts';
import { checkRules, NO_RULES } from './check-rules.ts';
import { checkFormat, dropFormat, keepFormat, ownFormats, refreshOwnFormats } from './own-formats.ts';
import { tryFile } from './preview.ts';

/** The formats lines are read by: those of the product, and the site's own. */
export function createFormats(o: {
  readonly sources: LogSources['sources'];
  readonly zone: () => string;
  readonly now: () => number;
  /** which there are is not what it was */
  readonly changed: () => void;
}): Pick<LogSources, 'formats' | 'tryFormat' | 'draftFormat' | 'addFormat' | 'removeFormat'> {
  return {
    formats: withOwn,
    tryFormat: async ({ format, path: file }) => {
      const one = checkFormat(format);
      const rules = checkRules({ name: 'preview', ...NO_RULES });
      return tryFile({ file: path.resolve(file), rules, zone: o.zone(), now: o.now(), format: one });
    },
    draftFormat: formatFromMarks,
    addFormat: async (format) => {
      const { name } = keepFormat(format);
      o.changed();
      return { name };
    },
    removeFormat: async (name) => {
      const used = o.sources().find((s) => s.format === name);
      if (used) throw new AppError('logs.bad-format', { name, detail: used.name });
      dropFormat(name);
      o.changed();
    },
  };
}

/** Every format, a site's own first, each with lines it reads. */
function withOwn(): FormatView[] {
  refreshOwnFormats();
  const own = ownFormats();
  return formatsNow().map(({ name, title }) => {
    const mine = own.find((file) => file.name === name);
    const samples = mine ? mine.samples : SAMPLES.filter((s) => s.format === name);
    return { name, title, samples: samples.map((s) => s.line), isOwn: mine !== undefined };
  });
}
