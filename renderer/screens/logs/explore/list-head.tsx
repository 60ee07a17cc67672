import { ActionIcon, Group, Switch, Text, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconLayoutSidebar } from '@tabler/icons-react';
import { Fine, KeyHint } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

/** How the list is shown; kept for the next time. */
export type View = {
  readonly follow: boolean;
  readonly wrap: boolean;
  /** the original text instead of the message alone */
  readonly raw: boolean;
  readonly sidebar: boolean;
};
type Props = {
  readonly shown: number;
  readonly more: boolean;
  readonly tookMs: number | null;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onError: (direction: 1 | -1) => void;
  readonly jumping: boolean;
  /** what came of the last jump, e.g. that there is no further error */
  readonly notice: string | null;
};

export function ListHead({ shown, more, tookMs, view, onView, onError, jumping, notice }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const toggle = (key: 'follow' | 'wrap' | 'raw') => (
    <Switch
      size="xs"
      label={t(`view.${key}`)}
      title={t(`view.${key}Hint`)}
      checked={view[key]}
      onChange={(event) => onView({ ...view, [key]: event.currentTarget.checked })}
    />
  );
  return (
    <Group gap="0.25rem 0.75rem" mih="1.75rem">
      <ActionIcon
        aria-label={t('view.sidebar')}
        title={t('view.sidebar')}
        aria-pressed={view.sidebar}
        onClick={() => onView({ ...view, sidebar: !view.sidebar })}
      >
        <IconLayoutSidebar size={17} />
      </ActionIcon>
      <Fine span>
        {t(more ? 'list.shownMore' : 'list.shown', { n: format.number(shown) })}
        {tookMs !== null &&
          `${format.dot}${t('list.took', { ms: format.number(tookMs, tookMs < 10 ? 1 : 0) })}`}
      </Fine>
      {notice !== null && (
        <Text size="xs" c="var(--watch-text)" role="status" span>
          {notice}
        </Text>
      )}
      <Group gap="md" ml="auto" wrap="nowrap">
        <Group gap={2} wrap="nowrap">
          <Fine span>{t('keys.errors')}</Fine>
          <JumpButton direction={-1} busy={jumping} onError={onError} />
          <JumpButton direction={1} busy={jumping} onError={onError} />
        </Group>
        {toggle('follow')}
        {toggle('wrap')}
        {toggle('raw')}
      </Group>
    </Group>
  );
}

type JumpProps = {
  readonly direction: 1 | -1;
  readonly busy: boolean;
  readonly onError: (direction: 1 | -1) => void;
};
function JumpButton({ direction, busy, onError }: JumpProps) {
  const t = useWords('logs');
  const name = t(direction === 1 ? 'keys.nextError' : 'keys.previousError');
  const Icon = direction === 1 ? IconChevronDown : IconChevronUp;
  return (
    <Tooltip
      label={
        <Group gap={6}>
          {name} <KeyHint keys={direction === 1 ? 'n' : 'Shift+n'} />
        </Group>
      }
    >
      <ActionIcon size="sm" aria-label={name} disabled={busy} onClick={() => onError(direction)}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
