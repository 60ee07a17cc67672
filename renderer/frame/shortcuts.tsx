import { Modal } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { type ReactNode, useEffect } from 'react';
import { navigate } from '../router.ts';
import { SCREENS } from '../screens/registry.tsx';
import { useUi } from '../stores/ui.ts';
import { Fine, KeyHint, Note } from '../ui/text.tsx';
import { useWords } from '../words.ts';
import classes from './frame.module.css';
import { hasManual } from './manual.tsx';

export function Shortcuts() {
  const t = useWords('frame');
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
    <Modal opened={opened} onClose={close} title={t('shortcuts.title')} size="lg">
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

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const JUMP_MS = 1500;

/** What a key press means; null when it means nothing here. `jumping`: `g` was pressed just before. */
function actionOf(event: KeyboardEvent, jumping: boolean): (() => void) | null {
  const ui = useUi.getState();
  const openHelp = (): void => ui.show('shortcuts', true);
  const openManual = (): void => {
    ui.show('shortcuts', false);
    navigate('manual');
  };
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'F1') return hasManual ? openManual : openHelp;
  if (command && event.key.toLowerCase() === 'k')
    return () => {
      ui.show('notifications', false);
      ui.show('shortcuts', false);
      spotlight.toggle();
    };
  if (command && event.key === ',') return () => navigate('settings');
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  const open = (name: string | undefined): (() => void) | null => (name ? () => navigate(name) : null);
  if (event.altKey && !command && digit) return open(SCREENS[Number(digit) - 1]?.name);
  if (command || event.altKey || isTyping(event.target)) return null;
  if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return null;
  if (jumping) return open(SCREENS.find((s) => s.letter === event.key)?.name);
  if (event.key === '?') return openHelp;
  if (event.key === 'H') return () => ui.show('handover', true);
  const search = event.key === '/' ? document.querySelector<HTMLElement>('main [data-search]') : null;
  return search ? () => search.focus() : null;
}

/** The keys of the whole app. Single letters only count outside inputs and dialogs; nothing counts while composing (ui/ime.tsx). */
export function useShortcuts(): void {
  useEffect(() => {
    let jumpUntil = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event, event.timeStamp < jumpUntil);
      const startsJump =
        event.key === 'g' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      jumpUntil = startsJump ? event.timeStamp + JUMP_MS : 0;
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
