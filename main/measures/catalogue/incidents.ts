import { type Measure, TIMES } from '../measure.ts';
import { words } from '../words.ts';

export const incidents: Measure = {
  info: {
    id: 'incidents',
    name: { ja: '障害', en: 'Incidents' },
    unit: 'count',
    digits: 0,
    dimensions: ['state', 'service', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    [
      '障害|障害件数|システム障害|インシデント|不具合|トラブル|システムトラブル|システムの問題|障害は|復旧|直った|システム停止|ダウン',
      '問題|異常',
    ],
    [
      'incident|incidents|outage|outages|system failure|failures|breakdown|breakdowns|system trouble|system problem|system problems|system issue|system issues|disruption|disruptions|malfunction|downtime|fault|faults',
      'trouble|problem|problems|issue|issues|down',
    ],
  ),
};
