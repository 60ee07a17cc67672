import { navigate } from '../../router.ts';
import { EmptyState } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';

/** Without logs nothing is watched: the way to them. */
export function NoLogs() {
  const t = useWords('incidents');
  return (
    <EmptyState
      kind="never"
      title={t('empty.noLogs')}
      text={t('empty.noLogsText')}
      action={{ label: t('empty.addLogs'), onClick: () => navigate('logs', 'sources', { add: '1' }) }}
    />
  );
}
