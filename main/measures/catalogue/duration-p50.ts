import { durationMeasure } from '../durations.ts';

export const durationP50 = durationMeasure('p50', { ja: '所要時間の中央値', en: 'Median duration' });
