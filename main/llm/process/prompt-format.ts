import type { LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../kernel/errors.ts';

/** What stands around system prompt, question and answer. */
type Format = {
  /** the special token that a vocabulary of this kind has */
  readonly sign: string;
  readonly begin: string;
  readonly between: string;
  readonly end: string;
};
// Sources: the chat templates published with Qwen2/2.5, Gemma 2/3, Llama 3 and Phi-3. The template inside a file never runs.
const FORMATS: readonly Format[] = [
  {
    sign: '<|im_start|>',
    begin: '<|im_start|>system\n',
    between: '<|im_end|>\n<|im_start|>user\n',
    end: '<|im_end|>\n<|im_start|>assistant\n',
  },
  {
    // has no system role: what a system prompt would say opens the user's turn
    sign: '<start_of_turn>',
    begin: '<start_of_turn>user\n',
    between: '\n\n',
    end: '<end_of_turn>\n<start_of_turn>model\n',
  },
  {
    sign: '<|start_header_id|>',
    begin: '<|start_header_id|>system<|end_header_id|>\n\n',
    between: '<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n',
    end: '<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  },
  {
    sign: '<|assistant|>',
    begin: '<|system|>\n',
    between: '<|end|>\n<|user|>\n',
    end: '<|end|>\n<|assistant|>\n',
  },
];
/** Qwen 3 thinks aloud unless its answer begins with a thought that is over. */
const NO_THOUGHT = '<think>\n\n</think>\n\n';

export type Prompt = {
  readonly tokens: readonly Token[];
  /** how many of them are the system prompt with what stands around it */
  readonly prefix: number;
};
export type WritePrompt = (system: string, user: string) => Prompt;

/**
 * How this model is spoken to, by the special tokens of its vocabulary. Only our own marks become special tokens: text that looks
 * like one stays text.
 */
export function findPromptFormat(model: LlamaModel, architecture: string): WritePrompt {
  const isToken = (text: string): boolean => model.tokenize(text, true).length === 1;
  const format = FORMATS.find((f) => isToken(f.sign));
  if (!format)
    throw new AppError('models.load-failed', { detail: `no known chat format for ${architecture}` });
  const special = (text: string): Token[] => model.tokenize(text, true);
  const plain = (text: string): Token[] => model.tokenize(text, false, 'trimLeadingSpace');
  const { bos } = model.tokens;
  const begin = [
    ...(model.tokens.shouldPrependBosToken && bos !== null ? [bos] : []),
    ...special(format.begin),
  ];
  const between = special(format.between);
  const end = special(format.end + (isToken('<think>') ? NO_THOUGHT : ''));
  return (system, user) => {
    const prefix = [...begin, ...plain(system), ...between];
    return { tokens: [...prefix, ...plain(user), ...end], prefix: prefix.length };
  };
}
