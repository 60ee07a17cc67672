export { type Approvals, type ApprovalWriter, createApprovals } from './approvals.ts';
