/** What a server of Slack other than that of the Web API answered other than yes: for files, or a `response_url`. */
export class HttpRefused extends Error {
  override name = 'HttpRefused';
  /** 0 where there was no answer. */
  readonly status: number;
  /** How long Slack asks to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { status, headers }: Pick<Response, 'status' | 'headers'>) {
    super(message);
    this.status = status;
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    this.retryAfterSeconds = status === 429 && Number.isFinite(seconds) ? seconds : undefined;
  }
}
