import {
  type Activity,
  ActivityTypes,
  type CloudAdapter,
  type ConversationParameters,
  type TurnContext,
} from 'botbuilder';
import { PostFailed } from '../../../chat/edge.ts';
import type { Place, Sent } from '../../../chat/place.ts';
import { conversationId, inThread, readAddress, referenceTo } from '../requests/places.ts';
import { dig } from '../requests/request.ts';
import { postFailed } from './failures.ts';
import { aimAtOne, type Reader, readerOf } from './targeted.ts';

export type Posting = ReturnType<typeof openPosting>;
type Message = Partial<Activity>;

/** Sends to stored places: answers and notices take the same way. Everything rejects with `PostFailed`. */
export function openPosting(adapter: CloudAdapter, appId: string) {
  /** Botbuilder's own send would make each post a reply to an invented activity; this sends what it is given. */
  async function send(context: TurnContext, place: Place, message: Message): Promise<Sent> {
    const recipient = readerOf(place);
    const activity = { ...addressed(place, message), ...(recipient && { recipient }) } as Message;
    const [response] = await adapter.sendActivities(context, [activity]);
    return { place, message: response?.id ?? '' };
  }

  const proceed = <Result>(place: Place, step: (context: TurnContext) => Promise<Result>) =>
    outcome<Result>((done) =>
      adapter.continueConversationAsync(appId, referenceTo(place), (context) => {
        if (readerOf(place) !== undefined) aimAtOne(context.turnState.get(adapter.ConnectorClientKey));
        return done(() => step(context));
      }),
    );

  return {
    post(place: Place, message: Message): Promise<Sent> {
      // Only channels have threads.
      const { thread, ...open } = place;
      if (place.kind !== 'channel') return proceed(open, (context) => send(context, open, message));
      // A thread is started by what everybody sees.
      if (thread === undefined && readerOf(place) === undefined) return startThread(place, message);
      return proceed(place, (context) => send(context, place, message)).catch((error: unknown) => {
        throw isThreadGone(error) ? new PostFailed('thread gone', error.message, { cause: error }) : error;
      });
    },

    update({ place, message: id }: Sent, message: Message): Promise<Sent> {
      return proceed(place, async (context) => {
        await adapter.updateActivity(context, { ...addressed(place, message), id } as Activity);
        return { place, message: id };
      });
    },

    remove({ place, message: activityId }: Sent): Promise<void> {
      const conversation = { id: conversationId(place) } as Activity['conversation'];
      return proceed(place, (context) => adapter.deleteActivity(context, { conversation, activityId }));
    },

    /** The personal chat with somebody, who need not have spoken there before. */
    personalChat(place: Place, { id, name }: Reader): Promise<Place> {
      const { serviceUrl, channelId, bot, tenantId } = readAddress(place);
      const parameters = {
        isGroup: false,
        bot,
        members: [{ id, name }],
        ...(tenantId !== undefined && { tenantId, channelData: { tenant: { id: tenantId } } }),
      };
      return create({ serviceUrl, channelId }, parameters, (conversation) => {
        const { thread: _, reader: __, ...rest } = place;
        return { ...rest, conversation, kind: 'personal', name: '' };
      });
    },
  };

  /** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
  function startThread(place: Place, message: Message): Promise<Sent> {
    const { serviceUrl, channelId, bot, tenantId } = readAddress(place);
    const parameters = {
      isGroup: true,
      bot,
      channelData: {
        channel: { id: place.conversation },
        ...(tenantId !== undefined && { tenant: { id: tenantId } }),
      },
      activity: addressed(place, message) as Activity,
      ...(tenantId !== undefined && { tenantId }),
    };
    return create({ serviceUrl, channelId }, parameters, (started) => {
      const thread = inThread(place, started);
      return { place: thread, message: thread.thread };
    });
  }

  function create<Result>(
    { serviceUrl, channelId }: { serviceUrl: string; channelId: string },
    parameters: object,
    read: (conversation: string) => Result,
  ): Promise<Result> {
    const whole = parameters as ConversationParameters;
    return outcome((done) =>
      adapter.createConversationAsync(appId, channelId, serviceUrl, AUDIENCE, whole, (context) =>
        done(async () => read(context.activity.conversation.id)),
      ),
    );
  }
}

/** Of an answer in a thread: the first message is no more. Should it be the channel, its next thread can't be started either. */
const isThreadGone = (error: unknown): error is PostFailed =>
  error instanceof PostFailed &&
  dig(error.cause, 'statusCode') === 404 &&
  !error.message.includes('BotNotInConversationRoster');

/** Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
const AUDIENCE = 'https://api.botframework.com';

function addressed(place: Place, message: Message): Message {
  const { bot, channelId, serviceUrl } = readAddress(place);
  return {
    type: ActivityTypes.Message,
    ...message,
    channelId,
    serviceUrl,
    from: bot,
    conversation: { id: conversationId(place) } as Activity['conversation'],
  };
}

/** The adapter gives its callbacks no way to answer; this carries the answer out, and names what went wrong. */
async function outcome<Result>(
  run: (done: (step: () => Promise<Result>) => Promise<void>) => Promise<void>,
): Promise<Result> {
  let result: { readonly value: Result } | undefined;
  try {
    await run(async (step) => {
      result = { value: await step() };
    });
  } catch (error) {
    throw postFailed(error);
  }
  if (result === undefined) throw new PostFailed('later', 'the conversation was not continued');
  return result.value;
}
