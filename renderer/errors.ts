/** Anything thrown, as the error data that `wordError` can put into words. */
import { ORPCError } from '@orpc/client';
import type { ErrorCode, ErrorParams } from '../main/api/contract/errors.ts';
import { isErrorCode } from '../main/api/contract/errors.ts';

/** The engine could not be reached, or went away during the call. */
export class EngineLost extends Error {
  override readonly name = 'EngineLost';
}
export type WordableError = { readonly code: ErrorCode; readonly params: ErrorParams };

/** A person stopped it, here or on the page of jobs: never shown as an error. */
export const isCancelled = (thrown: unknown): boolean =>
  thrown instanceof ORPCError
    ? thrown.code === 'CLIENT_CLOSED_REQUEST'
    : thrown instanceof Error && (thrown.name === 'AbortError' || thrown.name === 'Cancelled');

export const fromErrorData = (data: { code: string; params: ErrorParams }): WordableError => ({
  code: isErrorCode(data.code) ? data.code : 'internal',
  params: data.params,
});

const isErrorData = (data: unknown): data is { code: string; params: ErrorParams } =>
  typeof data === 'object' && data !== null && 'code' in data && 'params' in data;

export function toWordable(thrown: unknown): WordableError {
  if (thrown instanceof EngineLost) return { code: 'engine.lost', params: {} };
  if (thrown instanceof ORPCError) {
    if (thrown.code === 'APP' && isErrorData(thrown.data)) return fromErrorData(thrown.data);
    if (thrown.code === 'BAD_REQUEST') return { code: 'input.invalid', params: { detail: thrown.message } };
  }
  return { code: 'internal', params: {} };
}
