/** How far the vendor of a service knows who has its units. */
export { isUntold, loadRefused } from './store.ts';
