import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconMoon, IconMoonOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import type { SavedView } from '../../../main/measures/contract/measures.ts';
import { href, navigate } from '../../router.ts';
import { Fine } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';
import classes from './analytics.module.css';
import { NEW_VIEW, OWN, READY, writeQuery } from './opened-view.ts';
import type { Views } from './use-views.ts';

type Props = {
  readonly opened: string | null;
  readonly views: Views;
  readonly onRename: (view: SavedView) => void;
};

/** Where to begin: the ready views, those saved, and one's own. */
export function ViewList({ opened, views, onRename }: Props) {
  const t = useWords('analytics');
  const current = (id: string): { 'aria-current'?: 'true' } =>
    id === opened ? { 'aria-current': 'true' } : {};
  return (
    <nav aria-label={t('views')} className={classes['list']}>
      <section aria-label={t('readyViews')}>
        <Fine fw={600} mb={4}>
          {t('readyViews')}
        </Fine>
        {READY.map(({ id }) => (
          <a key={id} href={href('analytics', id)} {...current(id)}>
            <b>{t(`ready.${id}.title`)}</b>
            <small>{t(`ready.${id}.text`)}</small>
          </a>
        ))}
        <a href={href('analytics', NEW_VIEW, { q: writeQuery(OWN) })} {...current(NEW_VIEW)}>
          <b>
            <IconPlus size={13} aria-hidden /> {t('own')}
          </b>
        </a>
      </section>
      <SavedViews opened={opened} views={views} onRename={onRename} />
    </nav>
  );
}

/** The saved ones, each with what can be done with it. */
export function SavedViews({ opened, views, onRename }: Props) {
  const t = useWords('analytics');
  return (
    <section aria-label={t('savedViews')} className={classes['savedViews']}>
      <Fine fw={600} mb={4}>
        {t('savedViews')}
      </Fine>
      {views.list.data?.length === 0 && <Fine>{t('noSaved')}</Fine>}
      {views.saved.map((view) => (
        <div key={view.id} className={classes['saved']}>
          <a href={href('analytics', view.id)} aria-current={view.id === opened ? 'true' : undefined}>
            <b>{view.name}</b>
            {view.nightly && (
              <small>
                <IconMoon size={12} aria-hidden /> {t('saved.nightlyMark')}
              </small>
            )}
          </a>
          <SavedMenu
            view={view}
            views={views}
            onRename={() => onRename(view)}
            isOpened={view.id === opened}
          />
        </div>
      ))}
    </section>
  );
}

function SavedMenu({
  view,
  views,
  onRename,
  isOpened,
}: {
  readonly view: SavedView;
  readonly views: Views;
  readonly onRename: () => void;
  readonly isOpened: boolean;
}) {
  const t = useWords('analytics');
  const label = t('saved.menu', { name: view.name });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          pos="absolute"
          top={6}
          right={6}
          aria-label={label}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onRename}>
          {t('saved.rename')}
        </Menu.Item>
        <Menu.Item
          leftSection={view.nightly ? <IconMoonOff size={15} /> : <IconMoon size={15} />}
          onClick={() => views.setNightly(view, !view.nightly)}
        >
          {t(view.nightly ? 'saved.nightlyOff' : 'saved.nightlyOn')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={15} />}
          onClick={() => views.remove(view, () => isOpened && navigate('analytics'))}
        >
          {t('saved.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
