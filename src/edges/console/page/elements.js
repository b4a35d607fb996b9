/** What we teach the card library: three elements of Teams, and that text is text. */
import { drawBars } from './chart.js';
import { SearchInput } from './typeahead.js';

const AC = globalThis.AdaptiveCards;

/** A bar that moves to its new value where the card is shown again. */
class ProgressBar extends AC.CardElement {
  getJsonTypeName() {
    return 'ProgressBar';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    const { value, max, color = 'accent', fallback } = this.source;
    const percent = max > 0 ? Math.min(100, Math.max(0, (100 * value) / max)) : 0;
    const track = document.createElement('div');
    track.className = 'progress';
    track.dataset.color = color;
    track.dataset.percent = String(percent);
    track.setAttribute('role', 'progressbar');
    track.setAttribute('aria-valuemin', '0');
    track.setAttribute('aria-valuemax', String(max));
    track.setAttribute('aria-valuenow', String(value));
    track.setAttribute('aria-label', fallback?.text ?? 'Progress');
    const bar = document.createElement('div');
    bar.className = 'progress-bar';
    bar.style.width = `${percent}%`;
    track.append(bar);
    return track;
  }
}

class Badge extends AC.CardElement {
  getJsonTypeName() {
    return 'Badge';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    const row = document.createElement('div');
    const pill = document.createElement('span');
    pill.className = 'badge';
    pill.dataset.style = String(this.source.style ?? 'default').toLowerCase();
    pill.textContent = String(this.source.text ?? '');
    row.append(pill);
    return row;
  }
}

class Chart extends AC.CardElement {
  getJsonTypeName() {
    return 'Chart.VerticalBar.Grouped';
  }

  internalParse(source, context) {
    super.internalParse(source, context);
    this.source = source;
  }

  internalRender() {
    return drawBars(this.source);
  }
}

/** A button that may ask before it is sent. */
export class Execute extends AC.ExecuteAction {
  internalParse(source, context) {
    super.internalParse(source, context);
    this.question = source.confirm;
  }
}

/** Text is plain text here: no markdown, and no `{{DATE(…)}}` either. */
function showTextAsItIs() {
  AC.AdaptiveCard.onProcessMarkdown = (_text, result) => {
    result.didProcess = false;
  };
  for (const { prototype } of [AC.TextBlock, AC.TextRun]) {
    const render = prototype.internalRender;
    prototype.internalRender = function internalRender() {
      const element = render.call(this);
      if (element) {
        element.textContent = this.text;
      }
      return element;
    };
  }
}

/**
 * The bot checks every value and says what is wrong beside the field, with what was typed. The library
 * would refuse in silence instead, an empty optional number included.
 */
function leaveCheckingToTheBot() {
  for (const input of [AC.TextInput, AC.NumberInput, AC.ChoiceSetInput]) {
    input.prototype.isValid = () => true;
  }
}

export function teachElements() {
  AC.GlobalSettings.setTabIndexAtCardRoot = false;
  AC.GlobalSettings.useAdvancedTextBlockTruncation = false;
  AC.GlobalRegistry.elements.register('ProgressBar', ProgressBar);
  AC.GlobalRegistry.elements.register('Badge', Badge);
  AC.GlobalRegistry.elements.register(SearchInput.NAME, SearchInput);
  AC.GlobalRegistry.actions.register('Action.Execute', Execute);
  AC.GlobalRegistry.elements.register('Chart.VerticalBar.Grouped', Chart);
  showTextAsItIs();
  leaveCheckingToTheBot();
}
