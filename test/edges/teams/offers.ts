/** Files offered in a personal chat, and how Teams tells what became of the offer. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { OutFile, Reply } from '../../../src/chat/reply.ts';
import type { TeamsOptions } from '../../../src/edges/teams/index.ts';
import { openOneDrive } from './onedrive.ts';
import { openTalk, reply } from './talk.ts';

export const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
export const INFO = 'application/vnd.microsoft.teams.card.file.info';
export const BYTES = Buffer.from('alice@contoso.example,2,done');
export const result: OutFile = { id: 'f1', name: 'job-7-result.xlsx', again: 'job 7 report' };
export const retry: OutFile = { id: 'f2', name: 'job-7-retry.xlsx', again: 'job 7 report' };
export const done = (...files: OutFile[]): Reply => reply({ text: 'Job 7 is done.\nAll of it.', files });

export type Opened = Awaited<ReturnType<typeof openOffers>>;
export type Context = { offer: string; seal: string };
export type Attachment = {
  contentType: string;
  contentUrl?: string;
  name?: string;
  content: { acceptContext: Context; declineContext: Context } & Record<string, unknown>;
};

export const seal = (text: string) => createHmac('sha256', 'secret').update(text).digest('base64url');
export const kept = new Map(
  [result, retry].map(({ id, name }) => [id, { name, contentType: 'application/x', bytes: BYTES }]),
);

export async function openOffers(t: TestContext, options: Partial<TeamsOptions> = {}) {
  const drive = await openOneDrive(t);
  const talk = await openTalk(t, { consent: { openFile: async (id) => kept.get(id), seal }, ...options });
  const { connector } = talk;
  const attachments = () =>
    connector.messages().flatMap(({ body }) => (body.attachments ?? []) as Attachment[]);
  return {
    talk,
    drive,
    texts: () => connector.messages().map(({ body }) => body.text ?? body.summary),
    cards: () => attachments().filter(({ contentType }) => contentType === CONSENT),
    infos: () => attachments().filter(({ contentType }) => contentType === INFO),
    removed: () => connector.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path),
  };
}

/** The bot answers in the personal chat with these files; gives the consent cards, and forgets how they came. */
export async function offered(at: Opened, ...files: OutFile[]): Promise<Context[]> {
  at.talk.bot((_, respond) => respond(done(...files)));
  await at.talk.send({ text: 'job 7 report' });
  const contexts = at.cards().map(({ content }) => content.acceptContext);
  at.talk.connector.calls.length = 0;
  return contexts;
}

/** Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4#invoke-activity-when-the-user-accepts-the-file */
export const accepted = (context: unknown, uploadUrl: unknown, more: object = {}) => ({
  type: 'invoke',
  id: 'f:consent-1',
  name: 'fileConsent/invoke',
  replyToId: '1650',
  value: {
    type: 'fileUpload',
    action: 'accept',
    context,
    uploadInfo: {
      contentUrl: 'http://127.0.0.1:9/personal/alice/Documents/Applications/job-7-result%201.xlsx',
      name: 'job-7-result 1.xlsx',
      uploadUrl,
      uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C',
      fileType: 'xlsx',
      ...more,
    },
  },
});
export const declined = (context: unknown) => ({
  ...accepted(context, ''),
  value: { type: 'fileUpload', action: 'decline', context },
});

/** Answers a card, and waits for what the bot makes of it after Teams has its own answer. */
export async function answer(at: Opened, activity: object) {
  assert.deepEqual(await at.talk.send(activity), { status: 200, body: undefined });
  await at.talk.settled();
}
