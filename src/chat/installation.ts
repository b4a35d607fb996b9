/** The token of the bot in one workspace. */
export type Access = {
  readonly token: string;
  /** Where the token expires: what brings the next one, once. */
  readonly renewal?: { readonly token: string; readonly expiresAt: Date };
};

/** The bot in one workspace of a platform, or in an organization of several, as the people there installed it. */
export type Installation = {
  /** The platform's id of the workspace or of the organization. */
  readonly workspace: string;
  readonly name: string;
  /** The organization that the workspace belongs to. */
  readonly enterprise?: string;
  /** The bot as a user there, and as a bot. */
  readonly botUser: string;
  readonly bot: string;
  /** The platform's id of the person who installed it. */
  readonly installedBy: string;
  readonly access: Access;
};

/** `version` is another one whenever the token is; there is no `access` where no key opens it. */
export type Installed = Omit<Installation, 'access'> & {
  readonly access: Access | undefined;
  readonly version: string;
  /** It is sealed with a key that is to be done without. */
  readonly hasOlderKey?: true;
};

/** Where the bot is installed. Tokens are sealed where they are kept. */
export type Installations = {
  find(workspace: string): Promise<Installed | undefined>;
  all(): Promise<readonly Installed[]>;
  /** Instead of what there was. */
  save(installation: Installation): Promise<void>;
  /** Does nothing where it was installed once more since that version. */
  forget(installed: Installed): Promise<boolean>;
  /** True for one caller at a time, of all copies of the bot: that one gets the next token and keeps it, or gives up. */
  beginRenewal(installed: Installed): Promise<boolean>;
  /** False where it was installed once more meanwhile. */
  renewed(installed: Installed, access: Access): Promise<boolean>;
  endRenewal(installed: Installed): Promise<void>;
  /** Whether this is the first time that the id is spent. It is remembered until then. */
  spend(id: string, until: Date): Promise<boolean>;
};
