import { ActionIcon, Button, CopyButton, Drawer, Group, Stack, Text, Title, Tooltip } from '@mantine/core';
import {
  IconBookmark,
  IconBookmarkFilled,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconFilter,
  IconMessageCircle,
  IconX,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment, useEffect, useRef, useState } from 'react';
import type { LogLine, LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { messageSegments, rawSegments } from '../../../logs/line-text.ts';
import { clockTime, exactTime } from '../../../logs/log-time.ts';
import { RawText } from '../../../logs/raw-text.tsx';
import { TemplateText } from '../../../logs/template-text.tsx';
import { navigate } from '../../../router.ts';
import { ImeTextarea } from '../../../ui/ime.tsx';
import { Facts } from '../../../ui/page.tsx';
import { ErrorState, Pending } from '../../../ui/states.tsx';
import { KeyHint, Note, Strong } from '../../../ui/text.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { AttributeTable } from './attribute-table.tsx';
import classes from './explore.module.css';
import { Message, type PickedValue } from './line-row.tsx';
import type { Bookmark } from './use-bookmark.ts';

type Props = {
  readonly id: number | null;
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly sourceName: (id: string) => string;
  readonly onClose: () => void;
  readonly onOpen: (id: number) => void;
  readonly bookmark: Bookmark;
  readonly onValue: (value: PickedValue) => void;
  readonly onField: (key: string, value: string, not: boolean) => void;
  readonly onOnly: (key: 'sources' | 'services', value: string) => void;
  readonly onTemplate: (id: number) => void;
  readonly onError: (direction: 1 | -1) => void;
  /** what came of the last jump, e.g. that there is no further error */
  readonly notice: string | null;
  /** Escape belongs to what lies on top */
  readonly covered: boolean;
};
const STEP = 20;
const MOST = 500;

/** One line in full, and what stood before and after it in its file. */
export function LineDrawer(props: Props) {
  const { id, onClose, onError, notice, covered } = props;
  const t = useWords('logs');
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      closeOnEscape={!covered}
      size="min(760px, 92vw)"
      overlayProps={{ backgroundOpacity: 0.12 }}
      attributes={{ content: { 'data-line-drawer': true } }}
      title={
        <Group gap="xs">
          {/* the focus goes to the title: on a button its tip would open with the drawer */}
          <span data-autofocus tabIndex={-1} className={classes['drawerTitle']}>
            {t('detail.title')}
          </span>
          <Tooltip label={<KeyTip text={t('keys.previousError')} keys="Shift+n" />}>
            <ActionIcon aria-label={t('keys.previousError')} onClick={() => onError(-1)}>
              <IconChevronUp size={17} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={<KeyTip text={t('keys.nextError')} keys="n" />}>
            <ActionIcon aria-label={t('keys.nextError')} onClick={() => onError(1)}>
              <IconChevronDown size={17} />
            </ActionIcon>
          </Tooltip>
          {notice !== null && (
            <Text size="sm" c="var(--watch-text)" role="status" span>
              {notice}
            </Text>
          )}
        </Group>
      }
    >
      {id !== null && <Detail key={id} {...props} id={id} />}
    </Drawer>
  );
}
function KeyTip({ text, keys }: { readonly text: string; readonly keys: string }) {
  return (
    <Group gap={6}>
      {text} <KeyHint keys={keys} />
    </Group>
  );
}

function Detail(props: Props & { readonly id: number }) {
  const { id, templates, sourceName, bookmark, onValue, onField, onTemplate } = props;
  const t = useWords('logs');
  const format = useFormat();
  const [around, setAround] = useState({ before: STEP, after: STEP });
  const context = useQuery({
    ...orpc.logs.context.queryOptions({ input: { id, ...around } }),
    placeholderData: keepPreviousData,
  });
  if (!context.isSuccess) return <Pending of={context} kind="text" count={14} />;
  const at = context.data.findIndex((line) => line.id === id);
  const line = context.data[at];
  if (!line) return <Text>{t('detail.gone')}</Text>;
  const template = templates.get(line.templateId);
  const failed = bookmark.errorOf(id);
  return (
    <Stack gap="md" data-line-detail={id}>
      <Group gap="xs">
        <LevelBadge level={line.level} />
        <Strong>{exactTime(line.at, format.zone)}</Strong>
        <Note>{line.service}</Note>
        <Group gap={4} ml="auto">
          <Button
            size="compact-sm"
            variant={line.bookmarked ? 'light' : 'default'}
            leftSection={line.bookmarked ? <IconBookmarkFilled size={14} /> : <IconBookmark size={14} />}
            aria-pressed={line.bookmarked}
            onClick={() => bookmark.mark(line, !line.bookmarked)}
          >
            {t(line.bookmarked ? 'detail.bookmarked' : 'detail.bookmark')}
          </Button>
          <CopyButton value={line.text}>
            {({ copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconCopy size={14} />}
                onClick={() => {
                  copy();
                  showDone(t('common:copied'));
                }}
              >
                {t('detail.copy')}
              </Button>
            )}
          </CopyButton>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconMessageCircle size={14} />}
            onClick={() =>
              navigate('chat', null, { ask: t('detail.askText', { text: line.text.slice(0, 300) }) })
            }
          >
            {t('detail.ask')}
          </Button>
        </Group>
      </Group>
      <ErrorState error={failed} />
      <RawText>
        <Message
          segments={rawSegments(line, template)}
          words={[]}
          templateId={line.templateId}
          onValue={onValue}
          isStop
        />
      </RawText>
      <Context
        lines={context.data}
        id={id}
        templates={templates}
        onOpen={props.onOpen}
        busy={context.isFetching}
        onMore={(side) => setAround((old) => ({ ...old, [side]: Math.min(MOST, old[side] + 4 * STEP) }))}
        most={{ before: around.before >= MOST || at < around.before, after: around.after >= MOST }}
      />
      <section>
        <Group justify="space-between" mb={4}>
          <Title order={3}>{t('detail.template')}</Title>
          <Group gap={4}>
            <Button size="compact-xs" variant="subtle" onClick={() => onTemplate(line.templateId)}>
              {t('detail.sameTemplate')}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => navigate('logs', 'templates', { template: String(line.templateId) })}
            >
              {t('detail.aboutTemplate')}
            </Button>
          </Group>
        </Group>
        {template ? (
          <>
            {template.name && <Strong>{template.name}</Strong>}
            <TemplateText parts={template.parts} />
          </>
        ) : (
          t('template.number', { id: String(line.templateId) })
        )}
      </section>
      <Facts
        facts={[
          [
            t('detail.source'),
            <Narrowing
              key="source"
              text={sourceName(line.sourceId)}
              onOnly={() => props.onOnly('sources', line.sourceId)}
            />,
          ],
          [
            t('detail.service'),
            <Narrowing
              key="service"
              text={line.service ?? t('filter.noService')}
              onOnly={() => props.onOnly('services', line.service ?? '')}
            />,
          ],
          [
            t('detail.host'),
            line.host === null ? (
              '—'
            ) : (
              <Narrowing key="host" text={line.host} onOnly={() => onField('host', line.host ?? '', false)} />
            ),
          ],
          [t('detail.rawLines'), format.number(line.lines)],
          ...(line.atGuessed ? [[t('detail.time'), t('line.atGuessed')] as const] : []),
        ]}
      />
      {line.attributes !== '' && <AttributeTable json={line.attributes} onField={onField} />}
      <NoteField
        line={line}
        busy={bookmark.busy}
        onSave={(note) => bookmark.write(line, note)}
        onLeave={(note) => bookmark.keepWritten(line, note)}
      />
    </Stack>
  );
}

/** A value of the line with the way to all lines that share it. */
function Narrowing({ text, onOnly }: { readonly text: string; readonly onOnly: () => void }) {
  const t = useWords('logs');
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <span>{text}</span>
      <ActionIcon
        size="sm"
        aria-label={`${text}: ${t('value.only')}`}
        title={t('value.only')}
        onClick={onOnly}
      >
        <IconFilter size={14} />
      </ActionIcon>
    </Group>
  );
}

type NoteProps = {
  readonly line: LogLine;
  readonly busy: boolean;
  readonly onSave: (note: string | null) => void;
  /** the person goes on with something written that is not saved */
  readonly onLeave: (note: string | null) => void;
};
function NoteField({ line, busy, onSave, onLeave }: NoteProps) {
  const t = useWords('logs');
  const [text, setText] = useState(line.note ?? '');
  useEffect(() => setText(line.note ?? ''), [line.note]);
  const changed = text.trim() !== (line.note ?? '');
  const leave = useRef(() => {});
  leave.current = () => changed && onLeave(text.trim() || null);
  useEffect(() => () => leave.current(), []);
  return (
    <Stack gap={6}>
      <ImeTextarea
        label={t('detail.note')}
        placeholder={t('detail.notePlaceholder')}
        with="ctrl-enter"
        maxLength={5000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onEnter={() => changed && onSave(text.trim() || null)}
      />
      {changed && (
        <Group gap="xs" justify="flex-end">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconX size={13} />}
            onClick={() => setText(line.note ?? '')}
          >
            {t('common:cancel')}
          </Button>
          <Button size="compact-sm" loading={busy} onClick={() => onSave(text.trim() || null)}>
            {t('common:save')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type ContextProps = {
  readonly lines: readonly LogLine[];
  readonly id: number;
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly busy: boolean;
  readonly most: { readonly before: boolean; readonly after: boolean };
  readonly onOpen: (id: number) => void;
  readonly onMore: (side: 'before' | 'after') => void;
};
function Context({ lines, id, templates, busy, most, onOpen, onMore }: ContextProps) {
  const t = useWords('logs');
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const here = useRef<HTMLButtonElement>(null);
  const first = lines[0]?.id;
  // the line itself stays in the middle of its box, also when lines before it are added
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when the first line is another
  useEffect(() => {
    const [frame, line] = [box.current, here.current];
    if (frame && line) frame.scrollTop = line.offsetTop - (frame.clientHeight - line.clientHeight) / 2;
  }, [first]);
  return (
    <section>
      <Title order={3} mb={4}>
        {t('detail.context')}
      </Title>
      <div ref={box} className={classes['context']}>
        {!most.before && (
          <Button
            fullWidth
            size="compact-xs"
            variant="subtle"
            loading={busy}
            onClick={() => onMore('before')}
          >
            {t('detail.moreBefore')}
          </Button>
        )}
        {lines.map((line, i) => (
          <Fragment key={line.id}>
            {isOtherDay(lines[i - 1], line, format.zone) && (
              <p className={classes['contextDay']}>{format.date(line.at)}</p>
            )}
            <button
              ref={line.id === id ? here : null}
              type="button"
              className={classes['contextLine']}
              data-level={line.level ?? undefined}
              aria-current={line.id === id || undefined}
              onClick={() => onOpen(line.id)}
            >
              <time title={exactTime(line.at, format.zone)}>
                {clockTime(line.at, format.zone, format.lang)}
              </time>
              <LevelBadge level={line.level} />
              <span>
                <Message
                  segments={messageSegments(line, templates.get(line.templateId))}
                  words={[]}
                  templateId={line.templateId}
                />
              </span>
            </button>
          </Fragment>
        ))}
        {!most.after && (
          <Button fullWidth size="compact-xs" variant="subtle" loading={busy} onClick={() => onMore('after')}>
            {t('detail.moreAfter')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Whether a day is to be named before a line: where it is another than the one above, and on top. */
const isOtherDay = (above: LogLine | undefined, line: LogLine, zone: string): boolean =>
  above === undefined || dateOf(above.at, zone) !== dateOf(line.at, zone);
const dateOf = (at: number, zone: string): string => exactTime(at, zone).slice(0, 10);
