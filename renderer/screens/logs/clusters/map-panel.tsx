import { Button, Group, RangeSlider, SegmentedControl, Text } from '@mantine/core';
import { IconArrowsMove, IconLasso } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ClusterKind, ClusterRun } from '../../../../main/clusters/contract/clusters.ts';
import { TemplateMap } from '../../../charts/template-map.tsx';
import { navigate } from '../../../router.ts';
import { EmptyState } from '../../../ui/states.tsx';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';
import {
  COLOURS_BY,
  type ColourBy,
  hueOf,
  LEVELS_SHOWN,
  levelColour,
  noveltyColour,
  SEVERITIES,
  severityColour,
} from './map-colours.ts';
import { type ClusterView, clustersQuery } from './use-cluster-view.ts';
import { useTemplateText } from './use-texts.ts';

type Props = { readonly run: ClusterRun; readonly view: ClusterView };
const STEPS = 200;
const LEGEND = 8;

/** The map with its colours, its lasso and its slider of time. A click on a dot opens its lines, or the incident it is. */
export function MapPanel({ run, view }: Props) {
  const t = useWords('clusters');
  const format = useFormat();
  const [mode, setMode] = useState<'move' | 'lasso'>('move');
  const [hovered, setHovered] = useState<number | null>(null);
  const { byId, names, titleOf, of } = view;
  const text = useTemplateText(of === 'template' ? hovered : null);
  const tell = useCallback(
    (id: number): string[] => {
      const point = byId.get(id);
      if (!point) return [];
      const name = point.clusterId === null ? undefined : names.get(point.clusterId);
      return [
        titleOf(id) ?? text ?? '…',
        [t('hint.lines', { n: format.number(point.lines) }), point.service].filter(Boolean).join(format.dot),
        name === undefined ? t('hint.outlier') : t('hint.cluster', { name }),
        point.severity === null
          ? t('hint.novelty', { share: format.percent(point.novelty) })
          : t(`incidents:severity.${point.severity}`),
        ...(point.firstAt !== null && point.lastAt !== null
          ? [t('hint.seen', { from: format.dateTime(point.firstAt), to: format.dateTime(point.lastAt) })]
          : []),
      ];
    },
    [byId, names, titleOf, text, t, format],
  );
  const open = (id: number): void => {
    window.location.hash = view.hrefOf(id).slice(1);
  };
  return (
    <>
      <Group gap="md" mb={8}>
        <Labelled label={t('colour.label')}>
          <SegmentedControl
            size="xs"
            aria-label={t('colour.label')}
            value={view.colourBy}
            data={COLOURS_BY[of].map((name) => ({ value: name, label: t(colourWord(name, of)) }))}
            onChange={view.setColourBy}
          />
        </Labelled>
        <SegmentedControl
          size="xs"
          aria-label={t('mode.label')}
          value={mode}
          data={[
            { value: 'move', label: <Mode icon={<IconArrowsMove size={14} />} text={t('mode.move')} /> },
            { value: 'lasso', label: <Mode icon={<IconLasso size={14} />} text={t('mode.lasso')} /> },
          ]}
          onChange={setMode}
        />
      </Group>
      {view.dots.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t(of === 'incident' ? 'incident.nothing' : 'empty.nothing')}
          text={t('empty.nothingText')}
          action={{
            label: t('empty.widen'),
            onClick: () => {
              view.setCut(null);
              navigate('logs', 'clusters', { ...clustersQuery(of), range: 'all' });
            },
          }}
        />
      ) : (
        <TemplateMap
          dots={view.dots}
          lit={view.lit}
          labels={view.labels}
          mode={mode}
          label={t(of === 'incident' ? 'incident.mapLabel' : 'mapLabel', {
            points: format.number(view.dots.length),
            clusters: format.number(run.clusters.length),
            outliers: format.number(run.outliers.length),
          })}
          tell={tell}
          onHover={setHovered}
          onPick={open}
          onLasso={view.pick}
          height="clamp(340px, calc(var(--content-height) - 21rem), 720px)"
        />
      )}
      <Legend view={view} />
      <TimeSlider view={view} />
    </>
  );
}

const colourWord = (name: ColourBy, of: ClusterKind) =>
  of === 'incident' && name === 'novelty' ? 'incident.age' : (`colour.${name}` as const);
const Mode = ({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) => (
  <span className={classes['mode']}>
    {icon}
    {text}
  </span>
);
const Labelled = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <span className={classes['labelled']}>
    <span aria-hidden>{label}</span>
    {children}
  </span>
);

function Legend({ view }: { readonly view: ClusterView }) {
  const t = useWords('clusters');
  const format = useFormat();
  const { colourBy, services } = view;
  return (
    <div className={classes['legend']}>
      {colourBy === 'service' &&
        services.slice(0, LEGEND).map((service, i) => (
          <span key={service}>
            <i style={{ background: hueOf(i) }} />
            {service || t('legend.none')}
          </span>
        ))}
      {colourBy === 'service' && services.length > LEGEND && (
        <span>{t('legend.more', { n: format.number(services.length - LEGEND) })}</span>
      )}
      {colourBy === 'level' &&
        LEVELS_SHOWN.map((level) => (
          <span key={level}>
            <i style={{ background: levelColour(level) }} />
            {t(`logs:level.${level}`)}
          </span>
        ))}
      {colourBy === 'severity' &&
        SEVERITIES.map((severity) => (
          <span key={severity}>
            <i style={{ background: severityColour(severity) }} />
            {t(`incidents:severity.${severity}`)}
          </span>
        ))}
      {colourBy === 'novelty' && (
        <span>
          {t('legend.old')}
          <i
            className={classes['ramp']}
            style={{
              background: `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1].map(noveltyColour).join(', ')})`,
            }}
          />
          {t('legend.new')}
        </span>
      )}
      <span>{t('legend.outlier')}</span>
      <span>{t('legend.size')}</span>
    </div>
  );
}

function TimeSlider({ view }: { readonly view: ClusterView }) {
  const t = useWords('clusters');
  const format = useFormat();
  const { whole, span } = view;
  if (!whole || !span) return null;
  const length = whole[1] - whole[0];
  const at = (step: number): number => Math.round(whole[0] + (step / STEPS) * length);
  const stepOf = (instant: number): number =>
    Math.min(STEPS, Math.max(0, Math.round(((instant - whole[0]) / length) * STEPS)));
  return (
    <div className={classes['slider']}>
      <div>
        <Text size="xs" fw={600}>
          {t('time')}
        </Text>
        <Fine>
          {t(view.of === 'incident' ? 'incident.timeLabel' : 'timeLabel', {
            from: format.dateTime(span[0]),
            to: format.dateTime(span[1]),
            n: format.number(view.points.length),
          })}
        </Fine>
        {view.isCut && (
          <Button size="compact-xs" variant="subtle" onClick={() => view.setCut(null)}>
            {t('timeAll')}
          </Button>
        )}
      </div>
      <RangeSlider
        size="sm"
        min={0}
        max={STEPS}
        minRange={1}
        label={(step) => format.dateTime(at(step))}
        value={[stepOf(span[0]), stepOf(span[1])]}
        thumbFromLabel={t('timeFrom')}
        thumbToLabel={t('timeTo')}
        onChange={([from, to]) => view.setCut(from === 0 && to === STEPS ? null : [at(from), at(to)])}
      />
    </div>
  );
}
