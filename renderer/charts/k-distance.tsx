import { formatNumber } from '../../main/api/contract/format.ts';
import { useWords } from '../words.ts';
import type { Words } from './parts.ts';
import classes from './small-charts.module.css';

type Props = {
  /** rising */
  readonly distances: readonly number[];
  readonly knee: number;
  /** null: not known */
  readonly eps: number | null;
  readonly words: Words;
};
const WIDTH = 320;
const HEIGHT = 96;
const LEFT = 4;

/** The sorted distances to the k-th neighbour: where the curve bends up, clusters end. The line is the distance in use. */
export function KDistance({ distances, knee, eps, words }: Props) {
  const t = useWords('clusters');
  const top = Math.max(knee, eps ?? 0, distances.at(-1) ?? 0) * 1.08 || 1;
  const x = (i: number): number => LEFT + (i / Math.max(1, distances.length - 1)) * (WIDTH - 2 * LEFT);
  const y = (value: number): number => HEIGHT - 4 - (value / top) * (HEIGHT - 8);
  const number = (value: number): string => formatNumber(value, words.lang, 3);
  const bend = distances.findIndex((distance) => distance >= knee);
  return (
    <svg
      role="img"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={classes['distanceChart']}
      aria-label={t('run.curve', {
        max: number(distances.at(-1) ?? 0),
        knee: number(knee),
        eps: eps === null ? '–' : number(eps),
      })}
    >
      {eps !== null && <line x1={0} x2={WIDTH} y1={y(eps)} y2={y(eps)} className={classes['distanceEps']} />}
      <path
        d={distances.map((value, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('')}
        className={classes['distanceCurve']}
      />
      {bend >= 0 && (
        <>
          <line x1={x(bend)} x2={x(bend)} y1={y(knee)} y2={HEIGHT} className={classes['distanceDrop']} />
          <circle cx={x(bend)} cy={y(knee)} r={4} className={classes['distanceKnee']} />
          <text x={x(bend) - 8} y={Math.max(12, y(knee) - 6)} textAnchor="end">
            {t('run.knee', { n: number(knee) })}
          </text>
        </>
      )}
    </svg>
  );
}
