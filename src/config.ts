// The environment becomes one frozen configuration; nobody else reads process.env.
import cron from 'node-cron';
import { z } from 'zod';
import { missingOfSlack, type SlackConfig, slackOf } from './config-slack.ts';
import { missingOfTeams, type TeamsConfig, teamsOf } from './config-teams.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

const empty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = z.preprocess(empty, z.string().trim().optional());
const url = (protocols: RegExp, example: string) =>
  z.preprocess(empty, z.url({ protocol: protocols, error: `is not an address like ${example}` }).optional());
/** Rows that are done in one transaction. The embedded database has one connection: nobody shall wait long for it. */
const BATCH_ROWS = { embedded: 250, postgres: 1000 };

const number = (least: number, most: number, example: number) =>
  z.coerce
    .number({ error: `is not a whole number, for example ${example}` })
    .int({ error: `is not a whole number, for example ${example}` })
    .min(least, { error: `is less than ${least}, for example ${example}` })
    .max(most, { error: `is more than ${most}, for example ${example}` });

const whole = (least: number, most: number, fallback: number) =>
  z.preprocess(empty, number(least, most, fallback).default(fallback));

const isTimezone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const settings = z.object({
  PORT: whole(0, 65_535, 3978),
  HOST: text,
  PUBLIC_URL: url(/^https?$/, 'https://bot.example.com'),
  DATA_DIR: text.pipe(z.string().default('./data')),
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/quartermaster'),
  DEMO: z.preprocess(empty, z.enum(['0', '1'], { error: 'is neither 0 nor 1, for example 0' }).optional()),
  ADMINS: text.pipe(z.string().default('')),
  ORDER_PREFIX: text.pipe(
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z-]{0,19}$/, 'is not 1 to 20 letters, for example HAMARACLOUD')
      .default('HAMARACLOUD'),
  ),
  BULK_BATCH_ROWS: z.preprocess(empty, number(1, 10_000, BATCH_ROWS.postgres).optional()),
  BULK_MAX_FILE_MB: whole(1, 100, 25),
  APPROVAL_HOURS: whole(1, 720, 72),
  LEDGER_SECONDS: whole(0, 3600, 2),
  LEDGER_FAIL: text,
  RECONCILE_CRON: text.pipe(
    z
      .string()
      .refine((expression) => cron.validate(expression), 'is not a cron expression, for example 0 6 25 * *')
      .default('0 6 25 * *'),
  ),
  RECONCILE_TIMEZONE: text.pipe(
    z.string().refine(isTimezone, 'is not a time zone, for example Europe/Stockholm').default('UTC'),
  ),
  LOG_LEVEL: z.preprocess(
    empty,
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is not one of fatal, error, warn, info, debug, trace, silent',
      })
      .optional(),
  ),
  MicrosoftAppId: text,
  MicrosoftAppPassword: text,
  MicrosoftAppTenantId: text,
  MicrosoftAppType: z.preprocess(
    empty,
    z
      .enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI'], {
        error: 'is not one of SingleTenant, MultiTenant, UserAssignedMSI',
      })
      .default('SingleTenant'),
  ),
  CertificateThumbprint: text,
  CertificatePrivateKey: text,
  TEAMS_TENANTS: text.pipe(z.string().default('')),
  TEAMS_GRAPH_FILES: z.preprocess(
    empty,
    z.enum(['0', '1'], { error: 'is neither 0 nor 1, for example 0' }).default('0'),
  ),
  SLACK_BOT_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: text,
  SLACK_API_URL: url(/^https?$/, 'http://127.0.0.1:4003/api/'),
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_WORKSPACES: text.pipe(z.string().default('')),
  SECRET_KEY: text.pipe(z.string().default('')),
  SMTP_URL: url(/^smtps?$/, 'smtp://user:password@mail.example.com:587'),
});

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Puts demo data into an empty database; by default in local mode only. */
  readonly demo: boolean;
  /** E-mail addresses of the first provider admins. */
  readonly admins: readonly string[];
  readonly orderPrefix: string;
  readonly bulkBatchRows: number;
  readonly bulkMaxFileMb: number;
  /** How long an order waits for its approval. */
  readonly approvalHours: number;
  /** How long the built-in provider takes for what it is asked. */
  readonly ledgerSeconds: number;
  /** What the built-in provider refuses, and why: `subscription: e-mail address invalid for the customer`. */
  readonly ledgerFail: string | undefined;
  readonly reconcileCron: string;
  readonly reconcileTimezone: string;
  readonly logLevel: string;
  readonly smtpUrl: string | undefined;
  readonly mail: boolean;
  /** No platform vouches for anybody: the console is open, and only this machine can reach it. */
  readonly local: boolean;
  readonly teams: TeamsConfig | undefined;
  readonly slack: SlackConfig | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Values = z.infer<typeof settings>;

/** Reads the configuration, or says what is wrong with it: one line a setting. */
export function readConfig(environment: Environment): Config | { readonly problems: readonly string[] } {
  const { values, wrong } = parse(environment);
  const problems = [
    ...wrong,
    ...missingOfTeams(values),
    ...missingOfSlack(values),
    ...badAdmins(values.ADMINS),
    ...exposed(values),
  ];
  return problems.length > 0 ? { problems } : Object.freeze(configOf(values));
}

/** What is right, with what is wrong left out and told. */
function parse(environment: Environment): { values: Values; wrong: string[] } {
  const parsed = settings.safeParse(environment);
  if (parsed.success) return { values: parsed.data, wrong: [] };
  const lines = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const others = Object.entries(environment).filter(([name]) => !lines.has(name));
  return {
    values: settings.parse(Object.fromEntries(others)),
    wrong: [...lines].map(([name, message]) => `${name} ${message}${shown(name, environment)}.`),
  };
}

/** What may hold a password is not shown. */
function shown(name: string, environment: Environment): string {
  const value = environment[name] ?? '';
  const isSecret = /_URL$|TOKEN|SECRET|Password|PrivateKey/.test(name) && name !== 'PUBLIC_URL';
  return isSecret || value.includes('@') ? '' : ` (it is "${value}")`;
}

function badAdmins(admins: string): string[] {
  const bad = listOf(admins).filter((one) => !/^[^\s@]+@[^\s@]+$/.test(one));
  return bad.map(
    (one) => `ADMINS has "${one}", which is not an e-mail address, for example ada@example.com.`,
  );
}

/** Without credentials anybody who can reach the bot is an admin, so only this machine may reach it. */
function exposed(values: Values): string[] {
  if (!isLocal(values) || values.HOST === undefined || LOOPBACK.has(values.HOST)) return [];
  return [
    `HOST is "${values.HOST}", but without Teams or Slack credentials the bot listens on this machine only: leave it out, or use 127.0.0.1.`,
  ];
}

function isLocal(values: Values): boolean {
  const testSlack =
    values.SLACK_API_URL !== undefined && LOOPBACK.has(new URL(values.SLACK_API_URL).hostname);
  const slack = values.SLACK_BOT_TOKEN ?? values.SLACK_CLIENT_ID;
  return !values.MicrosoftAppId && (!slack || testSlack);
}

const listOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((one) => one.toLowerCase())
    .filter((one) => one !== '');

function configOf(values: Values): Config {
  const local = isLocal(values);
  return {
    port: values.PORT,
    host: values.HOST ?? (local ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    demo: values.DEMO === undefined ? local : values.DEMO === '1',
    admins: listOf(values.ADMINS),
    orderPrefix: values.ORDER_PREFIX.toUpperCase(),
    bulkBatchRows:
      values.BULK_BATCH_ROWS ?? BATCH_ROWS[values.DATABASE_URL === undefined ? 'embedded' : 'postgres'],
    bulkMaxFileMb: values.BULK_MAX_FILE_MB,
    approvalHours: values.APPROVAL_HOURS,
    ledgerSeconds: values.LEDGER_SECONDS,
    ledgerFail: values.LEDGER_FAIL,
    reconcileCron: values.RECONCILE_CRON,
    reconcileTimezone: values.RECONCILE_TIMEZONE,
    logLevel: values.LOG_LEVEL ?? (local ? 'warn' : 'info'),
    smtpUrl: values.SMTP_URL,
    mail: values.SMTP_URL !== undefined,
    local,
    teams: teamsOf(values),
    slack: slackOf(values),
  };
}
