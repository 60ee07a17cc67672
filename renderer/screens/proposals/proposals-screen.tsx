import { useRoute } from '../../router.ts';
import { NewProposal } from './new-proposal.tsx';
import { ProposalDetail } from './proposal-detail.tsx';
import { ProposalList } from './proposal-list.tsx';
import { readAsk } from './solve-query.ts';

/** `#/proposals` lists, `#/proposals/<id>` shows one, `#/proposals?location=…` works out a new one. */
export function ProposalsScreen() {
  const route = useRoute();
  if (route.id !== null) return <ProposalDetail id={route.id} />;
  const ask = readAsk(route.query);
  if (ask) return <NewProposal key={JSON.stringify(ask)} ask={ask} />;
  return <ProposalList />;
}
