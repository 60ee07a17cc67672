export { createAnalytics } from './analytics.ts';
export type {
  Analytics,
  CatalogueName,
  CatalogueSlots,
  CellRiskView,
  DeadlineRisk,
  RiskLevels,
  RiskReport,
  WorkDay,
} from './types.ts';
