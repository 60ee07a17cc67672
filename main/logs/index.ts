export { createLogs } from './logs.ts';
export { type MineReport, mineFile } from './mine/mine-file.ts';
export { Miner, templateText } from './mine/mine-templates.ts';
export { readQuantity } from './mine/read-quantity.ts';
export { type Detected, detectFormat, formatNamed } from './read/detect-format.ts';
export { FORMATS } from './read/formats.ts';
export { looserWords } from './search/looser-words.ts';
export { usedFiles } from './store/block-rows.ts';
export type {
  CompanyTables,
  Format,
  Level,
  LogExplore,
  LogSources,
  Logs,
  LogsChange,
  LogTemplates,
  Mined,
  MinuteCount,
  ParsedLine,
  Part,
  Template,
} from './types.ts';
