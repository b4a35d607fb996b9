// The bot room: what a feature is, who may do what, requests that happen once, and the way from words to an answer.
export { type Bound, boundCustomer } from './bound.ts';
export { chunksOf } from './chunks.ts';
export { type House, openBot, type Voice } from './dispatch.ts';
export { expectFile } from './expect.ts';
export * from './feature.ts';
export { type FileLinks, fileLinks, keepFile, openFileIn } from './files.ts';
export { type Change, record, recordAll, UNDO_MINUTES } from './history.ts';
export { housekeeping } from './housekeeping.ts';
export { refreshSoon, refreshWork, rememberSent } from './messages.ts';
export { forgetRequests } from './once.ts';
export { PAGE_SIZE, pageOf } from './paging.ts';
export { currentPlace, personalChats, placeBook, speakerIn } from './places.ts';
export { namesOf, type Registry, register } from './registry.ts';
export { announce, newOnce, replaceForAll, replaceWith, tell } from './reply.ts';
export { openTraffic, type Traffic } from './traffic.ts';
export { transcriptIn } from './transcript.ts';
export * from './who.ts';
