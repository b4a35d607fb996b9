import type { OutFile } from '../../chat/reply.ts';

/** What the edge itself says; everything else is said by the bot. */
export const sentences = {
  working: 'Working on it …',
  nobodySaid: 'Teams could not tell me just now who you are. Please try again in a moment.',
  hello: (bot: string) => {
    const to = bot === '' ? '' : `@${bot} `;
    return `Hello. Mention me with what you want to know, for example “${to}help” or “${to}orders”. What is for you alone only you will see.`;
  },
  notDelivered: 'Teams did not take the answer. Please try again in a moment.',
  sentPrivately: "I've sent you the answer privately.",
  openPrivateChat: (bot: string) =>
    `The answer is for you alone, and I can't write to you privately yet. Open a chat with ${bot || 'me'} in Teams, add the app there, and ask again in that chat.`,
  /** A file was asked for where Teams hands none to a bot. */
  askedInChat: (minutes: number, unseen: boolean) =>
    `Teams gives me no files here, so I've asked you for it in our chat. Send it there within ${minutes} minutes: ${outcome(unseen)}.`,
  sendFileInChat: (minutes: number, unseen: boolean) =>
    `Teams gives me no files here. Open our chat, add the app if Teams asks you to, and send the file there within ${minutes} minutes: ${outcome(unseen)}.`,
  openChat: 'Open our chat',
  fileForPlace: (place: string, unseen: boolean) =>
    unseen
      ? `You asked in ${place}: send the file here, and only you see what comes of it.`
      : `For ${place}: send the file here, and what comes of it is posted there.`,
  tooLarge: 'The rest is too large for a message in Teams. Ask for a part of it.',
  goesOn: 'Goes on in the next message.',
  restNotSent: 'Teams did not take the rest of this. Ask for it again, or for a part of it.',
  chooseSomebody: 'Choose somebody here',
  orTyped: (label: string) => `Or: ${label}`,
  saved: (name: string) => `${name} is in your OneDrive now.`,
  notSaved: (file: OutFile) => `${file.name} is not saved to your OneDrive. ${later(file)}`,
  offerExpired: (file: OutFile) => `${file.name} was offered too long ago. ${later(file)}`,
  notUploaded: (name: string) => `I could not save ${name} to your OneDrive.`,
  notOffered: (name: string) => `I could not offer ${name} for your OneDrive.`,
  noLongerKept: (name: string) => `${name} is no longer kept.`,
  notMyOffer: 'I did not offer this file here, so I can not save it.',
  /** A file that can't be linked to. */
  noAddress: (file: OutFile) =>
    `I can't link to ${file.name}: nobody told me my own address (PUBLIC_URL). ${again(file)} in a chat with me alone to get the file itself.`,
  cut: ' … (cut: too long for a message in Teams)',
};

/** `unseen`: nobody saw that the file was asked for. */
const outcome = (unseen: boolean): string =>
  unseen ? 'only you see what comes of it' : 'what comes of it is posted here';

const again = ({ again: command }: OutFile): string =>
  command === undefined ? 'Ask for it once more' : `Say “${command}”`;
const later = (file: OutFile): string => `It stays here: ${lower(again(file))} to get it.`;
const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** Why an attachment can't be read, for the person who attached it. */
export const unreadable = {
  tooLarge: (name: string, limit: number) => `${name} is larger than ${megabytes(limit)} MB.`,
  foreign: (name: string) => `I can't fetch ${name}: its link does not lead to Teams or SharePoint.`,
  expired: (name: string) => `I may not fetch ${name} any more: its link has expired. Attach it again.`,
  page: (name: string) =>
    `Teams gave me a web page instead of ${name}. Attach it from Teams on a computer or in the browser.`,
  failed: (name: string) => `I could not fetch ${name} from Teams. Attach it again.`,
};

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');
