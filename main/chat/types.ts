/** Names as the company's database writes them; the only entities an answer may speak of. */
export type MasterData = {
  readonly locations: readonly string[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly processes: readonly string[];
  readonly operators: readonly { readonly id: string; readonly name: string }[];
};
