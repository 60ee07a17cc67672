import { Menu } from '@mantine/core';
import { IconChartBar, IconCopy, IconFilter, IconFilterMinus, IconSearch } from '@tabler/icons-react';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import type { PickedValue } from './line-row.tsx';

type Props = {
  readonly picked: PickedValue | null;
  readonly onClose: () => void;
  readonly onField: (picked: PickedValue, not: boolean) => void;
  readonly onWords: (value: string) => void;
  readonly onStatistics: (picked: PickedValue) => void;
};
const SHOWN = 60;

/** What can be done with a value of a line. */
export function ValueMenu({ picked, onClose, onField, onWords, onStatistics }: Props) {
  const t = useWords('logs');
  if (!picked) return null;
  const { box, value, from } = picked;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    showDone(t('common:copied'));
  };
  return (
    <Menu
      opened
      onChange={(open) => {
        if (open) return;
        onClose();
        // once the menu has let go of it
        requestAnimationFrame(() => from.focus({ preventScroll: true }));
      }}
      position="bottom-start"
      withinPortal
      trapFocus
      withInitialFocusPlaceholder={false}
      returnFocus={false}
      shadow="md"
    >
      <Menu.Target>
        {/* stands where the value is, so that the menu opens beside it */}
        <button
          type="button"
          tabIndex={-1}
          aria-label={value}
          className={classes['valueAnchor']}
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}</Menu.Label>
        <Menu.Item leftSection={<IconFilter size={15} />} onClick={() => onField(picked, false)}>
          {t('value.only')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFilterMinus size={15} />} onClick={() => onField(picked, true)}>
          {t('value.without')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSearch size={15} />} onClick={() => onWords(value)}>
          {t('value.everywhere')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
          {t('common:copy')}
        </Menu.Item>
        <Menu.Item leftSection={<IconChartBar size={15} />} onClick={() => onStatistics(picked)}>
          {t('value.statistics')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
