import { type Actor, linkActor } from "./actor.ts";

/**
 * A link that tells others outside what the record holds: `disclosingActor("orders")`. Unlike a link that takes in and
 * compares, it sees only what may be disclosed: nothing that a label restricts or seals, nothing that a patient has closed to whoever
 * is not known here, and no address that is restricted.
 */
export function disclosingActor(link: string): Actor {
  const { unrestricted: _, permissions, ...actor } = linkActor(link);
  return {
    ...actor,
    reference: `Disclosure/${link}`,
    display: `Link ${link}, to others`,
    permissions: new Set([...permissions].filter((permission) => permission !== "addresses.keep")),
  };
}
