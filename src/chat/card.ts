/**
 * The Adaptive Card elements the bot uses: a part of schema 1.5 that every edge can show. All text is
 * plain text. `ProgressBar`, `Badge` and the chart are elements of Teams and carry a fallback of 1.5.
 * Source: https://adaptivecards.io/explorer
 */
export type Color = 'default' | 'dark' | 'light' | 'accent' | 'good' | 'warning' | 'attention';
export type Spacing = 'none' | 'small' | 'default' | 'medium' | 'large';

type Common = {
  readonly id?: string;
  readonly spacing?: Spacing;
  readonly separator?: boolean;
};

export type TextBlock = Common & {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly size?: 'small' | 'default' | 'medium' | 'large' | 'extraLarge';
  readonly weight?: 'lighter' | 'default' | 'bolder';
  readonly color?: Color;
  readonly isSubtle?: boolean;
  readonly wrap: true;
  readonly horizontalAlignment?: 'left' | 'center' | 'right';
  readonly style?: 'default' | 'heading' | 'columnHeader';
};

export type FactSet = Common & {
  readonly type: 'FactSet';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
};

export type TableCell = { readonly type: 'TableCell'; readonly items: readonly TextBlock[] };
export type Table = Common & {
  readonly type: 'Table';
  readonly columns: readonly {
    readonly width: number;
    readonly horizontalCellContentAlignment?: 'left' | 'center' | 'right';
  }[];
  readonly rows: readonly { readonly type: 'TableRow'; readonly cells: readonly TableCell[] }[];
  readonly firstRowAsHeader: true;
  readonly showGridLines: boolean;
  readonly gridStyle: 'default' | 'emphasis';
  /** What is typed, and what it does, under the title of the first column: a platform may show it as a list. */
  readonly list?: 'commands';
};

export type Container = Common & {
  readonly type: 'Container';
  readonly style?: 'default' | 'emphasis' | 'good' | 'attention' | 'warning' | 'accent';
  readonly items: readonly Element[];
  /** What the items tell, as steps: a platform that draws work under way itself shows this in their place. */
  readonly plan?: Plan;
};

/** Work under way. */
export type Plan = {
  /** How far it is, in a few words. */
  readonly title: string;
  readonly steps: readonly {
    readonly title: string;
    readonly state: 'waiting' | 'running' | 'done' | 'failed';
    /** A sentence about it. */
    readonly says?: string;
  }[];
};

export type Column = {
  readonly type: 'Column';
  readonly width: 'auto' | 'stretch';
  readonly verticalContentAlignment?: 'top' | 'center' | 'bottom';
  readonly items: readonly (TextBlock | Badge)[];
};
export type ColumnSet = Common & { readonly type: 'ColumnSet'; readonly columns: readonly Column[] };

export type ProgressBar = Common & {
  readonly type: 'ProgressBar';
  /** Between 0 and `max`. */
  readonly value: number;
  readonly max: number;
  readonly color?: 'accent' | 'good' | 'warning' | 'attention';
  readonly fallback: TextBlock;
};

export type Badge = Common & {
  readonly type: 'Badge';
  readonly text: string;
  readonly style: 'default' | 'subtle' | 'informative' | 'accent' | 'good' | 'attention' | 'warning';
  readonly fallback: TextBlock;
};

/**
 * Bars side by side: for each label one bar of each series. Every series has a value for each label, in the same order.
 * There is no `requires`: no capability is named for charts, and a client that does not know the element shows `fallback`.
 * Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
 */
export type Chart = Common & {
  readonly type: 'Chart.VerticalBar.Grouped';
  readonly title: string;
  readonly xAxisTitle: string;
  readonly yAxisTitle: string;
  readonly data: readonly {
    readonly legend: string;
    readonly color: 'neutral' | 'categoricalBlue';
    readonly values: readonly { readonly x: string; readonly y: number }[];
  }[];
  /** All that the picture tells, in words: it is also what is read out in its place. */
  readonly fallback: TextBlock;
};

type InputCommon = {
  readonly id: string;
  readonly label: string;
  readonly spacing?: Spacing;
  /** What hands it in can do nothing without it: a platform may say so by itself. Other buttons may be pressed all the same. */
  readonly required?: true;
};
export type InputText = InputCommon & {
  readonly type: 'Input.Text';
  readonly value?: string;
  readonly placeholder?: string;
  readonly isMultiline?: boolean;
  readonly maxLength?: number;
  readonly style?: 'text' | 'email' | 'tel' | 'url';
  /**
   * It names somebody who talks to the bot: a platform may have them chosen among those who are there. What is handed in is an
   * e-mail address, or `UNNAMED`.
   */
  readonly person?: true;
};
/** Is handed in for somebody who was chosen, where the platform does not say their e-mail address. */
export const UNNAMED = 'person:unnamed';
export type InputNumber = InputCommon & {
  readonly type: 'Input.Number';
  /** What was typed comes back as it was, also where it is not a number; then the form shows it in the error. */
  readonly value?: number;
  readonly min?: number;
  readonly max?: number;
  readonly placeholder?: string;
};
export type Choice = {
  readonly title: string;
  readonly value: string;
  /** Short, and means the same where it is handed in: for platforms whose choices can not carry every value. */
  readonly key?: string;
};
/** What is searched while somebody types: users and who may become one, or those there are alone; of services all with units, those with free ones, or those that users have; orders; customers. */
export const DATASETS = [
  'users',
  'known-users',
  'services',
  'free-services',
  'used-services',
  'orders',
  'customers',
] as const;
export type Dataset = (typeof DATASETS)[number];
export const isDataset = (name: unknown): name is Dataset => DATASETS.some((one) => one === name);
/** Within what a search can stay: `user`, of services with units of this user alone. */
export const BOUNDS = ['user'] as const;
export type Within = Readonly<Partial<Record<(typeof BOUNDS)[number], string>>>;
export type DataQuery = {
  readonly type: 'Data.Query';
  readonly dataset: Dataset;
  /** The ids of the inputs that say within what; where one of them changes, what was chosen here is to be chosen anew. */
  readonly within?: Within;
  /** The customer that the card is about: none of another one's are found. */
  readonly customer?: number;
};
export type InputChoiceSet = InputCommon & {
  readonly type: 'Input.ChoiceSet';
  readonly choices: readonly Choice[];
  /** The choices are those at hand; more are found while one types. Source: https://adaptivecards.io/explorer/Data.Query.html */
  readonly 'choices.data'?: DataQuery;
  readonly value?: string;
  readonly style?: 'compact' | 'expanded';
  readonly placeholder?: string;
};
export type InputToggle = InputCommon & {
  readonly type: 'Input.Toggle';
  readonly title: string;
  readonly value?: 'true' | 'false';
};
export type Input = InputText | InputNumber | InputChoiceSet | InputToggle;

export type Element =
  | TextBlock
  | FactSet
  | Table
  | Container
  | ColumnSet
  | ProgressBar
  | Badge
  | Chart
  | Input;

/** A button that the bot answers. `data` is sent back by the client, so nothing in it is a secret or a proof. */
export type Execute = {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
  readonly style?: 'default' | 'positive' | 'destructive';
  /** Where the platform can ask before the button is sent, it asks this. Nothing may rest on its having been asked. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
  /** `none`: pressing it sends no inputs and asks for none. */
  readonly associatedInputs?: 'auto' | 'none';
  /** What it brings is filled in: a platform may open it beside the conversation. */
  readonly opens?: 'form';
};
export type OpenUrl = { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string };
export type Action = Execute | OpenUrl;

export type Card = {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly Element[];
  /** At most six: Teams shows no more. */
  readonly actions?: readonly Action[];
  /**
   * What shows the card as it is now, to the one who looks at it: for cards that go out of date, or that say different things to
   * different people. Like the data of a button it is no secret and no proof.
   */
  readonly refresh?: Pick<Execute, 'verb' | 'data'> & {
    /**
     * A platform asks for it by itself, for everybody who looks: only for what says different things to different people. What
     * the bot keeps up to date itself would be asked for by all of them at each change.
     */
    readonly automatic?: true;
  };
};

/** What is handed in carries a mark; a list from which one opens something is no form. */
export const isForm = ({ actions = [] }: Card): boolean =>
  actions.some((action) => action.type === 'Action.Execute' && 'once' in action.data);
