import type { ServerResponse } from 'node:http';

/** The HTTP answer to one request of Teams. Only the first one counts. */
export type Answer = {
  readonly given: boolean;
  end(status: number): void;
  /** What Teams shows to the person who pressed, beside the card. */
  note(text: string): void;
  /** What the person who pressed sees in place of the card. */
  card(card: unknown): void;
  /** The press was not understood. */
  refuse(reason: string): void;
  /** For what has an answer of its own shape. */
  body(value: object): void;
};

/** Source: https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
const NOTE = 'application/vnd.microsoft.activity.message';
const CARD = 'application/vnd.microsoft.card.adaptive';
const ERROR = 'application/vnd.microsoft.error';

export function answerTo(response: ServerResponse): Answer {
  const state = { given: false };
  const give = (status: number, body?: object) => {
    if (state.given) return;
    state.given = true;
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  };
  const invoke = (statusCode: number, type: string, value: unknown) => give(200, { statusCode, type, value });
  return {
    get given() {
      return state.given;
    },
    end: (status) => give(status),
    note: (text) => invoke(200, NOTE, text),
    card: (card) => invoke(200, CARD, card),
    body: (value) => give(200, value),
    refuse: (reason) => invoke(400, ERROR, { code: 'BadRequest', message: reason }),
  };
}
