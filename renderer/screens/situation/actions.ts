import type { Cell } from '../../../main/api/contract/common.ts';

type Target = { readonly screen: string; readonly query: Record<string, string> };

/** Opens the chat with the question written, ready to be sent or changed. */
export const askAbout = (_cell: Cell, text: string): Target => ({ screen: 'chat', query: { ask: text } });
/** Opens the proposals with a solve for this cell running. */
export const proposeFor = (cell: Cell): Target => ({
  screen: 'proposals',
  query: { location: cell.location, business: cell.businessId, process: cell.process },
});
/** Opens the what-if screen with a new scenario about this cell. */
export const supposeFor = (cell: Cell): Target => ({ screen: 'what-if', query: { cell: cell.cellId } });
