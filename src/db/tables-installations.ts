/** The tables of where the bot was installed by people of a workspace. */
export type InstallationTables = {
  installations: {
    workspace: string;
    name: string;
    enterprise: string | null;
    bot_user: string;
    bot: string;
    installed_by: string;
    /** Sealed. */
    access: string;
    installed_at: Date;
    version: string;
    renewing_until: Date | null;
  };
  /** What somebody who installs the bot was given to come back with, and came back with. */
  installation_states: { id: string; until: Date };
};
