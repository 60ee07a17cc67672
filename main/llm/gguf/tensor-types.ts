/** ggml's tensor types: name, elements in a block, bytes of a block (ggml-common.h). */
export type TensorType = { readonly name: string; readonly elements: number; readonly bytes: number };
const row = (name: string, elements: number, bytes: number): TensorType => ({ name, elements, bytes });
export const TENSOR_TYPES: Readonly<Record<number, TensorType>> = {
  0: row('F32', 1, 4),
  1: row('F16', 1, 2),
  2: row('Q4_0', 32, 18),
  3: row('Q4_1', 32, 20),
  6: row('Q5_0', 32, 22),
  7: row('Q5_1', 32, 24),
  8: row('Q8_0', 32, 34),
  10: row('Q2_K', 256, 84),
  11: row('Q3_K', 256, 110),
  12: row('Q4_K', 256, 144),
  13: row('Q5_K', 256, 176),
  14: row('Q6_K', 256, 210),
  16: row('IQ2_XXS', 256, 66),
  17: row('IQ2_XS', 256, 74),
  18: row('IQ3_XXS', 256, 98),
  19: row('IQ1_S', 256, 50),
  20: row('IQ4_NL', 32, 18),
  21: row('IQ3_S', 256, 110),
  22: row('IQ2_S', 256, 82),
  23: row('IQ4_XS', 256, 136),
  29: row('IQ1_M', 256, 56),
  30: row('BF16', 1, 2),
};

/** general.file_type: the recipe that chose the types (llama.h, enum llama_ftype). */
const RECIPES: Readonly<Record<number, string>> = {
  0: 'F32',
  1: 'F16',
  2: 'Q4_0',
  3: 'Q4_1',
  7: 'Q8_0',
  8: 'Q5_0',
  9: 'Q5_1',
  10: 'Q2_K',
  11: 'Q3_K_S',
  12: 'Q3_K_M',
  13: 'Q3_K_L',
  14: 'Q4_K_S',
  15: 'Q4_K_M',
  16: 'Q5_K_S',
  17: 'Q5_K_M',
  18: 'Q6_K',
  21: 'Q2_K_S',
  25: 'IQ4_NL',
  30: 'IQ4_XS',
  32: 'BF16',
};

/** The recipe where the file states it, else the type that most of its bytes have. */
export function nameQuantisation(fileType: unknown, bytesByType: ReadonlyMap<number, number>): string | null {
  const recipe = typeof fileType === 'number' ? RECIPES[fileType] : undefined;
  if (recipe) return recipe;
  const [most] = [...bytesByType].sort((a, b) => b[1] - a[1]);
  return most ? (TENSOR_TYPES[most[0]]?.name ?? null) : null;
}
