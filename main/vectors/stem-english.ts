const IRREGULAR = new Map(
  Object.entries({
    people: 'person',
    ran: 'run',
    fell: 'fall',
    lost: 'lose',
    left: 'left',
    took: 'take',
    broke: 'break',
    made: 'make',
    went: 'go',
    sent: 'send',
    told: 'tell',
    found: 'find',
    was: 'be',
    were: 'be',
    is: 'be',
    are: 'be',
    processes: 'process',
    businesses: 'business',
    does: 'do',
    did: 'do',
    met: 'meet',
    slipped: 'slip',
    slipping: 'slip',
    planned: 'plan',
    planning: 'plan',
    running: 'run',
    dropped: 'drop',
    stopped: 'stop',
    stopping: 'stop',
    cutting: 'cut',
    getting: 'get',
  }),
);
/** Enough stemming for matching: plural, -ing, -ed. Both sides pass through it, so only consistency counts. */
export function stemEnglish(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular) return irregular;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3).replace(/e$/, '');
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word))
    return word.slice(0, -1).replace(/e$/, '');
  return word.length > 3 ? word.replace(/e$/, '') : word;
}

/** English words of a folded text, stemmed. */
export const englishWords = (folded: string): string[] => (folded.match(/[a-z0-9]+/g) ?? []).map(stemEnglish);
