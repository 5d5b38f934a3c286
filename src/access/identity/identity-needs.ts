import type { Clock, HospitalTime, Ids } from "#kernel";
import type { HealthRecord } from "#record";
import type { Actor } from "../actor.ts";
import type { SealKey } from "../second-factor/sealed.ts";
import type { Passwords } from "./password.ts";
import type { RoleMap } from "./role-map.ts";
import type { Strangers } from "./strangers.ts";
import type { Trusted } from "./trusted.ts";
import type { Turns } from "./turns.ts";

/** What accounts, sessions and tokens are kept with. Built once, in `open-access.ts`. */
export interface IdentityNeeds {
  /** The whole record: nobody is signed in yet when a password is checked. What is done with it is audited by hand. */
  readonly record: HealthRecord;
  /** The record narrowed to an actor who manages accounts, with the accounts opened to them; audited as ever. */
  readonly accountsFor: (actor: Actor) => HealthRecord;
  /** Seals what the database must not tell; it is kept outside the database. */
  readonly sealKey: SealKey;
  /** Roles whose holders must have a second factor. */
  readonly secondFactorRoles: ReadonlySet<string>;
  /** What groups and roles of the hospital's directory stand for. */
  readonly roleMap: RoleMap;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  readonly passwords: Passwords;
  readonly trusted: Trusted;
  readonly turns: Turns;
  readonly strangers: Strangers;
}
