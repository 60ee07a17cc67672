import { Badge, Button, Group, Paper, Stack, Tabs } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Rules, RulesVersion } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate, useRoute } from '../../router.ts';
import { useRulesDraft } from '../../stores/rules-draft.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { Failed, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { changedRules } from './draft.ts';
import { DraftsTab } from './drafts-tab.tsx';
import classes from './rules.module.css';
import { RulesForm } from './rules-form.tsx';
import { RulesHistory } from './rules-history.tsx';

type Version = z.infer<typeof RulesVersion>;

export function RulesScreen() {
  const t = useWords('rules');
  const format = useFormat();
  const { id } = useRoute();
  const current = useQuery(orpc.placement.rules.queryOptions());
  const { draft, setDraft } = useRulesDraft();
  const version = current.data;
  const tab = id === 'history' || id === 'drafts' ? id : 'rules';
  const drafts = useQuery(orpc.placement.drafts.queryOptions());
  const open = (drafts.data ?? []).filter((draft) => draft.state === 'open').length;
  const use = (rules: Rules): void => {
    setDraft(rules);
    navigate('rules');
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          <>
            {t('subtitle')}
            {version && (
              <div>
                {version.version === 0
                  ? t('initial')
                  : t('current', {
                      n: version.version,
                      by: version.changedBy || '—',
                      at: format.dateTime(version.changedAt),
                    })}
              </div>
            )}
          </>
        }
      />
      <Tabs value={tab} onChange={(name) => navigate('rules', name === 'rules' ? null : name)} mb="md">
        <Tabs.List>
          <Tabs.Tab value="rules">{t('title')}</Tabs.Tab>
          <Tabs.Tab
            value="drafts"
            rightSection={
              open > 0 && (
                <Badge size="sm" circle>
                  {open}
                </Badge>
              )
            }
          >
            {t('drafts.tab')}
          </Tabs.Tab>
          <Tabs.Tab value="history">{t('history')}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {!current.isSuccess && <Pending of={current} />}
      {version && tab === 'rules' && (
        <Editor version={version} draft={draft ?? version.rules} setDraft={setDraft} />
      )}
      {tab === 'drafts' && <DraftsTab />}
      {tab === 'history' && <RulesHistory onUse={use} />}
    </>
  );
}

type EditorProps = {
  readonly version: Version;
  readonly draft: Rules;
  /** null: what is in force */
  readonly setDraft: (rules: Rules | null) => void;
};
function Editor({ version, draft, setDraft }: EditorProps) {
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  const changes = changedRules(version.rules, draft).length;
  if (!lookup.isSuccess) return <Pending of={lookup} />;
  return (
    <Stack gap="lg" maw="62rem">
      <RulesForm rules={draft} names={lookup.data} set={(part) => setDraft({ ...draft, ...part })} />
      {changes > 0 && <SaveBar changes={changes} draft={draft} discard={() => setDraft(null)} />}
    </Stack>
  );
}

type SaveProps = { readonly changes: number; readonly draft: Rules; readonly discard: () => void };
/** Stays in view while something is changed; a change without a reason cannot be saved. */
function SaveBar({ changes, draft, discard }: SaveProps) {
  const t = useWords('rules');
  const [why, setWhy] = useState('');
  const current = useQuery(orpc.placement.rules.queryOptions());
  const save = useMutation(orpc.placement.setRules.mutationOptions());
  const reason = why.trim();
  const act = (): void => {
    if (!reason) return;
    save.mutate(
      { rules: draft, why: reason },
      {
        onSuccess: async (saved) => {
          await current.refetch();
          discard();
          showDone(t('saved', { n: saved.version }));
        },
      },
    );
  };
  return (
    <Paper className={classes['bar'] ?? ''} withBorder shadow="md" p="md" radius="lg">
      <Failed of={save} />
      <Group align="flex-end" gap="sm">
        <ImeTextInput
          flex={1}
          miw={240}
          required
          label={t('why')}
          description={t('whyHelp')}
          placeholder={t('whyPlaceholder')}
          maxLength={1000}
          value={why}
          onChange={(e) => setWhy(e.currentTarget.value)}
          onEnter={act}
        />
        <Button variant="default" onClick={discard}>
          {t('discard')}
        </Button>
        <Button disabled={!reason} loading={save.isPending} onClick={act}>
          {t('save')}
        </Button>
      </Group>
      <Fine mt={6} role="status">
        {t('changes', { n: changes })}
      </Fine>
    </Paper>
  );
}
