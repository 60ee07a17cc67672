export { type Detected, detectFormat, formatNamed } from './detect-format.ts';
export type {
  CompanyTables,
  LogExplore,
  LogSources,
  Logs,
  LogsChange,
  LogTemplates,
  MinuteCount,
} from './door.ts';
export { FORMATS } from './formats.ts';
export { continues } from './join-lines.ts';
export { createLogs } from './logs.ts';
export { type MineReport, mineFile } from './mine-file.ts';
export { Miner, templateText } from './mine-templates.ts';
export { readLines } from './read-lines.ts';
export { NumberSketch } from './templates/number-sketch.ts';
export { readQuantity } from './templates/read-quantity.ts';
export type { Format, Level, Mined, ParsedLine, Part, Template } from './types.ts';
