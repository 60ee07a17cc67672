import { Kbd, Text } from '@mantine/core';
import { Fragment } from 'react';
import type { ErrorData } from '../../main/api/contract/common.ts';
import { wordError } from '../../main/api/contract/errors.ts';
import { fromErrorData } from '../errors.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';

/** What stands beside the matter: dimmed. */
export const Note = Text.withProps({ size: 'sm', c: 'dimmed' });
/** Fine print. */
export const Fine = Text.withProps({ size: 'xs', c: 'dimmed' });
export const Strong = Text.withProps({ size: 'sm', fw: 600 });

type Props = {
  /** epoch ms; null or 0 (never) shows a dash */
  readonly at: number | null;
  readonly kind?: 'time' | 'date' | 'dateTime';
};
/** An instant in the site's zone; the full date and time on hover. */
export function TimeText({ at, kind = 'dateTime' }: Props) {
  const format = useFormat();
  if (!at) return <span aria-hidden>—</span>;
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={`${format.date(at)} ${format.time(at)} (${format.zone})`}
    >
      {format[kind](at)}
    </time>
  );
}

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

/** That a search went by words alone, why, and what comes next; nothing where meaning was asked too. */
export function ByWordsOnly({ because }: { readonly because: ErrorData | null }) {
  const t = useWords('common');
  const { lang } = useFormat();
  if (!because) return null;
  const { say, next } = wordError(fromErrorData(because), lang);
  return <Fine role="status">{[say, t('byWordsOnly'), next].join(lang === 'ja' ? '' : ' ')}</Fine>;
}
