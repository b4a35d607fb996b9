import type {
  Action,
  Card,
  Column,
  Container,
  Element,
  Execute,
  Input,
  ProgressBar,
  Table,
  TableCell,
} from '../../../chat/card.ts';
import { type Resets, resetsOf, type TeamsElement, teamsInput } from './inputs.ts';
import { escapeMarkdown } from './markdown.ts';
import { refreshing } from './refresh.ts';

export type { TeamsElement } from './inputs.ts';

/**
 * The card as Teams shows it: Markdown quoted, each button answered also by clients that know no
 * Action.Execute; below it links to files, and sentences about files.
 */
export function teamsCard(card: Card, links: readonly Link[], notes: readonly string[] = []): TeamsElement {
  const actions = [...(card.actions ?? []).map(teamsAction), ...links.map(openUrl)];
  const shown = actions.slice(0, MAX_ACTIONS);
  const hidden = links.slice(links.length - (actions.length - shown.length));
  const { refresh, ...drawn } = card;
  const resets = resetsOf(card);
  const body = card.body.flatMap((element) => teamsElements(element, resets));
  return {
    ...drawn,
    ...(refresh && { refresh: refreshing(refresh) }),
    // Full is as wide as the chat: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#full-width-adaptive-card
    msteams: { width: 'Full' },
    body: [...body, ...hidden.map(linkLine), ...notes.map(line)],
    ...(shown.length > 0 && { actions: shown }),
  };
}

/** A file the person can open. */
export type Link = { readonly title: string; readonly url: string };

/** Teams shows no more: https://learn.microsoft.com/microsoftteams/platform/concepts/deploy-and-publish/appsource/prepare/teams-store-validation-guidelines */
const MAX_ACTIONS = 6;

const openUrl = ({ title, url }: Link): TeamsElement => ({ type: 'Action.OpenUrl', title, url });

/** A file that found no room among the buttons. */
const linkLine = ({ title, url }: Link): TeamsElement => ({
  type: 'TextBlock',
  text: `[${escapeMarkdown(title).replace(/[[\]]/g, '\\$&')}](${url})`,
  wrap: true,
});

const line = (text: string): TeamsElement => teamsElement({ type: 'TextBlock', text, wrap: true });

/** Markdown is read in text blocks and facts alone; titles, labels and choices are plain already. */
function teamsElements(element: Element, resets: Resets): readonly TeamsElement[] {
  switch (element.type) {
    case 'Container':
      return [teamsContainer(element, resets)];
    case 'Input.Text':
    case 'Input.Number':
    case 'Input.Toggle':
    case 'Input.ChoiceSet':
      return teamsInput(element, resets);
    default:
      return [teamsElement(element)];
  }
}

function teamsElement(element: Exclude<Element, Container | Input>): TeamsElement {
  switch (element.type) {
    case 'TextBlock':
      return { ...element, text: escapeMarkdown(element.text) };
    case 'FactSet':
      return { ...element, facts: element.facts.map(({ title, value }) => quoteFact(title, value)) };
    case 'Table':
      return teamsTable(element);
    case 'ColumnSet':
      return { ...element, columns: element.columns.map(teamsColumn) };
    // Known to Teams alone; whoever does not know them shows the fallback. Source: https://adaptivecards.microsoft.com
    case 'ProgressBar':
      return { ...element, ...capitalColor(element), fallback: teamsElement(element.fallback) };
    case 'Badge':
      return { ...element, style: capital(element.style), fallback: teamsElement(element.fallback) };
    case 'Chart.VerticalBar.Grouped':
      return { ...element, fallback: teamsElement(element.fallback) };
  }
}

/** Teams shows every table as one. */
const teamsTable = ({ list: _, rows, ...table }: Table): TeamsElement => ({
  ...table,
  rows: rows.map((row) => ({ ...row, cells: row.cells.map(teamsCell) })),
});

/** Teams has no picture of its own for work under way: the items tell all of it. */
const teamsContainer = ({ plan: _, ...container }: Container, resets: Resets): TeamsElement => ({
  ...container,
  items: container.items.flatMap((element) => teamsElements(element, resets)),
});

const quoteFact = (title: string, value: string) => ({
  title: escapeMarkdown(title),
  value: escapeMarkdown(value),
});
const teamsCell = (cell: TableCell) => ({ ...cell, items: cell.items.map(teamsElement) });
const teamsColumn = (column: Column) => ({ ...column, items: column.items.map(teamsElement) });

/** The values of the newer elements are written with a capital. */
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const capitalColor = ({ color }: ProgressBar) => (color === undefined ? {} : { color: capital(color) });

const teamsAction = (action: Action): TeamsElement =>
  action.type === 'Action.OpenUrl' ? action : executed(action);

/** Teams has no question before a button is pressed. */
function executed({ confirm: _, opens, ...action }: Execute): TeamsElement {
  return opens === 'form' ? opening(action) : { ...action, fallback: submitInstead(action) };
}

/**
 * Action.Execute opens no dialog.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots#bot-framework-card-actions-vs-adaptive-card-actionsubmit-actions
 */
function opening(action: Execute): TeamsElement {
  const { verb, data, type: _, ...look } = action;
  return { ...look, type: 'Action.Submit', data: { ...data, verb, msteams: { type: 'task/fetch' } } };
}

/** Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards#backward-compatibility */
function submitInstead({ verb, data, type: _, ...look }: Execute): TeamsElement {
  return { ...look, type: 'Action.Submit', data: { ...data, verb } };
}
