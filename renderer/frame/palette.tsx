import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconArrowsExchange,
  IconBell,
  IconBuilding,
  IconCpu,
  IconDeviceDesktop,
  IconHelp,
  IconKeyboard,
  IconLanguage,
  IconMessageCircle2,
  IconMoon,
  IconRefresh,
  IconSearch,
  IconSparkles,
  IconSun,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { cellIdOf } from '../../main/api/contract/common.ts';
import { wordError } from '../../main/api/contract/errors.ts';
import { orpc } from '../engine-hooks.ts';
import { toWordable } from '../errors.ts';
import { navigate } from '../router.ts';
import { SCREENS } from '../screens/registry.tsx';
import { useUi } from '../stores/ui.ts';
import { showDone, showProblem } from '../ui/undo-bar.tsx';
import { useFormat } from '../use-format.ts';
import { useLang, useWords } from '../words.ts';
import classes from './frame.module.css';
import { hasManual } from './manual.tsx';
import { useChangeSettings } from './use-applied-settings.ts';

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
const textOf = ({ label, description, keywords }: SpotlightActionData): string =>
  fold([label, description, ...(Array.isArray(keywords) ? keywords : [keywords])].filter(Boolean).join(' '));
/** Every word has to be there, in any order; hiragana, katakana, width and case do not matter. */
export function filterActions(
  query: string,
  groups: readonly SpotlightActionGroupData[],
): SpotlightActionGroupData[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      actions: group.actions.filter((a) => words.every((word) => textOf(a).includes(word))),
    }))
    .filter((group) => group.actions.length > 0);
}

export function Palette() {
  const t = useWords('frame');
  const [query, setQuery] = useState('');
  const groups = [useCommands(), useScreens(), useCells()];
  const text = query.trim();
  const ask: SpotlightActionGroupData = {
    group: t('screens.chat'),
    actions: [
      {
        id: 'ask',
        label: text ? t('palette.ask', { text }) : t('palette.askEmpty'),
        leftSection: <IconMessageCircle2 size={18} />,
        onClick: () => navigate('chat', null, { ask: text || null }),
      },
    ],
  };
  const found = filterActions(query, groups);
  const order = text ? [...found, ask] : [ask, ...found];
  return (
    <Spotlight
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      actions={order.map((group) => ({ ...group, actions: [...group.actions] }))}
      filter={(_query, actions) => actions}
      nothingFound={t('palette.empty')}
      scrollable
      centered={false}
      yOffset="12vh"
      size="lg"
      classNames={{ search: classes['paletteSearch'] ?? '', content: classes['paletteBox'] ?? '' }}
      maxHeight="60vh"
      radius="lg"
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.open'),
      }}
    />
  );
}

function useScreens(): SpotlightActionGroupData {
  const t = useWords('frame');
  return {
    group: t('palette.screens'),
    actions: SCREENS.map(({ name, icon: Icon }) => ({
      id: `screen-${name}`,
      label: t(`screens.${name}`),
      keywords: [name],
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => navigate(name),
    })),
  };
}

/** The queues of work that exist now, each opening its own detail. */
function useCells(): SpotlightActionGroupData {
  const t = useWords('frame');
  const format = useFormat();
  const rows = useQuery(orpc.situation.list.queryOptions({ input: {} })).data?.rows ?? [];
  return {
    group: t('palette.cells'),
    actions: rows.map((row) => ({
      id: row.cellId,
      label: format.cell(row),
      description: t(`common:risk.${row.risk}`),
      keywords: [row.businessId],
      leftSection: <IconBuilding size={18} stroke={1.6} />,
      onClick: () =>
        navigate('situation', null, { cell: cellIdOf(row.location, row.businessId, row.process) }),
    })),
  };
}

function useCommands(): SpotlightActionGroupData {
  const t = useWords('frame');
  const format = useFormat();
  const lang = useLang();
  const show = useUi((s) => s.show);
  const settings = useChangeSettings();
  const onError = (thrown: unknown): void => {
    const { say, next } = wordError(toWordable(thrown), lang);
    showProblem(say, next);
  };
  const sync = useMutation(orpc.company.sync.mutationOptions({ onError }));
  const check = useMutation(orpc.alerts.check.mutationOptions({ onError }));
  const command = (
    id: string,
    label: string,
    Icon: typeof IconMoon,
    onClick: () => void,
    keywords: string[] = [],
  ): SpotlightActionData => ({
    id,
    label,
    keywords,
    leftSection: <Icon size={18} stroke={1.6} />,
    onClick,
  });
  return {
    group: t('palette.commands'),
    actions: [
      command(
        'propose',
        t('palette.propose'),
        IconSparkles,
        () => navigate('proposals', null, { horizon: 'today' }),
        ['propose'],
      ),
      command(
        'propose-next',
        t('palette.proposeNextDay'),
        IconSparkles,
        () => navigate('proposals', null, { horizon: 'next-day' }),
        ['propose'],
      ),
      command(
        'sync',
        t('palette.sync'),
        IconRefresh,
        () =>
          sync.mutate(
            {},
            { onSuccess: (r) => showDone(t('palette.syncStarted', { rows: format.number(r.rows) })) },
          ),
        ['sync'],
      ),
      command(
        'check',
        t('palette.checkAlerts'),
        IconRefresh,
        () => check.mutate({}, { onSuccess: (r) => showDone(t('palette.checked', r)) }),
        ['alerts'],
      ),
      command(
        'import-model',
        t('palette.importModel'),
        IconCpu,
        () => navigate('models', null, { add: '1' }),
        ['model import gguf onnx'],
      ),
      command('model-server', t('palette.modelServer'), IconCpu, () => navigate('models', 'server'), [
        'model server llama ollama vllm',
      ]),
      command(
        'lang',
        t('palette.langTo'),
        IconLanguage,
        () => settings.mutate({ lang: lang === 'ja' ? 'en' : 'ja' }),
        ['language', '言語'],
      ),
      command('light', t('palette.themeLight'), IconSun, () => settings.mutate({ theme: 'light' }), [
        'theme light',
      ]),
      command('dark', t('palette.themeDark'), IconMoon, () => settings.mutate({ theme: 'dark' }), [
        'theme dark',
      ]),
      command(
        'system',
        t('palette.themeSystem'),
        IconDeviceDesktop,
        () => settings.mutate({ theme: 'system' }),
        ['theme system'],
      ),
      command('notices', t('palette.notifications'), IconBell, () => show('notifications', true)),
      command('handover', t('shortcuts.handover'), IconArrowsExchange, () => show('handover', true), [
        'handover shift 引き継ぎ',
      ]),
      command('keys', t('palette.shortcuts'), IconKeyboard, () => show('shortcuts', true), [
        'shortcuts help',
      ]),
      ...(hasManual
        ? [command('manual', t('palette.manual'), IconHelp, () => navigate('manual'), ['manual help'])]
        : []),
    ],
  };
}
