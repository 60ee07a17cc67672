import { Anchor, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { FieldGroup } from '../../ui/field-row.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Note } from '../../ui/text.tsx';
import classes from './settings.module.css';

type Row = {
  readonly what: 'company' | 'server' | 'page';
  /** null: not connected to at all */
  readonly address: string | null;
  readonly link: string | null;
};

/** Everything this app speaks to, by address. The list is whole: nothing else in it can open a connection. */
export function Connections({ host }: { readonly host: 'electron' | 'browser' | 'cli' }) {
  const { t } = useTranslation('settings');
  const company = useQuery(orpc.company.connection.queryOptions());
  const models = useQuery(orpc.models.overview.queryOptions());
  const error = company.error ?? models.error;
  if (error) return <ErrorState error={error} />;
  if (!company.data || !models.data) return <Loading count={3} />;
  const { connection } = company.data;
  const { server } = models.data.settings;
  const rows: readonly Row[] = [
    {
      what: 'company',
      address: connection && `${connection.host}:${connection.port}`,
      link: href('settings', 'company'),
    },
    { what: 'server', address: server.enabled ? server.url : null, link: href('models', 'server') },
    { what: 'page', address: host === 'browser' ? window.location.host : null, link: null },
  ];
  return (
    <FieldGroup title={t('net.title')} note={t('net.note')}>
      <table className={classes['netTable']} aria-label={t('net.title')}>
        <thead>
          <tr>
            <th>{t('net.what')}</th>
            <th>{t('net.state')}</th>
            <th>{t('net.sent')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, address, link }) => (
            <tr key={what}>
              <td>
                {link ? (
                  <Anchor href={link} size="sm">
                    {t(`net.names.${what}`)}
                  </Anchor>
                ) : (
                  t(`net.names.${what}`)
                )}
              </td>
              <td>
                {address === null ? (
                  <Note className={classes['netState'] ?? ''}>
                    <IconCircleDashed size={14} className={classes['netIcon'] ?? ''} aria-hidden />{' '}
                    {t(`net.off.${what}`)}
                  </Note>
                ) : (
                  <Text size="sm" className={classes['netState'] ?? ''}>
                    <IconCircleCheck size={14} className={classes['netIcon'] ?? ''} aria-hidden /> {address}
                  </Text>
                )}
              </td>
              <td>{t(`net.whatIsSent.${what}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </FieldGroup>
  );
}
