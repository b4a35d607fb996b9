/**
 * What a vendor can do. Every request that changes something carries a key: the same key again is the same request, and
 * gets the same answer, however often it is sent. That is what lets a step of an order be repeated after a crash.
 */
export type Answer<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The vendor is at it: ask again, with the same key, after this many milliseconds. */
  | { readonly kind: 'pending'; readonly afterMs: number }
  /** The vendor's own reason. The same key gets the same refusal; a request that was mended has a new key. */
  | { readonly kind: 'refused'; readonly reason: string };

export type AccountRequest = {
  readonly role: 'Reseller' | 'User';
  /** The e-mail address with which one signs in. */
  readonly userName: string;
  readonly company: string;
  /** Of a user: the account of its reseller. */
  readonly parentAccount?: string;
};
export type TenantRequest = {
  /** `contoso.onmicrosoft.com` */
  readonly domain: string;
  readonly company: string;
  /** The alternative address of the tenant's first administrator. */
  readonly contactEmail: string;
  /** The customer has the tenant already; it moves to this partner. */
  readonly isMigration: boolean;
};
export type SubscriptionRequest = {
  readonly sku: string;
  readonly quantity: number;
  readonly account?: string;
  readonly domain?: string;
  /** The account that may manage the subscription besides its owner. */
  readonly coAdministrator?: string;
  /** Of machines: what was configured. */
  readonly configuration?: unknown;
  /** Whom the vendor writes to about it. */
  readonly contactEmail?: string;
};
/** Whom a subscription is given to at the vendor. */
export type Assignment = { readonly userName: string; readonly units: number };
export type RefusedAssignment = { readonly userName: string; readonly reason: string };
/** A password is given out once, ever; after that only the name is known. */
export type Credentials = { readonly userName: string; readonly password?: string };

export type ProviderSubscription = {
  readonly subscription: string;
  readonly sku: string;
  readonly quantity: number;
  readonly status: 'active' | 'suspended' | 'deleted';
};

export type SubscriptionAsItIs = ProviderSubscription & {
  /** Of the tenant that it runs in, where it has one. */
  readonly domain: string | null;
  readonly assignments: readonly Assignment[];
};

export type Provider = {
  readonly name: string;
  /** An account that exists under this user name is found, not made again; then there is no password. */
  createAccount(
    key: string,
    request: AccountRequest,
  ): Promise<Answer<{ readonly account: string; readonly password?: string }>>;
  createTenant(key: string, request: TenantRequest): Promise<Answer<{ readonly adminUserName: string }>>;
  createSubscription(
    key: string,
    request: SubscriptionRequest,
  ): Promise<Answer<{ readonly subscription: string }>>;
  setQuantity(key: string, subscription: string, quantity: number): Promise<Answer<ProviderSubscription>>;
  setStatus(
    key: string,
    subscription: string,
    status: 'active' | 'suspended',
  ): Promise<Answer<ProviderSubscription>>;
  /** The first administrator of a tenant. */
  adminCredentials(key: string, domain: string): Promise<Answer<Credentials>>;
  /**
   * Gives users so many units of a subscription, whatever they had of it; 0 takes them all back. In this order, and user
   * by user: those that can't have theirs are named, the others get theirs.
   */
  assign(
    key: string,
    subscription: string,
    assignments: readonly Assignment[],
  ): Promise<Answer<{ readonly refused: readonly RefusedAssignment[] }>>;
  /** How a subscription stands at the vendor, and whom it is given to; nothing where the vendor knows none. */
  inspect(subscription: string): Promise<SubscriptionAsItIs | undefined>;
  /**
   * All subscriptions that are not deleted, a page at a time in the order of their names: those that come after `after`.
   * The last page is empty. Rejects with `ListRefused` where the vendor has a reason of its own.
   */
  list(after?: string): Promise<readonly SubscriptionAsItIs[]>;
};

/** The vendor gives no list, for a reason that it has for people to read. */
export class ListRefused extends Error {
  override name = 'ListRefused';
}

/** The providers by name. Throws where there is none of this name: a product names one that the bot was built with. */
export type Providers = (name: string) => Provider;

export type ProviderOptions = {
  readonly clock: () => Date;
  /** How long the ledger takes for what it is asked. */
  readonly seconds: number;
  /**
   * What the ledger refuses, and why:
   * `<account|tenant|subscription|quantity|status|credentials|assignment|reading>: <reason>`, such as
   * `subscription: e-mail address invalid for the customer`. A reason alone is for whatever it is asked. `reading` is the
   * list of all subscriptions; a single one can always be looked at.
   */
  readonly fail: string | undefined;
};
