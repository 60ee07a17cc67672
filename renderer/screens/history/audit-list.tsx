import { Alert, Anchor, Button, Code, List, Modal, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { wordAudit, wordAuditCheck } from '../../../main/approvals/contract/words.ts';
import type { AuditEntry } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** The chained records, newest first, and whether the chain still holds. */
export function AuditList() {
  const t = useWords('history');
  const format = useFormat();
  const audit = useQuery(orpc.approvals.audit.queryOptions({ input: { limit: 1000 } }));
  const check = useMutation(orpc.approvals.verify.mutationOptions());
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const columns = useMemo(
    (): Column<AuditEntry>[] => [
      textColumn('seq', t('column.seq'), (e) => e.seq, { width: '70px', align: 'right' }),
      timeColumn('at', t('column.at'), (e) => e.at, { width: '130px' }),
      {
        key: 'action',
        label: t('column.action'),
        sort: (e) => e.action,
        render: (e) => <b>{wordAudit(e.action, format.lang)}</b>,
      },
      { key: 'actor', label: t('column.actor'), sort: (e) => e.actor, render: (e) => e.actor || t('nobody') },
      {
        key: 'subject',
        label: t('column.subject'),
        sort: (e) => e.subject,
        render: (e) =>
          e.subject.startsWith('SGT') ? (
            <Anchor size="sm" href={href('proposals', e.subject)}>
              {e.subject}
            </Anchor>
          ) : (
            e.subject
          ),
      },
      {
        key: 'hash',
        label: t('column.hash'),
        render: (e) => <Code title={e.hash}>{e.hash.slice(0, 12)}</Code>,
      },
    ],
    [t, format],
  );
  if (!audit.isSuccess) return <Pending of={audit} />;
  const { entries } = audit.data;
  const intact = check.data?.intact ?? audit.data.intact;
  return (
    <>
      {(entries.length > 0 || !intact) && (
        <Alert
          mb="sm"
          variant="light"
          color={intact ? 'teal' : 'red'}
          icon={intact ? <IconShieldCheck size={18} /> : <IconShieldX size={18} />}
        >
          <Text size="sm">{intact ? t('intact', { count: entries.length }) : t('broken')}</Text>
          {check.data && (
            <List size="sm" mt="xs">
              {wordAuditCheck(check.data, format.lang).map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          )}
          <Button
            mt="xs"
            size="xs"
            variant="light"
            loading={check.isPending}
            onClick={() => check.mutate(undefined)}
          >
            {t('verify')}
          </Button>
        </Alert>
      )}
      <DataTable
        label={t('tab.audit')}
        columns={columns}
        rows={entries}
        rowKey={(entry) => String(entry.seq)}
        onOpen={setOpen}
        maxHeight="calc(var(--content-height) - 12.5rem)"
        empty={<EmptyState kind="never" title={t('empty.auditTitle')} text={t('empty.auditText')} />}
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        size="lg"
        title={open && `${t('column.body')}: ${wordAudit(open.action, format.lang)}`}
      >
        {open && <Code block>{JSON.stringify(open.body, null, 2)}</Code>}
      </Modal>
    </>
  );
}
