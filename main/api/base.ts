import { implement, ORPCError } from '@orpc/server';
import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import { contract } from './contract/index.ts';
import type { Context } from './services.ts';

type Issue = { readonly message?: string; readonly path?: readonly unknown[] };
const refusedInput = (error: ORPCError<string, unknown>): AppError => {
  const issues = (error.data as { issues?: readonly Issue[] } | undefined)?.issues ?? [];
  const detail = issues
    .map((i) => `${(i.path ?? []).map(String).join('.') || 'input'}: ${i.message ?? ''}`)
    .join('; ');
  return new AppError('input.invalid', { detail: detail || error.message });
};

type ApiError =
  | ORPCError<'APP', { code: string; params: Record<string, string | number> }>
  | ORPCError<'CLIENT_CLOSED_REQUEST', undefined>;
/**
 * Whatever went wrong, as the one error of the contract. A bug is logged whole and shown as `internal`; what a person stopped, here or on
 * the page of jobs, is no error and has a code of its own.
 */
export function toApiError(thrown: unknown, { services }: Context): ApiError {
  if (thrown instanceof ORPCError && thrown.code === 'APP') return thrown;
  if (thrown instanceof Cancelled)
    return new ORPCError('CLIENT_CLOSED_REQUEST', { message: 'cancelled', data: undefined });
  const refused = thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST' ? refusedInput(thrown) : null;
  const error = refused ?? toAppError(thrown);
  if (error.code === 'internal') services.log.area('api').error('a handler failed', thrown);
  return new ORPCError('APP', {
    data: { code: error.code, params: { ...error.params } },
    message: error.code,
  });
}

/** Handlers are registered on this: inputs are parsed by the contract, errors mapped in one place. */
export const api = implement(contract)
  .$context<Context>()
  .use(async ({ next, context }) => {
    try {
      return await next();
    } catch (thrown) {
      throw toApiError(thrown, context);
    }
  });

/** The same mapping for what a stream throws after it has begun. A cancelled stream just ends. */
export async function* stream<T>(context: Context, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (thrown) {
    if (thrown instanceof Cancelled) return;
    throw toApiError(thrown, context);
  }
}
