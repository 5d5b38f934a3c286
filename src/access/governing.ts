import type { Kind } from "#record";
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

/** What Corridor keeps beside the documents that are held about somebody, and what names them there. */
const keptBeside: readonly Kind[] = [
  "AwaitedResult",
  "Delivery",
  "DisclosurePack",
  "DisclosureSheet",
  "GovernanceItem",
  "ImageDecision",
  "ImageEdit",
  "ImageMark",
  "ImageSend",
  "MappingDelay",
  "PatientMerge",
  "PerformedStep",
];

const disposing: readonly string[] = [
  ...held.map((kind) => kindPermission(kind, "delete")),
  ...keptBeside.flatMap((kind) =>
    (["read", "search", "delete"] as const).map((action) => kindPermission(kind, action)),
  ),
  ...(["read", "search", "create", "update", "delete"] as const).map((action) =>
    kindPermission("MessageWords", action),
  ),
  ...(["read", "search", "update"] as const).map((action) => kindPermission("Disposal", action)),
  kindPermission("Delivery", "update"),
];

/** The same for a disposal that two people have decided on, under the name of the second. */
export function disposingActor(actor: Actor): Actor {
  const permissions = new Set([...governingActor(actor).permissions, ...disposing, "governance.dispose"]);
  return { ...actor, ...seesAll, permissions };
}
