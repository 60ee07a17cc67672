export type {
  CompanyTables,
  LogExplore,
  LogSources,
  Logs,
  LogsChange,
  LogTemplates,
  MinuteCount,
} from './door.ts';
export { createLogs } from './logs.ts';
export { type MineReport, mineFile } from './mine-file.ts';
export { Miner, templateText } from './mine-templates.ts';
export { type Detected, detectFormat, formatNamed } from './read/detect-format.ts';
export { FORMATS } from './read/formats.ts';
export { looserWords } from './search/looser-words.ts';
export { usedFiles } from './store/block-rows.ts';
export { readQuantity } from './templates/read-quantity.ts';
export type { Format, Level, Mined, ParsedLine, Part, Template } from './types.ts';
