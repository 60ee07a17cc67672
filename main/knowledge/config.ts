/** What one installation holds: more would make exact search noticeable. */
export const KNOWLEDGE_LIMITS = {
  /** characters of one document */
  characters: 300_000,
  /** registered documents, the company's not counted */
  documents: 5_000,
} as const;
