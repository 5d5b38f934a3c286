import type { limits } from "#kernel";

/** The limits of `kernel/limits.ts` that subscriptions keep to. */
export type SubscriptionBounds = { readonly [Name in keyof typeof limits]: number };
