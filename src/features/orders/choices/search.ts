import type { Find } from '../../../bot/index.ts';
import { parseEmail } from '../../../chat/email.ts';
import { reach } from '../../organizations/view.ts';
import { orderChoice, serviceChoice, type Units, wordsOf } from './rules.ts';
import { ordersNumbered, ordersWith, servicesFitting } from './store.ts';

/** Orders by their number, or by anything that `orders` finds them by. */
export const searchOrders: Find = async (looking, typed, most) => {
  const here = await reach(looking);
  if (here === undefined) return [];
  const { db, settings } = looking;
  const [word, ...more] = wordsOf(settings.orderPrefix, typed);
  const ranges = more.length === 0 && word?.position === undefined ? (word?.ranges ?? []) : [];
  const numbered = ranges.length === 0 ? [] : await ordersNumbered(db, here.viewer, ranges, most);
  const others = numbered.length < most ? await ordersWith(db, here.viewer, typed, most) : [];
  const found = new Map([...numbered, ...others].map((order) => [order.number, order]));
  return [...found.values()].slice(0, most).map((order) => orderChoice(order, here.customer === undefined));
};

const searchServices =
  (units: Units): Find =>
  async (looking, typed, most, within = {}) => {
    const here = await reach(looking);
    if (here === undefined) return [];
    const words = wordsOf(looking.settings.orderPrefix, typed);
    if (words.length === 0 && typed !== '') return [];
    const user = parseEmail(within.user ?? '');
    const found = await servicesFitting(looking.db, here.viewer, { words, units, user }, most);
    return found.map((service) => serviceChoice(service, units, here.customer === undefined));
  };

export const searches = {
  orders: searchOrders,
  services: searchServices('any'),
  'free-services': searchServices('free'),
  'used-services': searchServices('used'),
};
