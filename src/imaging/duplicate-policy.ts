/**
 * What becomes of an object that comes under the UID of another in the archive, with other content. The same content again is
 * always answered with success, and kept once.
 * - `keep-both`: the first is shown, the new one is kept aside until somebody decides; the sender is told of a failure.
 * - `keep-first`: the new one is let go, and the sender told of success.
 * - `keep-newest`: the new one is shown, the first is kept aside; the sender is told of success.
 * - `refuse`: the new one is let go, and the sender told of a failure.
 */
export const duplicatePolicies = ["keep-both", "keep-first", "keep-newest", "refuse"] as const;

export type DuplicatePolicy = (typeof duplicatePolicies)[number];
