import { Kbd } from '@mantine/core';
import { Fragment } from 'react';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const NAMES: Record<string, string> = isMac ? { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' } : {};

/** `Ctrl+K` as keys of this computer. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span dir="ltr">
      {keys.split('+').map((key, i) => (
        <Fragment key={key}>
          {i > 0 && ' '}
          <Kbd size="xs">{NAMES[key] ?? key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
