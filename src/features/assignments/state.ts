/** How far the vendor of a service knows who has its units. */
export { loadRefused } from './store.ts';
export { tellNow } from './tell.ts';
