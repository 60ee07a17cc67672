import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import {
  IconArrowsSplit2,
  IconChartLine,
  IconCheck,
  IconPencil,
  IconPrinter,
  IconUserQuestion,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { REJECT_REASONS } from '../../main/placement/contract/placement.ts';
import { DialogActions } from '../ui/confirm-dialog.tsx';
import { ImeTextarea } from '../ui/ime.tsx';
import { ErrorState } from '../ui/states.tsx';
import { KeyHint } from '../ui/text.tsx';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';
import type { Focus } from './use-decide.ts';

export type Panel = 'modify' | 'simulate' | 'whyNot';
export type Acts = {
  /** null where it does not apply: decided, stale, nothing to move */
  readonly approve: (() => void) | null;
  readonly reject: (() => void) | null;
  readonly modify: (() => void) | null;
  readonly simulate: (() => void) | null;
  readonly whyNot: (() => void) | null;
  /** supposes something else about its process */
  readonly whatIf: (() => void) | null;
  readonly print: (() => void) | null;
};
type Props = {
  readonly acts: Acts;
  readonly open: Panel | null;
  readonly busy: boolean;
  readonly keys: boolean;
  /** the button that was asked for in words */
  readonly asked: { readonly name: Focus; readonly button: RefObject<HTMLButtonElement | null> };
};

/** What can be done with a proposal; only what applies is there. */
export function ActionBar({ acts, open, busy, keys, asked }: Props) {
  const t = useWords('proposals');
  const hint = (key: string): { rightSection?: ReactNode } =>
    keys ? { rightSection: <KeyHint keys={key} /> } : {};
  const ref = (name: Focus) => (asked.name === name ? { ref: asked.button } : {});
  return (
    <Group gap="xs" className={`${classes['actions']} no-print`} role="toolbar" aria-label={t('act.label')}>
      {acts.approve && (
        <Button
          leftSection={<IconCheck size={16} />}
          loading={busy}
          onClick={acts.approve}
          {...hint('A')}
          {...ref('approve')}
        >
          {t('act.approve')}
        </Button>
      )}
      {acts.modify && (
        <Button
          variant={open === 'modify' ? 'light' : 'default'}
          aria-expanded={open === 'modify'}
          leftSection={<IconPencil size={16} />}
          onClick={acts.modify}
          {...hint('M')}
        >
          {t('act.modify')}
        </Button>
      )}
      {acts.simulate && (
        <Button
          variant={open === 'simulate' ? 'light' : 'default'}
          aria-expanded={open === 'simulate'}
          leftSection={<IconChartLine size={16} />}
          onClick={acts.simulate}
          {...hint('S')}
        >
          {t('act.simulate')}
        </Button>
      )}
      {acts.reject && (
        <Button
          variant="default"
          leftSection={<IconX size={16} />}
          onClick={acts.reject}
          {...hint('R')}
          {...ref('reject')}
        >
          {t('act.reject')}
        </Button>
      )}
      {acts.whyNot && (
        <Button
          variant={open === 'whyNot' ? 'light' : 'subtle'}
          aria-expanded={open === 'whyNot'}
          leftSection={<IconUserQuestion size={16} />}
          onClick={acts.whyNot}
        >
          {t('act.whyNot')}
        </Button>
      )}
      {acts.whatIf && (
        <Button variant="subtle" leftSection={<IconArrowsSplit2 size={16} />} onClick={acts.whatIf}>
          {t('act.whatIf')}
        </Button>
      )}
      {acts.print && (
        <Button variant="subtle" leftSection={<IconPrinter size={16} />} onClick={acts.print}>
          {t('act.print')}
        </Button>
      )}
    </Group>
  );
}

type Reason = (typeof REJECT_REASONS)[number];
type RejectDialogProps = {
  readonly opened: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onReject: (reason: Reason, text: string) => void;
  readonly onClose: () => void;
};
const isReason = (value: string): value is Reason => REJECT_REASONS.some((reason) => reason === value);

/** Saying no takes a reason; a note may become a draft rule. */
export function RejectDialog({ opened, busy, error, onReject, onClose }: RejectDialogProps) {
  const t = useWords('proposals');
  const [reason, setReason] = useState<Reason | null>(null);
  const [text, setText] = useState('');
  const submit = (): void => {
    if (reason && !busy) onReject(reason, text.trim());
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('reject.title')}>
      <Stack>
        <Radio.Group
          label={t('reject.why')}
          description={t('reject.hint')}
          value={reason ?? ''}
          onChange={(value) => isReason(value) && setReason(value)}
          withAsterisk
        >
          <Stack gap={8} mt="xs">
            {REJECT_REASONS.map((value, i) => (
              <Radio
                key={value}
                value={value}
                label={t(`reject.reasons.${value}`)}
                {...(i === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <ImeTextarea
          label={t('reject.note')}
          placeholder={t('reject.notePlaceholder')}
          value={text}
          maxLength={2000}
          onChange={(event) => setText(event.currentTarget.value)}
          with="ctrl-enter"
          onEnter={submit}
        />
        <ErrorState error={error} />
        <DialogActions
          confirm={t('reject.submit')}
          onClose={onClose}
          color="red"
          disabled={reason === null}
          loading={busy}
          onConfirm={submit}
        />
      </Stack>
    </Modal>
  );
}
