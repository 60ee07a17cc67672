import { Stack, Text } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { TestResult } from '../../../main/sync/contract/company.ts';
import { fromErrorData } from '../../errors.ts';
import { FieldGroup } from '../../ui/fields.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import type { Translate } from '../../words.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';

/** A step's own word, in the person's language. */
function noteOf({ step, note }: TestResult['steps'][number], t: Translate<'company'>): string {
  if (note === null) return t('stepOk');
  if (note === 'off') return t(step === 'tls' ? 'noTls' : 'noWriteBack');
  return step === 'rights' || step === 'tables' ? t('tableCount', { n: note }) : note;
}

/** Every step of the way to the data, and exactly where it stops. */
export function ConnectionTest({ result }: { readonly result: TestResult }) {
  const t = useWords('company');
  const { lang } = useFormat();
  return (
    <FieldGroup
      title={result.ok ? t('testOk') : t('testFailed')}
      note={result.server ? t('server', { server: result.server, ms: Math.round(result.ms) }) : undefined}
    >
      <Stack p="sm" aria-live="polite">
        <ul className={classes['steps']}>
          {result.steps.map((step) => {
            const words = step.error ? wordError(fromErrorData(step.error), lang) : null;
            const Icon = step.ok ? IconCircleCheckFilled : IconCircleXFilled;
            return (
              <li key={step.step} className={classes['step']} data-ok={step.ok}>
                <Icon size={16} aria-label={step.ok ? 'OK' : 'NG'} />
                <strong>{t(`steps.${step.step}`)}</strong>
                <div>
                  {words ? (
                    <>
                      {words.say}
                      <Text size="xs">{words.next}</Text>
                    </>
                  ) : (
                    <Note span>{noteOf(step, t)}</Note>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      </Stack>
    </FieldGroup>
  );
}
