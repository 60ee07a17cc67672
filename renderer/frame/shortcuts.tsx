import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUi } from '../stores/ui.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { Fine, Note } from '../ui/text.tsx';
import classes from './frame.module.css';
import { hasManual } from './manual.tsx';

export function Shortcuts() {
  const { t } = useTranslation(['frame', 'common']);
  const opened = useUi((s) => s.shortcuts);
  const show = useUi((s) => s.show);
  const close = (): void => show('shortcuts', false);
  const rows: readonly (readonly [string, ReactNode])[] = [
    ['Ctrl+K', t('shortcuts.palette')],
    ['Alt+1–9', t('shortcuts.screen')],
    [
      'g',
      <span key="g">
        {t('shortcuts.jump')}
        <Fine component="div">{t('shortcuts.jumpKeys')}</Fine>
      </span>,
    ],
    ['Ctrl+,', t('shortcuts.settings')],
    ['/', t('shortcuts.search')],
    ['↑+↓', t('shortcuts.rows')],
    ['Enter', t('shortcuts.openRow')],
    ['↓', t('shortcuts.logList')],
    ['j+k', t('shortcuts.logLines')],
    ['n+N', t('shortcuts.logErrors')],
    ['b', t('shortcuts.logBookmark')],
    ['Esc', t('shortcuts.escape')],
    ['Shift+H', t('shortcuts.handover')],
    ['?', t('shortcuts.help')],
    ...(hasManual ? [['F1', t('shortcuts.manual')] as const] : []),
  ];
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('shortcuts.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <table className={classes['keys']}>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={keys}>
              <th scope="row">
                <KeyHint keys={keys} />
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Note mt="md">{t('shortcuts.ime')}</Note>
    </Modal>
  );
}
