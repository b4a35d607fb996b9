// Ordering: from a service to a product and its quantity, the basket, placing, and changes of subscriptions.
import { z } from 'zod';
import { type Button, button, CHANGERS, type Command, type Feature } from '../../bot/index.ts';
import { associateCommand } from '../associations/commands.ts';
import {
  basketCommand,
  type Discarded,
  discard,
  openQuantities,
  saveAsDraft,
  saveQuantities,
} from './basket.ts';
import { addMore, chooseService, newOrder, serviceChosen } from './begin.ts';
import { changeCommand, submitChange } from './changes/change.ts';
import { resumeCommand } from './changes/resume.ts';
import { checkoutCommand, keepTexts } from './checkout.ts';
import { instead } from './find.ts';
import { backFrom, chooseInStep, putAddOns, putProduct } from './licences/steps.ts';
import { placeNumbered } from './place.ts';
import { STEPS } from './rules.ts';
import type { Wizards } from './wizard.ts';

/** What was typed, before it is known to be right. */
const typed = z.string().max(10_000).catch('');
const order = z.string().max(40);
const texts = { description: typed.optional(), payment: typed.optional() };

/** `wizards` lead through what is configured step by step; `discarded` hears of orders that are given up. */
export const ordering = (wizards: Wizards, discarded: Discarded): Feature => ({
  name: 'ordering',
  summary: 'Ordering',
  commands: [...commandsOf(wizards, discarded), ...CHANGES],
  buttons: [...stepButtons(wizards), ...basketButtons(wizards, discarded)],
});

const commandsOf = (wizards: Wizards, discarded: Discarded): Command[] => [
  {
    name: 'new order',
    aliases: ['order new', 'buy'],
    usage: 'new order [product] [quantity]',
    summary: 'Order licences or virtual machines, step by step or in one line',
    examples: ['new order', 'new order "Office 365 E3" 5'],
    roles: CHANGERS,
    run: (asked, words) => newOrder(asked, wizards, words),
  },
  {
    name: 'basket',
    aliases: ['cart'],
    usage: 'basket [10029]',
    summary: 'Show what is begun and not placed yet',
    examples: ['basket', 'basket 10029'],
    roles: CHANGERS,
    run: (asked, words) => basketCommand(asked, wizards, words),
  },
  {
    name: 'checkout',
    aliases: ['check out'],
    usage: 'checkout [10029]',
    summary: 'Look at all of an order once more and place it',
    examples: ['checkout', 'checkout 10029'],
    roles: CHANGERS,
    run: (asked, words) => checkoutCommand(asked, wizards, words),
  },
  {
    name: 'resume',
    usage: 'resume [10027 | 10023/1]',
    summary: 'Go on with a draft, or resume a suspended subscription',
    examples: ['resume', 'resume 10027', 'resume 10023/1'],
    roles: CHANGERS,
    run: (asked, words) => resumeCommand(asked, wizards, words),
  },
  {
    name: 'discard',
    usage: 'discard 10027',
    summary: 'Delete a draft, or an order of the basket',
    examples: ['discard 10027'],
    roles: CHANGERS,
    run: (asked, [word]) => discard(asked, word, discarded),
  },
];

const CHANGES: readonly Command[] = [
  {
    name: 'increase',
    usage: 'increase [10023/1 [units]]',
    summary: 'Order more units of a subscription',
    examples: ['increase', 'increase 10023/1', 'increase 10023/1 3'],
    roles: CHANGERS,
    run: (asked, words) => changeCommand(asked, 'increase', words),
  },
  {
    name: 'decrease',
    usage: 'decrease [10023/1 [units]]',
    summary: 'Give units of a subscription back',
    examples: ['decrease', 'decrease 10023/1', 'decrease 10023/1 3'],
    roles: CHANGERS,
    run: (asked, words) => changeCommand(asked, 'decrease', words),
  },
  {
    name: 'suspend',
    usage: 'suspend [10023/1]',
    summary: 'Stop a subscription until it is resumed',
    examples: ['suspend', 'suspend 10023/1'],
    roles: CHANGERS,
    run: (asked, words) => changeCommand(asked, 'suspend', words),
  },
];

const stepButtons = (wizards: Wizards): Button[] => [
  button({
    verb: 'ordering.choose',
    roles: CHANGERS,
    input: z.object({
      step: z.enum(['service', 'category', 'group']),
      order: order.default(''),
      choice: typed,
    }),
    run: (asked, { step, order, choice }) =>
      instead(
        step === 'service'
          ? serviceChosen(asked, { choice, order }, wizards)
          : chooseInStep(asked, { order, step, choice }, wizards),
      ),
  }),
  button({
    verb: 'ordering.back',
    roles: CHANGERS,
    input: z
      .object({
        order,
        step: z.enum(STEPS),
        product: typed.optional(),
        quantity: typed.optional(),
        choice: typed.optional(),
      })
      .catchall(z.unknown()),
    run: (asked, { order, step, product, quantity, choice, ...fields }) =>
      instead(
        backFrom(asked, { order, step, product, quantity, choice, fields }, wizards, (view, begun) =>
          chooseService(view, { order: begun }),
        ),
      ),
  }),
  button({
    verb: 'ordering.product',
    roles: CHANGERS,
    input: z.object({ order, product: typed, quantity: typed }),
    run: (asked, values) => instead(putProduct(asked, values, wizards)),
  }),
  button({
    verb: 'ordering.addons',
    roles: CHANGERS,
    input: z.object({ order }).catchall(z.unknown()),
    run: (asked, { order, ...values }) => instead(putAddOns(asked, order, values, wizards)),
  }),
  button({
    verb: 'ordering.add',
    roles: CHANGERS,
    input: z.object({ order }),
    run: (asked, { order }) => instead(addMore(asked, order, wizards)),
  }),
  button({
    verb: 'ordering.change',
    roles: CHANGERS,
    input: z.object({
      kind: z.enum(['increase', 'decrease', 'suspend', 'resume']),
      service: typed,
      quantity: typed,
    }),
    run: (asked, { kind, ...values }) => instead(submitChange(asked, kind, values)),
  }),
];

const basketButtons = (wizards: Wizards, discarded: Discarded): Button[] => [
  button({
    verb: 'ordering.open',
    roles: CHANGERS,
    input: z.object({ order, ...texts }),
    run: (asked, { order, ...said }) =>
      instead(keepTexts(asked, order, said).then(() => basketCommand(asked, wizards, [order]))),
  }),
  button({
    verb: 'ordering.quantities',
    roles: CHANGERS,
    input: z.object({ order }),
    run: (asked, { order }) => instead(openQuantities(asked, order, wizards)),
  }),
  button({
    verb: 'ordering.quantities.save',
    roles: CHANGERS,
    input: z.object({ order }).catchall(z.unknown()),
    run: (asked, { order, ...values }) => instead(saveQuantities(asked, order, values, wizards)),
  }),
  button({
    verb: 'ordering.save',
    roles: CHANGERS,
    input: z.object({ order, ...texts }),
    run: (asked, { order, ...said }) =>
      instead(keepTexts(asked, order, said).then(() => saveAsDraft(asked, order))),
  }),
  button({
    verb: 'ordering.associate',
    roles: CHANGERS,
    input: z.object({ order, service: z.string().max(40), ...texts }),
    run: async (asked, { order, service, ...said }) => {
      await keepTexts(asked, order, said);
      return associateCommand(asked, [service]);
    },
  }),
  button({
    verb: 'ordering.remove',
    roles: CHANGERS,
    input: z.object({ order }),
    run: (asked, { order }) => instead(discard(asked, order, discarded)),
  }),
  button({
    verb: 'ordering.checkout',
    roles: CHANGERS,
    input: z.object({ order }),
    run: (asked, { order }) => instead(checkoutCommand(asked, wizards, [order])),
  }),
  button({
    verb: 'ordering.place',
    roles: CHANGERS,
    input: z.object({ order, seen: z.string().max(100), description: typed, payment: typed }),
    run: (asked, { order, seen, description, payment }) => {
      const confirmed = { description: description.trim(), payment: payment.trim() };
      return instead(placeNumbered(asked, order, { wizards, seen, confirmed }));
    },
  }),
];
