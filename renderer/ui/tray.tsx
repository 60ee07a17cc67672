import { ActionIcon, Box, Flex, Loader, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './ui.module.css';

/** What is on its way in, above what is already there; more than fit are scrolled. */
export function Tray({
  label,
  head,
  children,
}: {
  readonly label: string;
  readonly head?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={label}>
      {head && <div className={classes['trayHead']}>{head}</div>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className={classes['tray']} tabIndex={0}>
        {children}
      </div>
    </section>
  );
}

type ItemProps = {
  /** absent: `children` is all of it */
  readonly name?: string;
  /** what is happening to it */
  readonly said?: string;
  readonly isBusy?: boolean;
  /** 0 to 1, while there is a share to show */
  readonly share?: { readonly of: number; readonly label: string } | null;
  /** beside the name */
  readonly beside?: ReactNode;
  /** at the end of the row */
  readonly end?: ReactNode;
  readonly note?: string | null;
  readonly children?: ReactNode;
};
/** One thing on its way in: its name, what is happening to it, how far it is. */
export function TrayItem({ name, said, isBusy, share, beside, end, note, children }: ItemProps) {
  return (
    <div className={classes['trayItem']}>
      {name !== undefined && (
        <div className={classes['trayRow']}>
          {isBusy && <Loader size="xs" />}
          <Text span inherit truncate maw="32rem" fw={600} title={name}>
            {name}
          </Text>
          <Box component="span" c="dimmed" role="status">
            {said}
          </Box>
          {beside}
          <Flex component="span" align="center" gap="0.35rem" ms="auto">
            {end}
          </Flex>
        </div>
      )}
      {share && <Progress mt={6} size="sm" value={Math.min(1, share.of) * 100} aria-label={share.label} />}
      {note && (
        <Box mt="0.35rem" fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Box>
      )}
      {children}
    </div>
  );
}
export function TrayClose({ label, onClose }: { readonly label: string; readonly onClose: () => void }) {
  return (
    <ActionIcon size="sm" aria-label={label} onClick={onClose}>
      <IconX size={15} />
    </ActionIcon>
  );
}
