/** A process of the bench: it is asked over IPC and answers. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Asked, Told } from '../processes/answer.ts';
import { closing } from './closing.ts';

export type Child<Talk> = {
  ask<Question extends keyof Talk & string>(
    question: Question,
    ...of: Of<Talk[Question]>
  ): Promise<Result<Talk[Question]>>;
  stop(): Promise<void>;
};
type Of<Answer> = Answer extends (...of: infer Input) => unknown ? Input : never;
type Result<Answer> = Answer extends (...of: never[]) => infer Output ? Awaited<Output> : never;

const FOLDER = join(import.meta.dirname, '../processes');

/** Starts `processes/<file>`; `Talk` is the type of what it answers. */
export function startChild<Talk>(file: string): Child<Talk> {
  const child = fork(join(FOLDER, file), { serialization: 'advanced' });
  const stop = closing(() => end(child));
  let asked = 0;
  return {
    stop,
    ask: (question, ...of) => answerOf(child, { id: ++asked, question, of }),
  };
}

function answerOf<Answer>(child: ChildProcess, asked: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`The process ended before it answered "${asked.question}".`));
    const told = (message: Told) => {
      if (message.id !== asked.id) return;
      child.off('message', told);
      child.off('exit', ended);
      if ('fault' in message) reject(new Error(`${asked.question}: ${message.fault}`));
      else resolve(message.answer as Answer);
    };
    child.on('message', told);
    child.once('exit', ended);
    child.send(asked);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await exited;
  clearTimeout(late);
}
