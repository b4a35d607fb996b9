import { z } from 'zod';

/*
 * What Slack takes for an app manifest: the rules of its published schema for the parts that we use, in our own words, and
 * what it says besides. Stricter than Slack in one thing: a key that is not here is refused, be it one of Slack's.
 * Sources: https://github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json (read 2026-11, of 2026-07-21);
 * https://docs.slack.dev/reference/app-manifest; https://docs.slack.dev/reference/methods/apps.manifest.validate, errors
 */

const words = (most: number, least = 1) => z.string().min(least).max(most);
/** Slack takes http as well; nobody should. */
const address = (most: number) =>
  z
    .url({ protocol: /^https$/ })
    .max(most)
    .refine((url) => !/[\s"<>]/.test(url));
const distinct = <Item extends z.ZodType>(item: Item, most: number, least = 0) =>
  z
    .array(item)
    .min(least)
    .max(most)
    .refine((items) => new Set(items).size === items.length, 'Named twice');

const shortcut = z.strictObject({
  name: words(24),
  type: z.enum(['message', 'global']),
  callback_id: words(255),
  description: words(150),
});

const slashCommand = z.strictObject({
  command: words(32, 2).regex(/^\/[^\s/]+$/),
  url: address(3_000).optional(),
  description: words(2_000),
  usage_hint: words(1_000).optional(),
  should_escape: z.boolean().optional(),
});

const features = z.strictObject({
  app_home: z.strictObject({
    home_tab_enabled: z.boolean(),
    messages_tab_enabled: z.boolean(),
    messages_tab_read_only_enabled: z.boolean(),
  }),
  bot_user: z.strictObject({ display_name: words(80), always_online: z.boolean() }),
  shortcuts: z.array(shortcut).min(1).max(10),
  slash_commands: z.array(slashCommand).min(1).max(50),
  unfurl_domains: distinct(
    z
      .string()
      .max(255)
      .regex(/^(?![.-])[-a-z0-9.]+[a-z0-9]$/),
    5,
    1,
  ).optional(),
});

const scopes = () => distinct(z.string().max(50), 255);

const oauth = z.strictObject({
  redirect_urls: distinct(address(2_500), 1_000).optional(),
  scopes: z.strictObject({ bot: scopes(), bot_optional: scopes() }),
});

const settings = z.strictObject({
  event_subscriptions: z.strictObject({
    request_url: address(3_500).optional(),
    bot_events: distinct(z.string().max(50), 100),
  }),
  interactivity: z.strictObject({
    is_enabled: z.boolean(),
    request_url: address(3_500).optional(),
    message_menu_options_url: address(3_500).optional(),
  }),
  org_deploy_enabled: z.boolean(),
  socket_mode_enabled: z.boolean(),
  token_rotation_enabled: z.boolean(),
});

/** What one part asks of another. */
function together({ features: { slash_commands, unfurl_domains }, oauth_config, settings: asked }: Shape) {
  const { event_subscriptions, interactivity, socket_mode_enabled } = asked;
  const { bot, bot_optional } = oauth_config.scopes;
  const isReached = (url: string | undefined) => socket_mode_enabled || url !== undefined;
  const wrong: [boolean, string][] = [
    [
      !isReached(event_subscriptions.request_url),
      'Event Subscription requires either Request URL or Socket Mode',
    ],
    [!isReached(interactivity.request_url), 'Interactivity requires a Request URL'],
    [!slash_commands.every(({ url }) => isReached(url)), 'A slash command requires a URL'],
    [!bot_optional.every((scope) => bot.includes(scope)), 'What is optional is asked for as well'],
    [
      event_subscriptions.bot_events.includes('link_shared') && unfurl_domains === undefined,
      'Links of which domains?',
    ],
  ];
  return wrong.flatMap(([is, says]) => (is ? [says] : []));
}

const shape = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: words(35),
    description: words(140),
    long_description: words(4_000, 175),
    background_color: z.string().regex(/^#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?$/),
  }),
  features,
  oauth_config: oauth,
  settings,
});
type Shape = z.infer<typeof shape>;

/** What Slack would say against a manifest; empty where it takes it. */
export function wrongWith(manifest: unknown): readonly string[] {
  const read = shape.safeParse(manifest);
  if (read.success) return together(read.data);
  return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
