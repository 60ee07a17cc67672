/**
 * Enter that confirms a conversion (変換) must never send, search or save. Blink marks such keys with `isComposing`,
 * old engines with keyCode 229; WebKit fires `compositionend` before the key, so a tick after it still counts.
 */
import { Textarea, type TextareaProps, TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent as ReactKeyboardEvent, type Ref, useCallback } from 'react';

let endedAt = Number.NEGATIVE_INFINITY;
let composing = false;
const TICK_MS = 30;
const CONFIRMS = new Set(['Enter', 'Escape', 'Tab']);

/** True for a key press that belongs to the input method. */
export const isImeKey = (event: KeyboardEvent): boolean =>
  event.isComposing ||
  event.keyCode === 229 ||
  composing ||
  (CONFIRMS.has(event.key) && performance.now() - endedAt < TICK_MS);

/** Keeps keys of the input method from every handler of the page: inputs, dialogs, palette and shortcuts alike. */
export function installImeGuard(target: Window): void {
  target.addEventListener(
    'compositionstart',
    () => {
      composing = true;
    },
    true,
  );
  target.addEventListener(
    'compositionend',
    () => {
      composing = false;
      endedAt = performance.now();
    },
    true,
  );
  target.addEventListener(
    'keydown',
    (event) => {
      if (isImeKey(event)) event.stopImmediatePropagation();
    },
    true,
  );
}

export type EnterOptions = {
  /** `ctrl-enter`: Enter makes a new line and Ctrl+Enter (⌘+Enter) acts */
  readonly with?: 'enter' | 'ctrl-enter';
};
/** A key handler that calls `act` on the Enter that means "do it". Shift+Enter always makes a new line. */
export function useImeEnter(
  act: () => void,
  options: EnterOptions = {},
): (event: ReactKeyboardEvent) => void {
  const needsCtrl = options.with === 'ctrl-enter';
  return useCallback(
    (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.altKey || isImeKey(event.nativeEvent)) return;
      if (needsCtrl && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      act();
    },
    [act, needsCtrl],
  );
}

export type ImeTextInputProps = TextInputProps & {
  readonly onEnter?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
};
/** A one-line input whose Enter acts. */
export function ImeTextInput({ onEnter, onKeyDown, ...props }: ImeTextInputProps) {
  const enter = useImeEnter(onEnter ?? (() => {}));
  return (
    <TextInput
      {...props}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (onEnter && !event.defaultPrevented) enter(event);
      }}
    />
  );
}

export type ImeTextareaProps = TextareaProps &
  EnterOptions & { readonly onEnter?: () => void; readonly ref?: Ref<HTMLTextAreaElement> };
/** A text area whose Enter (or Ctrl+Enter) acts. */
export function ImeTextarea({ onEnter, onKeyDown, with: sendWith = 'enter', ...props }: ImeTextareaProps) {
  const enter = useImeEnter(onEnter ?? (() => {}), { with: sendWith });
  return (
    <Textarea
      {...props}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (onEnter && !event.defaultPrevented) enter(event);
      }}
    />
  );
}
