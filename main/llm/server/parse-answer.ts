import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';

/** What the server said cannot be used; `detail` is for the person who runs it. */
export const badAnswer = (detail: string, cause?: unknown): AppError =>
  new AppError('models.server-answer', { detail: detail.slice(0, 300) }, { cause });

/** JSON of a known shape, or `models.server-answer`. */
export function parseAnswer<T>(schema: z.ZodType<T>, text: string): T {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw badAnswer(`not JSON: ${text.slice(0, 80)}`, cause);
  }
  const told = ServerError.safeParse(raw);
  if (told.success) throw badAnswer(messageOf(told.data));
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw badAnswer(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

/** `{"error": {"message": …}}` of OpenAI and llama.cpp, `{"error": "…"}` of Ollama */
const ServerError = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });
const messageOf = ({ error }: z.infer<typeof ServerError>): string =>
  typeof error === 'string' ? error : error.message;

/** The server's own words of why it refused, where it gave any. */
export function refusalIn(text: string): string {
  try {
    return messageOf(ServerError.parse(JSON.parse(text)));
  } catch {
    return text.replace(/\s+/g, ' ').trim().slice(0, 120);
  }
}
