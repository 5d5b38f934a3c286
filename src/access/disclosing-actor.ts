import { type Actor, linkActor } from "./actor.ts";

/**
 * A link that tells others outside what the record holds: `disclosingActor("orders")`. Unlike a link that takes in and
 * compares, it sees only what may be disclosed: nothing that a label restricts or seals, nothing that a patient has closed to those
 * it tells, and no address that is restricted. `recipients` are what these are called in Consents (`Organization/lab`,
 * `Endpoint/lims`); whether others are meant than it names cannot be told, and counts as closed.
 */
export function disclosingActor(link: string, recipients: readonly string[] = []): Actor {
  const { unrestricted: _, permissions, ...actor } = linkActor(link);
  return {
    ...actor,
    reference: `Disclosure/${link}`,
    display: `Link ${link}, to others`,
    knownAs: [actor.reference, ...recipients],
    permissions: new Set([...permissions].filter((permission) => permission !== "addresses.keep")),
  };
}
