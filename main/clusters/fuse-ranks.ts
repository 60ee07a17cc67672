const RRF = 60;
/**
 * Reciprocal-rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009) of two lists, best first; 1 is first in both. Ranks from 1.
 */
export function fuseRanks<Key>(
  lexical: readonly Key[],
  vector: readonly Key[],
): { key: Key; score: number; lexicalRank: number | null; vectorRank: number | null }[] {
  const first = new Map(lexical.map((key, i) => [key, i + 1]));
  const second = new Map(vector.map((key, i) => [key, i + 1]));
  return [...new Set([...lexical, ...vector])]
    .map((key) => {
      const lexicalRank = first.get(key) ?? null;
      const vectorRank = second.get(key) ?? null;
      const sum = (lexicalRank ? 1 / (RRF + lexicalRank) : 0) + (vectorRank ? 1 / (RRF + vectorRank) : 0);
      return { key, score: (sum * (RRF + 1)) / 2, lexicalRank, vectorRank };
    })
    .sort(
      (a, b) =>
        b.score - a.score || (a.lexicalRank ?? 1e9) - (b.lexicalRank ?? 1e9) || (a.key < b.key ? -1 : 1),
    );
}
