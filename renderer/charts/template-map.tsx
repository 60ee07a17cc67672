import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWords } from '../words.ts';
import { type ChartTheme, useChartTheme } from './chart-theme.ts';
import {
  dotAt,
  gridOf,
  inside,
  type Place,
  placeLabels,
  project,
  unproject,
  type View,
  WHOLE,
  zoomView,
} from './map-view.ts';
import classes from './template-map.module.css';

export type MapDot = Place & {
  readonly id: number;
  /** px */
  readonly radius: number;
  readonly colour: string;
  /** drawn as a cross */
  readonly outlier: boolean;
};
export type MapLabel = Place & { readonly text: string; readonly faint: boolean };
type Props = {
  readonly dots: readonly MapDot[];
  /** these stand out, the others step back; null: all alike */
  readonly lit: ReadonlySet<number> | null;
  /** written where they fit, the first ones first; those that are faint step back with their dots */
  readonly labels: readonly MapLabel[];
  readonly mode: 'move' | 'lasso';
  readonly label: string;
  /** what is said about a dot under the pointer: the first line stands out */
  readonly tell: (id: number) => readonly string[];
  /** the dot under the pointer now */
  readonly onHover?: (id: number | null) => void;
  readonly onPick: (id: number) => void;
  readonly onLasso: (ids: readonly number[]) => void;
  /** CSS */
  readonly height: string;
};
type Size = { readonly width: number; readonly height: number };
const HIT_PX = 9;
const CLICK_PX = 4;
const MANY = 3000;
const FAINT_NAME = 0.3;
/** px from the upper right corner: where the buttons are */
const BUTTONS = { width: 46, height: 112 };

/** Points in a plane, ten thousand of them at ease: pan, zoom, lasso, hover and click on one canvas. */
export function TemplateMap(props: Props) {
  const { dots, lit, labels, mode, label, tell, onHover, onPick, onLasso, height } = props;
  const t = useWords('clusters');
  const theme = useChartTheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [view, setView] = useState<View>(WHOLE);
  const [hover, setHover] = useState<{ dot: MapDot; x: number; y: number } | null>(null);
  const [lasso, setLasso] = useState<readonly Place[]>([]);
  const press = useRef<{ x: number; y: number; view: View; moved: boolean } | null>(null);
  const grid = useMemo(() => gridOf(dots), [dots]);

  useEffect(() => {
    if (!box.current) return;
    const resize = new ResizeObserver(([entry]) => {
      const { width = 0, height: high = 0 } = entry?.contentRect ?? {};
      setSize({ width: Math.floor(width), height: Math.floor(high) });
    });
    resize.observe(box.current);
    return () => resize.disconnect();
  }, []);
  useEffect(() => {
    if (!canvas.current || size.width === 0) return;
    const frame = requestAnimationFrame(() => {
      if (canvas.current) draw(canvas.current, { dots, lit, labels, view, size, theme });
    });
    return () => cancelAnimationFrame(frame);
  }, [dots, lit, labels, view, size, theme]);
  // wheel listeners of React are passive: zooming has to keep the page where it is
  useEffect(() => {
    const host = box.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const place = pointer(event, host);
      setView((now) => zoomView(now, Math.exp(-event.deltaY * 0.0016), place, size));
      setHover(null);
    };
    host?.addEventListener('wheel', onWheel, { passive: false });
    return () => host?.removeEventListener('wheel', onWheel);
  }, [size]);

  const zoom = useCallback(
    (factor: number) =>
      setView((now) => zoomView(now, factor, { x: size.width / 2, y: size.height / 2 }, size)),
    [size],
  );
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = pointer(event, box.current);
    press.current = { ...place, view, moved: false };
    if (mode === 'lasso') setLasso([place]);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const place = pointer(event, box.current);
    const down = press.current;
    if (!down) {
      const dot = dotAt(grid, place, view, size, HIT_PX);
      setHover(dot ? { dot, ...place } : null);
      return;
    }
    if (Math.hypot(place.x - down.x, place.y - down.y) > CLICK_PX) down.moved = true;
    if (mode === 'lasso') setLasso((path) => [...path, place]);
    else if (down.moved)
      setView({ ...down.view, x: down.view.x + place.x - down.x, y: down.view.y + place.y - down.y });
  };
  const onPointerUp = (event: PointerEvent): void => {
    const down = press.current;
    press.current = null;
    const place = pointer(event, box.current);
    if (!down) return;
    if (mode === 'lasso' && down.moved) {
      const shape = lasso.map((corner) => unproject(corner, view, size));
      onLasso(dots.filter((dot) => inside(dot, shape)).map((dot) => dot.id));
    } else if (!down.moved) {
      const dot = dotAt(grid, place, view, size, HIT_PX);
      if (dot) onPick(dot.id);
      else onLasso([]);
    }
    setLasso([]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const pan = (x: number, y: number) => () => setView((now) => ({ ...now, x: now.x + x, y: now.y + y }));
    const acts: Record<string, () => void> = {
      ArrowLeft: pan(60, 0),
      ArrowRight: pan(-60, 0),
      ArrowUp: pan(0, 60),
      ArrowDown: pan(0, -60),
      '+': () => zoom(1.4),
      ';': () => zoom(1.4),
      '-': () => zoom(1 / 1.4),
      '0': () => setView(WHOLE),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const hovered = hover?.dot.id ?? null;
  useEffect(() => onHover?.(hovered), [hovered, onHover]);
  const told = hover ? tell(hover.dot.id) : [];
  return (
    <div ref={box} className={classes['map']} style={{ height }} data-mode={mode}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => setHover(null)}
        onDoubleClick={(event) => setView((now) => zoomView(now, 2, pointer(event, box.current), size))}
        onKeyDown={onKeyDown}
      />
      {lasso.length > 1 && (
        <svg className={classes['lasso']} aria-hidden width={size.width} height={size.height}>
          <path d={`M${lasso.map((p) => `${p.x.toFixed(0)} ${p.y.toFixed(0)}`).join('L')}Z`} />
        </svg>
      )}
      {hover && (
        <>
          <Ring dot={hover.dot} view={view} size={size} />
          <div
            className={classes['tip']}
            data-left={hover.x > size.width * 0.6 || undefined}
            data-up={hover.y > size.height * 0.6 || undefined}
            style={{ left: hover.x, top: hover.y }}
            aria-hidden
          >
            {told.map((line, i) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text
              i === 0 ? <b key={i}>{line}</b> : <span key={i}>{line}</span>,
            )}
          </div>
        </>
      )}
      <div className={classes['buttons']}>
        <Button label={t('zoomIn')} onClick={() => zoom(1.5)}>
          <IconPlus size={16} />
        </Button>
        <Button label={t('zoomOut')} onClick={() => zoom(1 / 1.5)}>
          <IconMinus size={16} />
        </Button>
        <Button label={t('zoomReset')} onClick={() => setView(WHOLE)}>
          <IconZoomReset size={16} />
        </Button>
      </div>
    </div>
  );
}

type ButtonProps = {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
};
const Button = ({ label, onClick, children }: ButtonProps) => (
  <Tooltip label={label} position="left">
    <ActionIcon variant="default" aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  </Tooltip>
);

function Ring({ dot, view, size }: { readonly dot: MapDot; readonly view: View; readonly size: Size }) {
  const { x, y } = project(dot, view, size);
  return (
    <i
      className={classes['ring']}
      style={{ left: x, top: y, width: dot.radius * 2 + 8, height: dot.radius * 2 + 8 }}
    />
  );
}

const pointer = (event: { clientX: number; clientY: number }, host: HTMLElement | null): Place => {
  const rect = host?.getBoundingClientRect();
  return { x: event.clientX - (rect?.left ?? 0), y: event.clientY - (rect?.top ?? 0) };
};

type Scene = Pick<Props, 'dots' | 'lit' | 'labels'> & {
  readonly view: View;
  readonly size: Size;
  readonly theme: ChartTheme;
};
/** One path for each colour: a fill per dot would be several times slower. */
function draw(canvas: HTMLCanvasElement, { dots, lit, labels, view, size, theme }: Scene): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== size.width * ratio || canvas.height !== size.height * ratio) {
    canvas.width = size.width * ratio;
    canvas.height = size.height * ratio;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const seen = dots
    .map((dot) => ({ dot, ...project(dot, view, size) }))
    .filter(({ dot, x, y }) => {
      const r = dot.radius;
      return x > -r && y > -r && x < size.width + r && y < size.height + r;
    });
  const isLit = ({ dot }: (typeof seen)[number]): boolean => lit === null || lit.has(dot.id);
  const layers = lit === null ? [seen] : [seen.filter((one) => !isLit(one)), seen.filter(isLit)];
  const dense = seen.length > MANY ? 0.6 : 0.82;
  for (const [depth, layer] of layers.entries()) {
    const faint = lit !== null && depth === 0;
    context.globalAlpha = faint ? 0.14 : dense;
    const byColour = Map.groupBy(layer, ({ dot }) => `${dot.outlier ? 'x' : 'o'}${dot.colour}`);
    for (const [key, group] of byColour) {
      const colour = key.slice(1);
      context.beginPath();
      for (const { dot, x, y } of group)
        if (dot.outlier) {
          const r = Math.max(3, dot.radius * 0.8);
          context.moveTo(x - r, y - r);
          context.lineTo(x + r, y + r);
          context.moveTo(x + r, y - r);
          context.lineTo(x - r, y + r);
        } else {
          context.moveTo(x + dot.radius, y);
          context.arc(x, y, dot.radius, 0, Math.PI * 2);
        }
      if (key.startsWith('x')) {
        context.strokeStyle = colour;
        context.lineWidth = 1.5;
        context.stroke();
      } else {
        context.fillStyle = colour;
        context.fill();
        if (seen.length <= MANY && !faint) {
          // a rim, so that dots of one colour stay apart
          context.strokeStyle = theme.surface;
          context.lineWidth = 0.8;
          context.stroke();
        }
      }
    }
  }
  context.globalAlpha = 1;
  write(
    context,
    labels.map((label) => ({ ...label, ...project(label, view, size) })),
    // among thousands no place is free of dots, and looking for one would cost every frame
    seen.length > MANY ? [] : seen.map(({ dot, x, y }) => ({ x, y, radius: dot.radius })),
    { size, theme },
  );
}

/** Names beside what they name; those that had to go farther off are led to it by a line. */
function write(
  context: CanvasRenderingContext2D,
  labels: readonly MapLabel[],
  dots: readonly (Place & { readonly radius: number })[],
  { size, theme }: Pick<Scene, 'size' | 'theme'>,
): void {
  context.font = `600 12px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.fillStyle = theme.text;
  const measured = labels.map((label) => ({ ...label, width: context.measureText(label.text).width + 8 }));
  const buttons = { left: size.width - BUTTONS.width, right: size.width, top: 0, bottom: BUTTONS.height };
  const written = placeLabels(measured, dots, size, [buttons]);
  context.strokeStyle = theme.text;
  context.lineWidth = 0.75;
  for (const { label, lead } of written) {
    if (!lead) continue;
    context.globalAlpha = label.faint ? FAINT_NAME : 1;
    context.beginPath();
    context.moveTo(lead.x, lead.y);
    context.lineTo(label.x, label.y);
    context.stroke();
  }
  context.strokeStyle = theme.surface;
  context.lineWidth = 4;
  for (const { label, x, y } of written) {
    context.globalAlpha = label.faint ? FAINT_NAME : 1;
    context.strokeText(label.text, x, y);
    context.fillText(label.text, x, y);
  }
  context.globalAlpha = 1;
}
