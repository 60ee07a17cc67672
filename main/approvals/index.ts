export { HEAD_FILE, headOf } from './anchors.ts';
export { type Approvals, type ApprovalWriter, createApprovals } from './approvals.ts';
