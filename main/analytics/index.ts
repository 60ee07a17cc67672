export { createAnalytics } from './analytics.ts';
export type {
  Analytics,
  CellRiskView,
  DeadlineRisk,
  RiskLevels,
  RiskReport,
  WorkDay,
} from './types.ts';
