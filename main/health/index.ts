export { createHealth, type HealthRoom } from './health.ts';
