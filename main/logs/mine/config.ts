/** One configuration for every source; no setting here names a system. */
export type MinerLimits = {
  /** templates kept; beyond it, lines of new shapes fall into one catch-all template */
  readonly maxTemplates: number;
  /** signatures remembered per generation (two are kept): the memory of the fast path */
  readonly maxSignatures: number;
};
export const MINER_LIMITS: MinerLimits = { maxTemplates: 20_000, maxSignatures: 50_000 };

/**
 * How many different words must be seen in one place, all else equal, before the place is a parameter. A word's look and what stands
 * before it say how likely it is a name; where words of several sorts meet, each counts 1 / its number.
 */
export const DISTINCT_WORDS = {
  /** after a noun that introduces names: `user cyrus`, `拠点 札幌` */
  named: 2,
  /** after a preposition: `password for root` */
  perhapsNamed: 3,
  /** quoted, or with a few digits in it */
  marked: 2,
  /** `com.example.Main`, `web-entry`, `HiHealth_Binder`, `SendMail` */
  compound: 3,
  /** after a label (`state: Staged`), alone in a bracket (`(Mail)`), a bare value (`true`, the A of `shift A`) */
  value: 2,
  /** everything else; state words such as Started, Paused, Resumed, Stopped stay apart */
  plain: 6,
  /** the same with so many other words around it: a long sentence said again is the same sentence */
  plainInLong: 3,
  manyOthers: 5,
  /** `LOOKING`, `DELETE`: codes of a small set */
  capitals: 8,
  /** with only two other words around it a template says little: so many times slower */
  bareFactor: 2,
} as const;

/** What a number, a path or the like in the same place adds: with one name beside it, the place is a parameter. */
export const PARAMETER_WEIGHT = 0.67;

/** Words that introduce a name: `user cyrus`, `node: alpha`, `拠点 札幌`. */
export const NAMING_WORDS: readonly string[] =
  'user users username account login host hostname server node interface iface device driver service package module program queue topic table column database schema namespace pod container volume file directory folder client customer tenant group role domain cluster class plugin region zone account bucket feature shard broker component parameter property variable attribute setting repository printer job task name named 利用者 ユーザー ユーザ 担当 担当者 作業者 拠点 業務 工程 端末 ホスト サーバー サーバ テーブル ファイル 氏名 顧客 取引先'.split(
    ' ',
  );
/** Keys whose value names what happened, so it stays a word: merging `event=login` with `event=logout` would hide the event. */
export const EVENT_WORDS: readonly string[] =
  'event action msg message op operation method type kind status state result reason error level'.split(' ');
/** Words that often do. */
export const NAMING_PREPOSITIONS: readonly string[] = ['for', 'from', 'by', 'via'];

/** Lines are kept so many days. */
export const KEEP_DAYS = 90;

/** When a source that failed is tried again: never all at the same moment. */
export const SOURCE_BACK_OFF = { firstMs: 1000, longestMs: 5 * 60_000, jitter: 0.25 };
