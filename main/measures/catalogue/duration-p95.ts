import { durationMeasure } from '../durations.ts';

export const durationP95 = durationMeasure('p95', { ja: '所要時間の95%点', en: '95th percentile duration' });
