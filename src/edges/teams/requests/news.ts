import type { TurnContext } from 'botbuilder';
import type { Place } from '../../../chat/place.ts';
import type { Answer } from '../answers/answer.ts';
import { plain } from '../cards/render.ts';
import { sentences } from '../sentences.ts';
import type { Desk } from './desk.ts';
import { type News, newsIn } from './events.ts';
import { channelOf, placeOf, teamOf } from './places.ts';
import { idOf, placeIn, receive } from './receive.ts';

/** The bot was added somewhere, where it says hello, or removed; or a place has a new name, or is gone. */
export async function takeNews(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const news = newsIn(context.activity);
  if (news === undefined) return answer.end(200);
  await note(desk, context, news).catch((err: unknown) =>
    desk.options.log.error({ err, news: news.kind }, 'what Teams told of a place was not noted'),
  );
  if (news.kind !== 'added' || !news.greets) return answer.end(200);
  return greet(desk, context, answer);
}

/** Where others read along everybody is greeted, in a sentence; who is alone with the bot sees what they may do. */
async function greet(desk: Desk, context: TurnContext, answer: Answer): Promise<void> {
  const place = await placeIn(desk, context);
  if (place.kind !== 'personal') {
    answer.end(200);
    await desk.posting.post(place, plain(sentences.hello(context.activity.recipient.name ?? '')));
    return;
  }
  const person = await desk.roster.person(context);
  const id = idOf(context.activity);
  await receive(desk, context, { kind: 'message', id, person, place, text: 'help', attachments: [] }, answer);
}

async function note(desk: Desk, context: TurnContext, news: News): Promise<void> {
  const { places, remember } = desk.options;
  const { activity } = context;
  switch (news.kind) {
    case 'added':
      // Who added it may not be known just now; that the bot is there is.
      await places.found(news.where);
      return added(desk, context);
    case 'lost':
      return places.lost(news.where, news.why);
    case 'found':
      return places.found(news.where);
    case 'chat renamed':
      return remember(placeOf(activity, news.name));
    case 'channel renamed':
      desk.roster.forgetNames();
      return remember({ ...(await placeIn(desk, context)), conversation: channelOf(activity) });
    case 'team renamed':
      return renameTeam(desk, context);
  }
}

/** In a chat of their own with the bot the person is known from now on as well. */
async function added({ roster, options }: Desk, context: TurnContext): Promise<void> {
  const { activity } = context;
  const place = placeOf(activity, await roster.placeName(context));
  if (place.kind !== 'personal') return options.remember(place);
  const person = await roster.person(context).catch((err: unknown) => {
    options.log.warn(
      { err },
      'who added the bot to a chat of their own is known by what they say there first',
    );
    return undefined;
  });
  await options.remember(place, person);
}

/** Each of its channels is called by the team as well. Those nobody ever spoke of are no concern of the bot. */
async function renameTeam({ roster, options }: Desk, context: TurnContext): Promise<void> {
  const team = teamOf(context.activity);
  if (team === undefined) return;
  const nameOf = await roster.namesNow(context, team);
  for (const place of await options.places.known(team)) {
    await options.remember({ ...place, name: nameOf(place.conversation) } satisfies Place);
  }
}
