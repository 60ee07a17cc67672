/** Where a point of the unit square stands on a canvas that can be moved and zoomed, and what is under the pointer. */
export type Place = { readonly x: number; readonly y: number };
/** zoom factor, and how far the map was pushed, px */
export type View = { readonly zoom: number; readonly x: number; readonly y: number };
type Size = { readonly width: number; readonly height: number };

export const WHOLE: View = { zoom: 1, x: 0, y: 0 };
const PADDING = 28;
const MOST = 60;
const CELLS = 48;

/** Both directions fill the canvas: the distances on a map of neighbours mean "near or far", not millimetres. */
const spread = (size: Size): Size => ({
  width: Math.max(1, size.width - 2 * PADDING),
  height: Math.max(1, size.height - 2 * PADDING),
});
export const project = (place: Place, view: View, size: Size): Place => {
  const { width, height } = spread(size);
  return {
    x: PADDING + place.x * width * view.zoom + view.x,
    y: PADDING + place.y * height * view.zoom + view.y,
  };
};
export const unproject = (place: Place, view: View, size: Size): Place => {
  const { width, height } = spread(size);
  return {
    x: (place.x - PADDING - view.x) / (width * view.zoom),
    y: (place.y - PADDING - view.y) / (height * view.zoom),
  };
};
/** Closer or farther, the point under the pointer staying where it is. */
export function zoomView(view: View, factor: number, at: Place, size: Size): View {
  const zoom = Math.min(MOST, Math.max(0.5, view.zoom * factor));
  const under = unproject(at, view, size);
  const moved = project(under, { ...view, zoom }, size);
  return { zoom, x: view.x + at.x - moved.x, y: view.y + at.y - moved.y };
}

export type Grid<T extends Place> = ReadonlyMap<number, readonly T[]>;
const cellOf = (value: number): number => Math.min(CELLS - 1, Math.max(0, Math.floor(value * CELLS)));
/** Points by the square they lie in, so that the nearest one is found among few. */
export const gridOf = <T extends Place>(dots: readonly T[]): Grid<T> =>
  Map.groupBy(dots, (dot) => cellOf(dot.y) * CELLS + cellOf(dot.x));

/** The dot nearest to a place of the canvas, within `reach` px of its rim. */
export function dotAt<T extends Place & { readonly radius: number }>(
  grid: Grid<T>,
  at: Place,
  view: View,
  size: Size,
  reach: number,
): T | null {
  const low = unproject({ x: at.x - reach - 12, y: at.y - reach - 12 }, view, size);
  const high = unproject({ x: at.x + reach + 12, y: at.y + reach + 12 }, view, size);
  let best: T | null = null;
  let nearest = reach;
  for (let row = cellOf(low.y); row <= cellOf(high.y); row++)
    for (let column = cellOf(low.x); column <= cellOf(high.x); column++)
      for (const dot of grid.get(row * CELLS + column) ?? []) {
        const { x, y } = project(dot, view, size);
        const distance = Math.hypot(x - at.x, y - at.y) - dot.radius;
        if (distance < nearest) {
          nearest = distance;
          best = dot;
        }
      }
  return best;
}
/** Whether a point lies within a closed line: an odd number of its edges lie to the right of it. */
export function inside(point: Place, shape: readonly Place[]): boolean {
  let odd = false;
  for (const [i, a] of shape.entries()) {
    const b = shape[(i + shape.length - 1) % shape.length] ?? a;
    const crosses = a.y > point.y !== b.y > point.y;
    if (crosses && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) odd = !odd;
  }
  return odd;
}

/** px: how high a name is written */
const LINE = 18;
/** px from the middle of what is named, nearest first; from `LEAD_FROM` on a thin line leads there */
const RINGS = [19, 37, 56, 78, 104];
const LEAD_FROM = 37;
/** above, below, right, left, then between */
const WAYS = [270, 90, 0, 180, 300, 240, 60, 120, 330, 210, 30, 150].map((degrees) => ({
  x: Math.cos((degrees * Math.PI) / 180),
  y: Math.sin((degrees * Math.PI) / 180),
}));
/** px: dots are looked up by squares of this size */
const SQUARE = 32;

export type Box = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};
/** Written around `x`, `y`; `lead`: where a line to what is named begins, null where the name stands beside it. */
export type Written<T> = {
  readonly label: T;
  readonly x: number;
  readonly y: number;
  readonly lead: Place | null;
};
/**
 * Where names are written, the first ones first: as near as can be to the middle of what they name, within the frame, on no other
 * name, on no dot and on nothing of `kept`. A name without such a place is left out. All in px of the canvas.
 */
export function placeLabels<T extends Place & { readonly width: number }>(
  labels: readonly T[],
  dots: readonly (Place & { readonly radius: number })[],
  size: Size,
  kept: readonly Box[],
): Written<T>[] {
  const taken: Box[] = [...kept];
  const hides = dotsBySquare(dots);
  return labels.flatMap((label) => {
    const { x, y, width } = label;
    if (x < 0 || y < 0 || x > size.width || y > size.height || width > size.width) return [];
    const half = width / 2;
    for (const ring of RINGS)
      for (const way of WAYS) {
        const beside = x + way.x * (ring + half);
        const spot = {
          x: Math.min(size.width - half, Math.max(half, beside)),
          y: y + way.y * ring,
        };
        const box = boxAt(spot, half);
        if (box.top < 0 || box.bottom > size.height) continue;
        if (taken.some((other) => overlaps(box, other)) || hides(box)) continue;
        taken.push(box);
        return [{ label, ...spot, lead: ring < LEAD_FROM ? null : rimOf(box, label) }];
      }
    return [];
  });
}
/** Whether a box hides a dot. */
function dotsBySquare(dots: readonly (Place & { readonly radius: number })[]): (box: Box) => boolean {
  const widest = dots.reduce((most, { radius }) => Math.max(most, radius), 0);
  const squareOf = (value: number): number => Math.floor(value / SQUARE);
  const squares = Map.groupBy(dots, ({ x, y }) => `${squareOf(x)} ${squareOf(y)}`);
  return (box) => {
    for (let row = squareOf(box.top - widest); row <= squareOf(box.bottom + widest); row++)
      for (let column = squareOf(box.left - widest); column <= squareOf(box.right + widest); column++)
        if (squares.get(`${column} ${row}`)?.some((dot) => covers(box, dot))) return true;
    return false;
  };
}
/** The point of a box that is nearest to a place. */
const rimOf = (box: Box, { x, y }: Place): Place => ({
  x: Math.min(box.right, Math.max(box.left, x)),
  y: Math.min(box.bottom, Math.max(box.top, y)),
});
const boxAt = ({ x, y }: Place, half: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - LINE / 2,
  bottom: y + LINE / 2,
});
const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
const covers = (box: Box, { x, y, radius }: Place & { readonly radius: number }): boolean =>
  x > box.left - radius && x < box.right + radius && y > box.top - radius && y < box.bottom + radius;
