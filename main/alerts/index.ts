export { type Alerts, createAlerts } from './alerts.ts';
export type { NewNotification } from './types.ts';
