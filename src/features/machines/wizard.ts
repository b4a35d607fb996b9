// How virtual machines are ordered: sizes, VPN connections, IPv4 addresses, the basket, whom they are for.
import type { Wizard } from '../ordering/wizard.ts';
import { begin, show } from './begin.ts';
import { price } from './price.ts';
import { mayPlace } from './purpose.ts';

export const machinesWizard: Wizard = { begin, show, price, mayPlace };
