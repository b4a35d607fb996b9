/**
 * How cards look. Every colour is a token of the page, so a card follows the theme without being
 * rendered again. The tokens are in tokens.css.
 */

/** @param {string} name */
const ink = (name) => ({ default: `var(--${name})`, subtle: `var(--${name})` });

const foregroundColors = {
  default: { default: 'var(--ink)', subtle: 'var(--muted)' },
  dark: ink('ink'),
  light: ink('muted'),
  accent: ink('accent'),
  good: ink('good'),
  warning: ink('warning'),
  attention: ink('attention'),
};

/** @param {string} background */
const style = (background) => ({ backgroundColor: `var(--${background})`, foregroundColors });

export const hostConfig = {
  fontFamily: 'inherit',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 25, extraLarge: 32 },
  spacing: { small: 4, default: 12, medium: 18, large: 26, extraLarge: 32, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  supportsInteractivity: true,
  containerStyles: {
    default: style('surface'),
    emphasis: style('sunken'),
    accent: style('accent-soft'),
    good: style('good-soft'),
    warning: style('warning-soft'),
    attention: style('attention-soft'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { size: 'small', color: 'attention', weight: 'default' },
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    // The page wraps buttons with a gap of its own.
    buttonSpacing: 0,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { isSubtle: true, weight: 'default', wrap: true, maxWidth: 200 },
    value: { weight: 'default', wrap: true },
    spacing: 6,
  },
  textStyles: {
    heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
    columnHeader: { size: 'small', weight: 'bolder', color: 'default', isSubtle: true },
  },
  textBlock: { headingLevel: 3 },
};
