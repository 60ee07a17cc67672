import { TextDecoder } from 'node:util';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';

const LONGEST_LINE = 1_000_000;

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

/** The data of server-sent events (WHATWG HTML, 9.2), until `[DONE]`. A stream that ends before it was cut off, and says so. */
export async function* readEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let data: string[] = [];
  for await (const chunk of bytes) {
    rest += decode(decoder, chunk);
    if (rest.length > LONGEST_LINE) throw badAnswer('a line without an end');
    // a CR at the end may be half of CRLF
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length === 0) continue;
        const whole = data.join('\n');
        data = [];
        if (whole.trim() === '[DONE]') return;
        yield whole;
      } else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
      else if (!/^(:|event:|id:|retry:)/.test(line)) throw badAnswer(`no event: ${line.slice(0, 80)}`);
    }
  }
  if (data.join('\n').trim() === '[DONE]' || rest.trim() === 'data: [DONE]') return;
  throw badAnswer('the answer was cut off');
}

function decode(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw badAnswer('not UTF-8', cause);
  }
}
