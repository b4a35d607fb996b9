import type { Reply } from '../../chat/reply.ts';
import type { FoundService } from '../orders/find.ts';
import type { View } from '../organizations/view.ts';

/** How the undo of a change ended. */
export type Undone =
  /** With the service whose units moved, where any did. */
  | { readonly kind: 'undone'; readonly service?: FoundService }
  /** It goes on in the background and reports by itself. */
  | { readonly kind: 'started'; readonly reply: Reply }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Takes a change back, from what it left in the history for that. */
export type Undoer = (view: View, data: unknown) => Promise<Undone>;

/** How each kind of change is undone, by the kind under which it stands in the history. */
export type Undoers = Readonly<Record<string, Undoer>>;
