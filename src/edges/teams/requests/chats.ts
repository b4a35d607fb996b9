import { openCache } from './cache.ts';

/** The personal chats that the bot has with people: they stay the same. */
export type Chats = ReturnType<typeof openChats>;

const CHAT_MINUTES = 60;
const NO_CHAT_MINUTES = 1;

export const openChats = () => ({
  known: openCache<string>(CHAT_MINUTES),
  missing: openCache<true>(NO_CHAT_MINUTES),
});
