import type { Actor } from "./actor.ts";
import { kindPermission } from "./grants.ts";
import { policies } from "./policies/index.ts";

const held = policies.flatMap(({ layer, kinds }) => (layer === "fhir" ? kinds : [])).concat("LinkMessage");

const gathering: readonly string[] = held.flatMap((kind) => [
  kindPermission(kind, "read"),
  kindPermission(kind, "search"),
]);

const marking: readonly string[] = [kindPermission("Flag", "create"), kindPermission("Flag", "update")];

/** What is held must be found and gone through whole, whoever may see it otherwise. */
const seesAll = { unrestricted: true, answersForRecord: true } as const;

/**
 * Who answers a subject access request, restricts processing or works out what need not be kept does with the record what
 * that takes, under their own name: so the audit and the Provenance name the person, and nobody is given these rights for
 * anything else.
 */
export function governingActor(actor: Actor): Actor {
  // What is held must be found whoever may see it otherwise: in this they see what Corridor's own workers see.
  return {
    ...actor,
    ...seesAll,
    via: "worker",
    permissions: new Set([...actor.permissions, "addresses.keep", ...gathering, ...marking]),
  };
}

const disposing: readonly string[] = held.map((kind) => kindPermission(kind, "delete"));

/** The same for a disposal that two people have decided on. */
export function disposingActor(actor: Actor): Actor {
  return { ...actor, ...seesAll, permissions: new Set([...governingActor(actor).permissions, ...disposing]) };
}
