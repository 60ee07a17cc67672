// The error catalogue is the kernel's; clients see it through the contract.
export { ERRORS, type ErrorCode, type ErrorParams, isErrorCode, wordError } from '../../kernel/errors.ts';
