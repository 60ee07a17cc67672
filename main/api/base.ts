import type {
  AnySchema,
  ContractProcedure,
  ErrorMap,
  InferSchemaInput,
  InferSchemaOutput,
  Meta,
} from '@orpc/contract';
import { implement, ORPCError, type Router } from '@orpc/server';
import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import { type Contract, contract } from './contract/index.ts';
import { ok } from './contract/procedure.ts';
import type { Context, HostKind, Services } from './services.ts';

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

/** One call: every room, the door it came through, and the signal that its caller has left. */
export type Call = Services & { readonly host: HostKind; readonly signal: AbortSignal | undefined };
/** What a handler gives for an output: a stream is any iterable, and where the caller is only told `ok`, nothing matters. */
type Given<Out> = [Out] extends [AsyncIteratorObject<infer Event, unknown, void>]
  ? AsyncIterable<Event>
  : Out | Promise<Out>;
type Handler<Procedure> =
  Procedure extends ContractProcedure<infer In, infer Out extends AnySchema, ErrorMap, Meta>
    ? (
        input: InferSchemaOutput<In>,
        call: Call,
      ) => Out extends typeof ok ? void : Given<InferSchemaInput<Out>>
    : never;
/** The handlers of a room of the contract: plain functions of a parsed input. */
export type Handlers<Room extends keyof Contract> = {
  readonly [Name in keyof Contract[Room]]: Handler<Contract[Room][Name]>;
};

const api = implement(contract)
  .$context<Context>()
  .use(async ({ next, context }) => {
    try {
      return await next();
    } catch (thrown) {
      throw toApiError(thrown, context);
    }
  });

/** The same mapping for what a stream throws after it has begun. A cancelled stream just ends. */
async function* stream<T>(context: Context, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (thrown) {
    if (thrown instanceof Cancelled) return;
    throw toApiError(thrown, context);
  }
}
const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

type AnyHandler = (input: unknown, call: Call) => unknown;
type Served = {
  readonly input: unknown;
  readonly context: Context;
  readonly signal?: AbortSignal | undefined;
};
type Implementer = {
  readonly '~orpc': { readonly outputSchema?: unknown };
  handler(serve: (call: Served) => Promise<unknown>): unknown;
};

/** The contract with its handlers: inputs and outputs are parsed by it, errors mapped in one place. */
export function serveHandlers(
  handlers: { readonly [Room in keyof Contract]: Handlers<Room> },
): Router<Contract, Context> {
  const rooms = api as unknown as Record<string, Record<string, Implementer>>;
  const serve = (procedure: Implementer | undefined, handler: AnyHandler): unknown =>
    procedure?.handler(async ({ input, context, signal }) => {
      const answer = await handler(input, { ...context.services, host: context.host, signal });
      if (procedure['~orpc'].outputSchema === ok) return { ok: true };
      return isStream(answer) ? stream(context, answer) : answer;
    });
  const served = Object.entries(handlers).map(([room, ofRoom]) => [
    room,
    Object.fromEntries(
      Object.entries(ofRoom as Record<string, AnyHandler>).map(([name, handler]) => [
        name,
        serve(rooms[room]?.[name], handler),
      ]),
    ),
  ]);
  return Object.fromEntries(served) as Router<Contract, Context>;
}
