// Virtual machines: ordering them step by step, and what the provider offers of them.
import { z } from 'zod';
import { button, CHANGERS, type Feature } from '../../bot/index.ts';
import { newMachines } from './begin.ts';
import { forOwnUse, forResale, openPurpose, submitCustomer } from './customer.ts';
import {
  machinesCommand,
  openChosen,
  openOffer,
  openRegion,
  removeOffer,
  saveOffer,
} from './offered/offered.ts';
import { WHATS } from './offered/rules.ts';
import {
  changeMachines,
  removeMachine,
  showStep,
  submitExtra,
  submitMachine,
  submitRegion,
  submitSizes,
} from './steps.ts';

const ADMIN = ['provider admin'] as const;
const id = z.coerce.number().int().min(0).max(2_000_000_000);
const what = z.enum(WHATS);
const order = z.string().max(40);
/** As typed; what is too long to make sense is cut, and then says so itself. */
const typed = z
  .string()
  .max(5000)
  .transform((text) => text.slice(0, 300))
  .default('');
const go = z.enum(['stay', 'next', 'buy']);
const machine = z.string().max(40);
const extra = z.enum(['vpn', 'ipv4']);

export const machines: Feature = {
  name: 'machines',
  summary: 'Virtual machines',
  commands: [
    {
      name: 'new machines',
      aliases: ['new vm', 'new vms'],
      usage: 'new machines [another]',
      summary: 'Configure virtual machines, add-ons and their price',
      examples: ['new machines', 'new machines another'],
      roles: CHANGERS,
      run: newMachines,
    },
    {
      name: 'machines',
      usage: 'machines [region]',
      summary: 'Show and change the regions, sizes and templates of machines',
      examples: ['machines', 'machines stockholm', 'machines add profile stockholm huge 16 128 640'],
      roles: ADMIN,
      run: machinesCommand,
    },
  ],
  buttons: [
    button({
      verb: 'machines.offered',
      roles: ADMIN,
      input: z.object({ offering: id, region: typed }),
      run: (asked, { offering, region }) => openRegion(asked, offering, region),
    }),
    button({
      verb: 'machines.offer',
      roles: ADMIN,
      input: z.object({ offering: id, what, region: z.coerce.string().max(20).default('') }),
      run: (asked, { offering, what, region }) => openOffer(asked, offering, what, region),
    }),
    button({
      verb: 'machines.item',
      roles: ADMIN,
      input: z.object({ offering: id, region: z.coerce.string().max(20).default(''), item: typed }),
      run: (asked, { offering, region, item }) => openChosen(asked, offering, region, item),
    }),
    button({
      verb: 'machines.saveOffer',
      roles: ADMIN,
      input: z.object({
        offering: id,
        what,
        item: id,
        region: typed,
        name: typed,
        cores: typed,
        memory: typed,
        disk: typed,
      }),
      run: (asked, { offering, what, item, ...values }) =>
        saveOffer(asked, offering, { what, id: item === 0 ? undefined : item }, values),
    }),
    button({
      verb: 'machines.removeOffer',
      roles: ADMIN,
      input: z.object({ offering: id, what, item: id }),
      run: (asked, { offering, what, item }) => removeOffer(asked, offering, what, item),
    }),
    button({
      verb: 'machines.step',
      roles: CHANGERS,
      input: z.object({ order, step: z.enum(['region', 'sizes', 'vpn', 'ipv4']) }),
      run: (asked, { order, step }) => showStep(asked, order, step),
    }),
    button({
      verb: 'machines.region',
      roles: CHANGERS,
      input: z.object({ order, region: typed }),
      run: (asked, { order, region }) => submitRegion(asked, order, region),
    }),
    button({
      verb: 'machines.sizes',
      roles: CHANGERS,
      input: z.object({ order, go, profile: typed, template: typed, quantity: typed, storage: typed }),
      run: (asked, { order, go, ...values }) => submitSizes(asked, order, values, go),
    }),
    button({
      verb: 'machines.change',
      roles: CHANGERS,
      input: z.object({ order }),
      run: (asked, { order }) => changeMachines(asked, order),
    }),
    button({
      verb: 'machines.which',
      roles: CHANGERS,
      input: z.object({ choice: z.string().max(100) }),
      run: (asked, { choice }) => {
        const [order = '', key = ''] = choice.split(' ');
        return changeMachines(asked, order, key);
      },
    }),
    button({
      verb: 'machines.row',
      roles: CHANGERS,
      input: z.object({ order, machine, template: typed, quantity: typed }),
      run: (asked, { order, machine, ...values }) => submitMachine(asked, order, machine, values),
    }),
    button({
      verb: 'machines.remove',
      roles: CHANGERS,
      input: z.object({ order, machine }),
      run: (asked, { order, machine }) => removeMachine(asked, order, machine),
    }),
    button({
      verb: 'machines.extra',
      roles: CHANGERS,
      input: z.object({ order, extra, go, quantity: typed }),
      run: (asked, { order, extra, go, quantity }) => submitExtra(asked, order, extra, quantity, go),
    }),
    button({
      verb: 'machines.purpose',
      roles: CHANGERS,
      input: z.object({ order }),
      run: (asked, { order }) => openPurpose(asked, order),
    }),
    button({
      verb: 'machines.ownUse',
      roles: CHANGERS,
      input: z.object({ order }),
      run: (asked, { order }) => forOwnUse(asked, order),
    }),
    button({
      verb: 'machines.resale',
      roles: CHANGERS,
      input: z.object({ order }),
      run: (asked, { order }) => forResale(asked, order),
    }),
    button({
      verb: 'machines.customer',
      roles: CHANGERS,
      input: z.object({
        order,
        customer: typed,
        email: typed,
        company: typed,
        firstName: typed,
        lastName: typed,
        phone: typed,
        address: typed,
        postalCode: typed,
        city: typed,
        country: typed,
        markup: typed,
      }),
      run: (asked, { order, ...values }) => submitCustomer(asked, order, values),
    }),
  ],
};
