const QUOTE = 80;
/** A quotation of bearable length. */
export const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length <= QUOTE ? line : `${[...line].slice(0, QUOTE - 1).join('')}…`;
};
