import type { WebContents } from 'electron';

/** a level is 20 %; as in a browser, from a half to three times */
const [SMALLEST, LARGEST, STEP] = [-3.5, 6, 0.5];
/** `;` is + without Shift on a Japanese keyboard, `=` on an American one */
const KEYS: Readonly<Record<string, number>> = { '+': STEP, ';': STEP, '=': STEP, '-': -STEP };

/** Larger and smaller, by keys and wheel: what the menu would do if there were one. Chromium keeps the level. */
export function enableZoom(contents: WebContents): void {
  const by = (step: number): void => {
    contents.setZoomLevel(Math.min(LARGEST, Math.max(SMALLEST, contents.getZoomLevel() + step)));
  };
  contents.on('zoom-changed', (_event, direction) => by(direction === 'in' ? STEP : -STEP));
  contents.on('before-input-event', (event, { type, key, control, meta, alt }) => {
    const step = KEYS[key];
    if (type !== 'keyDown' || alt || !(process.platform === 'darwin' ? meta : control)) return;
    if (step === undefined && key !== '0') return;
    event.preventDefault();
    if (step === undefined) contents.setZoomLevel(0);
    else by(step);
  });
}
