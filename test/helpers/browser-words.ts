// What the page says, in both languages: the specifications name things as the person on that screen reads them.
import type { Lang } from '../../main/api/contract/common.ts';
import { alerts as alertsEn } from '../../renderer/locales/en/alerts.ts';
import { chat as chatEn } from '../../renderer/locales/en/chat.ts';
import { common as commonEn } from '../../renderer/locales/en/common.ts';
import { company as companyEn } from '../../renderer/locales/en/company.ts';
import { frame as frameEn } from '../../renderer/locales/en/frame.ts';
import { history as historyEn } from '../../renderer/locales/en/history.ts';
import { knowledge as knowledgeEn } from '../../renderer/locales/en/knowledge.ts';
import { proposals as proposalsEn } from '../../renderer/locales/en/proposals.ts';
import { settings as settingsEn } from '../../renderer/locales/en/settings.ts';
import { situation as situationEn } from '../../renderer/locales/en/situation.ts';
import { tasks as tasksEn } from '../../renderer/locales/en/tasks.ts';
import { alerts } from '../../renderer/locales/ja/alerts.ts';
import { chat } from '../../renderer/locales/ja/chat.ts';
import { common } from '../../renderer/locales/ja/common.ts';
import { company } from '../../renderer/locales/ja/company.ts';
import { frame } from '../../renderer/locales/ja/frame.ts';
import { history } from '../../renderer/locales/ja/history.ts';
import { knowledge } from '../../renderer/locales/ja/knowledge.ts';
import { proposals } from '../../renderer/locales/ja/proposals.ts';
import { settings } from '../../renderer/locales/ja/settings.ts';
import { situation } from '../../renderer/locales/ja/situation.ts';
import { tasks } from '../../renderer/locales/ja/tasks.ts';

const ja = {
  alerts,
  chat,
  common,
  company,
  frame,
  history,
  knowledge,
  proposals,
  settings,
  situation,
  tasks,
};
export type Words = typeof ja;
const en: Words = {
  alerts: alertsEn,
  chat: chatEn,
  common: commonEn,
  company: companyEn,
  frame: frameEn,
  history: historyEn,
  knowledge: knowledgeEn,
  proposals: proposalsEn,
  settings: settingsEn,
  situation: situationEn,
  tasks: tasksEn,
};
export const WORDS: Readonly<Record<Lang, Words>> = { ja, en };

/** A pattern for a text with slots: what stands in them does not matter, or is what is given. */
export function like(text: string, slots: Readonly<Record<string, string | number>> = {}): RegExp {
  const literal = (part: string): string => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
  const source = text
    .split(/({{\w+}})/)
    .map((part) => {
      const slot = /^{{(\w+)}}$/.exec(part)?.[1];
      if (slot === undefined) return literal(part);
      return slot in slots ? literal(String(slots[slot])) : '.+?';
    })
    .join('');
  return new RegExp(source);
}
