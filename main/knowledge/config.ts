/** What one installation holds: more would make exact search noticeable. */
export const KNOWLEDGE_LIMITS = {
  /** characters of one document */
  characters: 300_000,
  /** registered documents, the company's not counted */
  documents: 5_000,
  /** watched folders, files of each, and how deep it is read */
  folders: 20,
  files: 5_000,
  depth: 12,
} as const;
/** Folders are looked at, and what could not be indexed is tried again, this often. */
export const LOOK_EVERY_MS = 60_000;
/** A removed document can be brought back for so long. */
export const KEPT_REMOVED_MS = 86_400_000;
/** Looks that must miss a file before its document goes. */
export const MISSED_LOOKS = 2;
/** A document cited so often that it doubles again and again gains this much each time, and no more than the most. */
export const USE_GAIN = 0.005;
export const MOST_GAIN = 0.03;
