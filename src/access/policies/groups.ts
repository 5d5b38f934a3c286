import { roleNames } from "../roles/index.ts";
import type { Grantee } from "./policy.ts";

/** Those who treat patients. */
export const clinicians = ["doctor", "nurse"] as const satisfies readonly Grantee[];

/** Corridor's own hands: what arrives over a link, and what follows the feed. */
export const machines = ["link", "worker"] as const satisfies readonly Grantee[];

/** Every role there is. */
export const everyone: readonly Grantee[] = roleNames;

export const nobody: readonly Grantee[] = [];
