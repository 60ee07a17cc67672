import { useTranslation } from 'react-i18next';
import { navigate } from '../../router.ts';
import { EmptyState } from '../../ui/states.tsx';

/** Without logs nothing is watched: the way to them. */
export function NoLogs() {
  const { t } = useTranslation('incidents');
  return (
    <EmptyState
      kind="never"
      title={t('empty.noLogs')}
      text={t('empty.noLogsText')}
      action={{ label: t('empty.addLogs'), onClick: () => navigate('logs', 'sources', { add: '1' }) }}
    />
  );
}
