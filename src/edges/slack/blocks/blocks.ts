import type { Card } from '../../../chat/card.ts';
import { buttonBlocks } from './buttons.ts';
import type { Block } from './charts.ts';
import { partsOf } from './elements.ts';
import { fit, fullRoom, type Room } from './fit.ts';
import { longValues } from './inputs.ts';

/** A card as Slack's blocks, within Slack's limits. Throws `Unshowable` where a button carries too much. */
export const toBlocks = (card: Card, room: Room = fullRoom): { blocks: Block[] } => ({
  blocks: fit(card.body.flatMap(partsOf), buttonBlocks(card.actions ?? [], longValues(card.body)), room),
});
