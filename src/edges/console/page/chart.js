/**
 * The chart of a card: for each label a bar of each series, one below the other, so that labels have room on a phone.
 * The numbers stand beside the bars, the first series is hollow and the next one solid, so that no colour is needed to tell them apart, and nothing moves.
 */
import { h } from './dom.js';

const LABEL = 20;
const BAR = 16;
const GAP = 10;
/** The part of the width that bars take; the rest is for the number after the longest. */
const ROOM = 76;
const LONGEST_LABEL = 40;

const numbers = new Intl.NumberFormat('en-GB');

/** @param {{title?: string, data?: {legend: string, values: {x: string, y: number}[]}[], fallback?: {text?: string}}} chart */
export function drawBars({ title = '', data = [], fallback }) {
  const labels = (data[0]?.values ?? []).map(({ x }) => String(x));
  const most = Math.max(1, ...data.flatMap(({ values }) => values.map(({ y }) => Number(y) || 0)));
  const group = LABEL + data.length * BAR + GAP;
  const bars = svg('svg', { width: `${ROOM}%`, height: '100%', overflow: 'visible' });
  for (const [at, label] of labels.entries()) {
    bars.append(svg('text', { class: 'chart-label', x: 0, y: at * group + 14 }, shortened(label)));
    for (const [series, { values }] of data.entries()) {
      const y = at * group + LABEL + series * BAR;
      bars.append(...bar({ value: Number(values[at]?.y) || 0, most, y, series }));
    }
  }
  const picture = svg(
    'svg',
    {
      class: 'chart-picture',
      role: 'img',
      'aria-label': fallback?.text ?? title,
      width: '100%',
      height: Math.max(0, labels.length * group - GAP),
    },
    bars,
  );
  return h(
    'figure',
    { class: 'chart', 'data-testid': 'chart' },
    h('figcaption', {}, title),
    legend(data),
    picture,
  );
}

function bar({ value, most, y, series }) {
  const share = `${((100 * Math.max(0, value)) / most).toFixed(2)}%`;
  const shape = { class: fillOf(series), x: 0, y: y + 1.5, width: share, height: BAR - 3, rx: 2 };
  const number = svg('text', { class: 'chart-number', x: share, dx: 6, y: y + 12 }, numbers.format(value));
  return [svg('rect', shape), number];
}

function legend(data) {
  const entry = ({ legend: name }, series) =>
    h('li', {}, h('span', { class: `chart-key ${fillOf(series)}` }), String(name));
  return h('ul', { class: 'chart-legend', 'aria-hidden': 'true' }, ...data.map(entry));
}

const fillOf = (series) => (series % 2 === 0 ? 'chart-hollow' : 'chart-solid');

function shortened(label) {
  const letters = [...label];
  return letters.length > LONGEST_LABEL ? `${letters.slice(0, LONGEST_LABEL - 1).join('')}…` : label;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number | undefined>} attributes
 * @param {...(Node | string)} children
 */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children);
  return element;
}
