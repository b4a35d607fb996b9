import { NotConnected } from '../../chat/edge.ts';
import { isPassing, slackWord } from './answers/failures.ts';

type Ask = {
  /** The setting that Slack is asked to accept. */
  readonly setting: string;
  /** What to do where Slack does not. */
  readonly remedy: string;
  /** Where Slack is, as the settings say. */
  readonly apiUrl: string | undefined;
};

/** Does what the bot can't start without. Rejects with a sentence for the operator where Slack is not there, or does not accept it. */
export async function atStart(ask: Ask, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (err) {
    throw new NotConnected(whyNot(ask, err), { cause: err });
  }
}

function whyNot({ setting, remedy, apiUrl }: Ask, err: unknown): string {
  const word = slackWord(err);
  if (word !== undefined && !isPassing(err)) return `Slack does not accept ${setting} (${word}). ${remedy}`;
  const where = apiUrl === undefined ? 'slack.com' : new URL(apiUrl).origin;
  return `Slack can’t be reached at ${where} (${word ?? reasonOf(err)}). See whether this machine reaches it, then start the bot again.`;
}

/** What lies at the bottom: what is above it says only that a request failed. */
function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  if (err.cause !== undefined) return reasonOf(err.cause);
  const [code, first] = [Reflect.get(err, 'code'), err instanceof AggregateError ? err.errors[0] : undefined];
  if (err.message !== '') return err.message;
  return first === undefined ? String(code ?? err.name) : reasonOf(first);
}
