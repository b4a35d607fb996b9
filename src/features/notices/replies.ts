import { chatDoneCard } from '../../../cards/chat-done.ts';
import { chatRefusalCard } from '../../../cards/chat-refusal.ts';
import { count, list } from '../../../cards/format.ts';
import { heardIn } from '../../../cards/heard.ts';
import { type NoticesList, noticesListCard } from '../../../cards/notices-list.ts';
import { announce, type Bound, tell } from '../../bot/index.ts';
import type { Reply } from '../../chat/reply.ts';
import { type Hours, hoursInWords, momentIn, type Parsed } from './hours/rules.ts';
import { HEARD_OF, type Topic, WHEN } from './rules.ts';

type Here = {
  /** The customer to whom the channel belongs. */
  readonly owner: Bound | undefined;
  readonly quiet: Hours | undefined;
};

export function nowHears(here: string, topics: readonly Topic[], { owner, quiet }: Here): Reply {
  const answer = `Notices about ${list(topics)} arrive here now.`;
  const only = owner && `This channel belongs to ${owner.name}: it hears of nobody else.`;
  const when = quiet && `It is quiet ${hoursInWords(quiet)}.`;
  const each = topics.flatMap((topic) => [`${WHEN[topic]}, ${here} hears of it.`, HEARD_OF[topic]]);
  const all = [...each, only, when];
  const detail = all.filter((one) => one !== undefined).join(' ');
  const buttons = [
    { title: 'Stop', command: `notify off ${topics.join(' ')}` },
    { title: 'All notices', command: 'notify list' },
  ];
  return announce(`${answer} ${detail}`, chatDoneCard({ answer, detail, buttons }));
}

/** What is of all customers is not told where one of them reads along. */
export function notHereOf(topic: Topic, { name }: Bound): Reply {
  const problem = `This channel belongs to ${name}: nothing is told here about ${topic}.`;
  const remedy = 'It is of all customers. Use another channel, or a direct conversation with me.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy }));
}

export function channelOfOthers(): Reply {
  const problem = 'This channel belongs to a customer that is not one of yours.';
  const remedy = 'Use another channel, or a direct conversation with me.';
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy }));
}

/** `dropped`: so many waited to be posted here. */
export function hearsNoMore(topics: readonly Topic[], dropped: number): Reply {
  const answer = `Notices about ${topics.join(' and ')} no longer arrive here.`;
  const detail =
    dropped === 0
      ? undefined
      : `${count(dropped, 'notice')} that waited ${dropped === 1 ? 'is' : 'are'} dropped.`;
  const buttons = topics
    .slice(0, 1)
    .map((topic) => ({ title: 'Post them again', command: `notify here ${topic}` }));
  const said = [answer, detail].filter((one) => one !== undefined).join(' ');
  return announce(said, chatDoneCard({ answer, detail, buttons }));
}

export function boundByOthers(topic: Topic): Reply {
  const problem = `Somebody above your organization chose what is told here about ${topic}.`;
  return tell(problem, chatRefusalCard({ problem, remedy: 'Use another channel, or ask them.' }));
}

export function heardNothing(): Reply {
  const problem = 'No notices arrive here.';
  return tell(
    problem,
    chatRefusalCard({ problem, buttons: [{ title: 'Choose some', command: 'notify list' }] }),
  );
}

export function noSuchTopic(word: string, topics: readonly Topic[]): Reply {
  const problem = word === '' ? 'Notices about what?' : `There are no notices about “${word}”.`;
  const buttons = topics.map((topic) => ({ title: `About ${topic}`, command: `notify here ${topic}` }));
  return tell(problem, chatRefusalCard({ problem, remedy: `There are: ${topics.join(', ')}.`, buttons }));
}

export function noticeList({
  quiet: hours,
  ...data
}: Omit<NoticesList, 'quiet'> & { readonly quiet: Hours | undefined }): Reply {
  const heard = heardIn(data.topics);
  const quiet = hours && hoursInWords(hours);
  const when = quiet === undefined ? '' : ` It is quiet ${quiet}.`;
  const here = data.here.charAt(0).toUpperCase() + data.here.slice(1);
  const said = `${here} hears of: ${heard.join(', ') || 'nothing'}.${when}`;
  return tell(said, noticesListCard({ ...data, quiet }));
}

/** What quiet hours do, and what they leave alone. */
const HELD = 'Notices that come meanwhile are kept, and posted in their order when the quiet hours end.';
const NOT_HELD =
  'Not held back: answers, the end of what was started here, and requests that wait for an approval.';

const EXAMPLES = [
  { title: '20:00 to 07:00', command: 'notify quiet 20:00-07:00' },
  { title: 'Nights and weekends', command: 'notify quiet 20:00-07:00 weekends' },
  { title: 'Weekends', command: 'notify quiet weekends' },
];
const NO_QUIET = { title: 'No quiet hours', command: 'notify quiet off' };
const ALL = { title: 'All notices', command: 'notify list' };

type Quiet = {
  readonly hours: Hours | undefined;
  /** When they end, where they have begun. */
  readonly until: Date | undefined;
  /** So many notices were held back already. */
  readonly held: number;
};

export function quietNow(here: string, { hours, until, held }: Quiet): Reply {
  const notices = count(held, 'notice');
  if (hours === undefined) {
    const answer = `No more quiet hours in ${here}.`;
    const detail = held === 0 ? undefined : `${notices} that ${held === 1 ? 'was' : 'were'} kept arrive now.`;
    const buttons = [...EXAMPLES.slice(0, 1), ALL];
    return announce([answer, detail].filter(Boolean).join(' '), chatDoneCard({ answer, detail, buttons }));
  }
  const answer = `Quiet in ${here} ${hoursInWords(hours)}.`;
  const end = until && `It is quiet now, until ${momentIn(until, hours.timeZone)}.`;
  const kept =
    held === 0 ? undefined : `${notices} kept ${until === undefined ? 'arrive now' : 'wait for that'}.`;
  const detail = [end, kept, HELD, NOT_HELD].filter((one) => one !== undefined).join(' ');
  return announce(`${answer} ${detail}`, chatDoneCard({ answer, detail, buttons: [NO_QUIET, ALL] }));
}

/** `zone`: the time zone that is meant where none is said. */
export function isQuietNow(here: string, hours: Hours | undefined, zone: string): Reply {
  const answer =
    hours === undefined ? `There are no quiet hours in ${here}.` : `Quiet in ${here} ${hoursInWords(hours)}.`;
  const how = `Set them with: notify quiet 20:00-07:00, or notify quiet 20:00-07:00 weekends Europe/Berlin. Without a time zone it is ${zone}.`;
  const detail = `${HELD} ${NOT_HELD} ${how}`;
  const buttons = [...EXAMPLES, ...(hours === undefined ? [] : [NO_QUIET]), ALL];
  return tell(`${answer} ${detail}`, chatDoneCard({ answer, detail, buttons }));
}

const MOST_MEANT = 3;

export function hoursNotUnderstood({ what, word, instead = [] }: Extract<Parsed, { kind: 'wrong' }>): Reply {
  const problem = {
    same: `Quiet hours that begin and end at ${word} have no length.`,
    always: `With “${word}” it would always be quiet.`,
    time: `“${word}” are no times of the day.`,
    zone: `There is no time zone “${word}”.`,
    nothing: `“${word}” are no quiet hours.`,
  }[what];
  const [meant] = instead;
  const remedies: Partial<Record<typeof what, string>> = {
    zone: 'Time zones are written as in Europe/Berlin, America/New_York or UTC.',
    always: 'Where nothing is to be heard any more, type: notify off.',
  };
  const written =
    'Quiet hours are written as in 20:00-07:00, weekends, or 20:00-07:00 weekends Europe/Berlin.';
  const remedy = meant === undefined ? (remedies[what] ?? written) : `Did you mean: notify quiet ${meant}?`;
  const buttons =
    meant === undefined
      ? EXAMPLES
      : instead.slice(0, MOST_MEANT).map((one) => ({ title: one, command: `notify quiet ${one}` }));
  return tell(`${problem} ${remedy}`, chatRefusalCard({ problem, remedy, buttons }));
}

export function quietByOthers(): Reply {
  const problem = 'Somebody above your organization chose when it is quiet here.';
  return tell(problem, chatRefusalCard({ problem, remedy: 'Use another channel, or ask them.' }));
}

export function noticesOfOthers(): Reply {
  const problem = 'Somebody above your organization chose what is told here, and is to say when it is quiet.';
  return tell(problem, chatRefusalCard({ problem, remedy: 'Use another channel, or ask them.' }));
}

export function wasNotQuiet(): Reply {
  const problem = 'There are no quiet hours here.';
  return tell(problem, chatRefusalCard({ problem, buttons: EXAMPLES }));
}
