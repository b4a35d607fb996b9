/** The other side of `support/child.ts`: answers the questions of the bench, and ends with it. */
export type Asked = { readonly id: number; readonly question: string; readonly of: readonly unknown[] };
export type Told =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly fault: string };

type Answers = Readonly<Record<string, (...of: never[]) => unknown>>;

export function answer(answers: Answers, atTheEnd = async (): Promise<void> => undefined): void {
  process.on('message', async ({ id, question, of }: Asked) => {
    process.send?.(await toldOf(answers, { id, question, of }));
  });
  process.on('disconnect', () => {
    atTheEnd().finally(() => process.exit());
  });
  // The bench itself tells when to end.
  process.on('SIGINT', () => undefined);
}

async function toldOf(answers: Answers, { id, question, of }: Asked): Promise<Told> {
  try {
    return { id, answer: await answers[question]?.(...(of as never[])) };
  } catch (fault) {
    return { id, fault: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
}
