export { createAnalytics } from './analytics.ts';
export type {
  Analytics,
  CatalogueName,
  CatalogueSlots,
  CellRiskView,
  DeadlineRisk,
  RiskLevels,
  RiskReport,
} from './types.ts';
