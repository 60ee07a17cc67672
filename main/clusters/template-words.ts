import type { LogTemplate } from '../logs/contract/logs.ts';
import { splitCamel } from '../vectors/index.ts';

/** `user=<*>`: a field, not what happened */
const FIELD = /[\p{L}\p{N}_.-]+ ?= ?(?=\0|\s|$)/gu;

const plain = (text: string): string => text.replaceAll('\0', ' ').replace(/\s+/g, ' ').trim();

/** The words and marks of a template, without parameters and field names; with field names where nothing else is left. */
export const messageOf = (template: Pick<LogTemplate, 'parts'>): string =>
  messageIn(
    template.parts
      .map((part) => `${part.gap ? ' ' : ''}${part.kind === 'parameter' ? '\0' : part.text}`)
      .join(''),
  );
/** The same of a template that is written out, `<*>` for its parameters. */
export const messageOfText = (text: string): string => messageIn(text.replaceAll('<*>', '\0'));
function messageIn(whole: string): string {
  const message = plain(whole.replace(FIELD, ' '));
  return /\p{L}\P{L}*\p{L}/u.test(message) ? message : plain(whole);
}

/**
 * What is embedded: the message with its identifiers taken apart. On public logs this halves the templates left outside any
 * group where messages are identifiers, and DBSCAN and HDBSCAN agree better (adjusted Rand 0.5 → 0.8) than on the whole text.
 */
export const embeddedMessage = (message: string): string => plain(splitCamel(message.replace(/[_.]+/g, ' ')));
export const embeddedText = (template: Pick<LogTemplate, 'parts'>): string =>
  embeddedMessage(messageOf(template));
