// `toride ask, intent, know, learn`: questions in words, and the know-how behind them.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Message } from '../chat/contract/chat.ts';
import { textOf } from '../kernel/encoding.ts';
import { AppError, isErrorCode } from '../kernel/errors.ts';
import { writeShown } from '../kernel/show-controls.ts';
import { wordSource } from '../knowledge/contract/words.ts';
import { printProposal } from './proposals.ts';
import { type Command, print } from './run.ts';

function questionOf(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'string') return value;
    if (value && typeof value === 'object')
      for (const key of ['text', 'question', 'input', 'message']) {
        const found = (value as Record<string, unknown>)[key];
        if (typeof found === 'string') return found;
      }
  } catch {
    // a plain line
  }
  return line;
}

export function addAskCommands(program: Command): void {
  program
    .command('ask <text>')
    .description('ask in words; may answer with a proposal, never decides')
    .option('--session <id>', 'go on with this session')
    .withEngine(async (run, text: string, o: { session?: string }) => {
      let answer: Message | null = null;
      for await (const event of await run.client.chat.send({
        text,
        lang: run.lang,
        ...(o.session ? { sessionId: o.session } : {}),
      })) {
        if (event.kind === 'delta' && !run.global.json) writeShown(process.stdout, event.text);
        if (event.kind === 'answered') answer = event.message;
      }
      if (!answer) throw new AppError('internal');
      const { error } = answer.body;
      if (error) {
        run.show('');
        throw new AppError(isErrorCode(error.code) ? error.code : 'internal', error.params);
      }
      const proposal = answer.body.proposalId
        ? (await run.client.placement.get({ id: answer.body.proposalId })).proposal
        : null;
      run.show('');
      for (const [i, c] of (answer.body.clarify?.options ?? []).entries())
        run.show(`  ${i + 1}. ${c.label[answer.body.lang]}`);
      if (proposal) printProposal(run, proposal, answer.body.lang);
      return { message: answer, proposal };
    });

  program
    .command('intent [text]')
    .description(
      'what a question means; --file reads JSON lines with a "text" field (or plain lines) and prints one JSON line each',
    )
    .option('--file <jsonl>', 'many questions')
    .withEngine(async (run, text: string | undefined, o: { file?: string }) => {
      if (o.file !== undefined) {
        for (const line of textOf(readFileSync(o.file)).split(/\r?\n/))
          if (line.trim()) print(JSON.stringify(await run.client.chat.intent({ text: questionOf(line) })));
        return undefined;
      }
      if (text === undefined) throw new AppError('input.invalid', { detail: 'TEXT or --file' });
      const result = await run.client.chat.intent({ text });
      run.show(JSON.stringify(result));
      return result;
    });
  program
    .command('know <text>')
    .description('search the know-how')
    .withEngine(async (run, text: string) => {
      const { hits } = await run.client.knowledge.search({ text });
      for (const h of hits)
        run.show(`${h.score.toFixed(3)}  ${wordSource(h.title, h.place, run.lang)}\n    ${h.text}`);
      return hits;
    });
  program
    .command('learn <file>')
    .description('register a file as know-how: PDF, Word, Excel, PowerPoint, text, Markdown, CSV, HTML, log')
    .withEngine(async (run, file: string) => {
      const document = await run.client.knowledge.addFile({
        name: path.basename(file),
        data: readFileSync(file).toString('base64'),
        modifiedAt: Math.floor(statSync(file).mtimeMs),
      });
      run.show(`${document.id}  ${document.title}  ${document.chunks}`);
      return document;
    });
}
