import { failed, forbidden, ok, type Result } from "#kernel";
import type { Clause, Kind } from "#record";
import { grantsOf, kindPermission } from "./grants.ts";
import type { RecordAction } from "./policies/index.ts";
import { type PurposeOfUse, type RoleName, roles } from "./roles/index.ts";

/** Who does something: a person who signed in, a token for a script, a link, or a worker of the feed. */
export interface Actor {
  /** `User/3f…`, `ApiToken/…`, `Link/lab`, `Worker/…`, `Anonymous`: a stable reference for the audit. */
  readonly reference: string;
  /** For the screen and the audit: `Dr Ingrid Lindqvist`. */
  readonly display: string;
  readonly roles: readonly RoleName[];
  /** `Observation.read` and the like for documents, and the names of `permissions`. */
  readonly permissions: ReadonlySet<string>;
  /** Why they look. Source: HL7 v3 PurposeOfUse. */
  readonly purpose: PurposeOfUse;
  readonly via: "session" | "token" | "link" | "worker" | "command-line" | "nobody";
  /** Address of the caller, where there is one. */
  readonly remoteAddress?: string;
  /**
   * Sees every document of the kinds that it may read, whoever it is about: links, workers, and whoever acts in their place.
   * What is taken in must be compared with all that is there.
   */
  readonly unrestricted?: true;
  /** What else stands for them in Consents: `Link/orders`, `Organization/lab`. Those of a person are in the directory. */
  readonly knownAs?: readonly string[];
  /** Gathers what is held about a person for them, or disposes of it: what patients said closes nothing to that. */
  readonly answersForRecord?: true;
  /**
   * What the scopes of a token limit besides: of documents of this kind, only those that meet the clause. A kind and action
   * that is permitted without condition is absent. What is written must meet it too.
   */
  readonly constraints?: ReadonlyMap<Kind, Partial<Readonly<Record<RecordAction, Clause>>>>;
  /** A person whose roles need a second factor and who has none yet: all they may do is set one up. */
  readonly mustSetUpSecondFactor?: true;
}

export function may(actor: Actor, kind: Kind, action: RecordAction): boolean {
  return actor.permissions.has(kindPermission(kind, action));
}

/** A person who signed in: all that their roles give together, under the purpose of the first. */
export function personActor(person: Pick<Actor, "reference" | "display" | "roles">): Actor {
  const { reference, display, roles: held } = person;
  const [first] = held;
  const purpose = first === undefined ? "HOPERAT" : roles[first].purposeOfUse;
  return { reference, display, roles: held, permissions: grantsOf(held), purpose, via: "session" };
}

/** The person as long as the second factor that their roles need is not set up: they hold none of their roles. */
export function settingUpActor(person: Actor): Actor {
  return { ...person, roles: [], permissions: new Set(), mustSetUpSecondFactor: true };
}

/** What is taken in is compared with what is there, addresses and all. */
const linkGrants = new Set([...grantsOf(["link"]), "addresses.keep"]);
const workerGrants = new Set([...grantsOf(["worker"]), "addresses.keep", "images.keep"]);

/** What acts when a message arrives: `linkActor("lab")`. */
export function linkActor(name: string, remoteAddress?: string): Actor {
  return {
    reference: `Link/${name}`,
    display: `Link ${name}`,
    roles: [],
    permissions: linkGrants,
    purpose: "TREAT",
    via: "link",
    unrestricted: true,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  };
}

/** What another DICOM node may do here. */
export interface NodeRights {
  readonly mayStore: boolean;
  readonly mayFind: boolean;
  /** Reads the worklist, and tells of the examinations that it does. */
  readonly mayWorklist?: boolean;
}

const workGrants = [
  ...(["Task", "ServiceRequest", "PerformedStep"] as const).flatMap((kind) =>
    (["read", "search", "create", "update"] as const).map((action) => kindPermission(kind, action)),
  ),
  kindPermission("Patient", "read"),
  kindPermission("Encounter", "read"),
];

/** A DICOM node that asks for something, by its AE title. */
export function nodeActor(aeTitle: string, rights: NodeRights, remoteAddress?: string): Actor {
  const { mayStore, mayFind, mayWorklist = false } = rights;
  const permissions = [
    ...(mayStore ? [kindPermission("ImagingStudy", "create")] : []),
    ...(mayFind ? [kindPermission("ImagingStudy", "read"), kindPermission("ImagingStudy", "search")] : []),
    ...(mayWorklist ? workGrants : []),
  ];
  return {
    ...linkActor(aeTitle, remoteAddress),
    reference: `Node/${aeTitle}`,
    display: `DICOM node ${aeTitle}`,
    permissions: new Set(permissions),
  };
}

/**
 * Who decides on what a link has held does with it what the link may, under their own name: so the audit and the
 * Provenance name the person, and nobody is given the rights of a link for anything else.
 */
export function decidingForLink(actor: Actor): Actor {
  return { ...actor, unrestricted: true, permissions: new Set([...actor.permissions, ...linkGrants]) };
}

/** What acts when a worker follows the feed. */
export function workerActor(name: string): Actor {
  return {
    reference: `Worker/${name}`,
    display: `Worker ${name}`,
    roles: [],
    permissions: workerGrants,
    purpose: "HOPERAT",
    via: "worker",
    unrestricted: true,
  };
}

/** Who runs `corridor token`, `corridor user` or the first start. Does only what such a command does by itself. */
export function commandLineActor(account: string): Actor {
  return {
    reference: `CommandLine/${account}`,
    display: `Command line, ${account}`,
    roles: [],
    permissions: new Set(),
    purpose: "HSYSADMIN",
    via: "command-line",
    unrestricted: true,
  };
}

/** Who calls a public route without having signed in. May do nothing with the record. */
export function anonymousActor(remoteAddress?: string): Actor {
  return {
    reference: "Anonymous",
    display: "Not signed in",
    roles: [],
    permissions: new Set(),
    purpose: "HOPERAT",
    via: "nobody",
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  };
}

/**
 * Whether the actor may use a route with this policy: `public`, `account` (one's own, also before a second factor that is
 * needed is set up), `signed-in`, or a permission (see `Route.policy`).
 * Problems: forbidden, code `not-signed-in`, `second-factor-required` or `permission-missing`.
 */
export function checkRoutePolicy(policy: string, actor: Actor): Result<undefined> {
  if (policy === "public") return ok(undefined);
  if (actor.via === "nobody") return failed(forbidden("not-signed-in", "Sign in first."));
  if (policy === "account") return ok(undefined);
  if (actor.mustSetUpSecondFactor) return failed(secondFactorRequired);
  if (policy === "signed-in" || actor.permissions.has(policy)) return ok(undefined);
  return failed(
    forbidden("permission-missing", `This needs the permission ${policy}, which none of your roles gives.`),
  );
}

const secondFactorRequired = forbidden(
  "second-factor-required",
  "Your roles need a second factor for signing in. Set one up under My account first.",
);
