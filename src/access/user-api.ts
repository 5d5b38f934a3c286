/**
 * What access says over HTTP of users and of what roles may do, under `/api/access`; a part of `api.ts`.
 *
 * | Method and path    | Request          | Reply        | Policy         |
 * |--------------------|------------------|--------------|----------------|
 * | GET /roles/:name   |                  | `RoleMeaningView` | signed-in |
 * | GET /users         | `usersQuery`     | `UsersView`  | `users.manage` |
 * | POST /users        | `newUserBody`    | `AddedView`  | `users.manage` |
 * | PATCH /users/:id   | `userChangeBody` | `AddedView`  | `users.manage` |
 */

import { z } from "zod";
import { limits } from "#kernel";
import { type Caring, caringSchema } from "./identity/caring.ts";
import { type UserSource, userSources } from "./identity/role-sources.ts";

export type { UserSource };

const display = z.string().trim().min(1).max(200);
const roleNames = z.array(z.string().max(64)).max(32);

/** `find`: the beginning of a user name or of any part of a name. All that is given must be so. */
export const usersQuery = z.object({
  find: z.string().max(100).optional(),
  role: z.string().max(64).optional(),
  state: z.enum(["active", "closed"]).optional(),
  source: z.enum(userSources).optional(),
  count: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  cursor: z.string().max(200).optional(),
});

export const newUserBody = z.object({
  username: z.string().min(1).max(200),
  display,
  roles: roleNames,
  caring: caringSchema.optional(),
});
export type NewUserBody = z.infer<typeof newUserBody>;

/** `newLink` makes a one-time link to set a password; `unlock` opens a lock before its time. */
export const userChangeBody = z.object({
  display: display.optional(),
  /** Those given by hand; what the directory or the hospital's sign-in gives stays as it is. */
  roles: roleNames.optional(),
  /** Replaces what the account is linked to. */
  caring: caringSchema.optional(),
  active: z.boolean().optional(),
  unlock: z.literal(true).optional(),
  newLink: z.literal(true).optional(),
  /** Whether the hospital's directory may take over the account when it names its user name. */
  directoryMayTake: z.boolean().optional(),
});
export type UserChangeBody = z.infer<typeof userChangeBody>;

export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly display: string;
  /** From all sources together. */
  readonly roles: readonly { readonly name: string; readonly title: string }[];
  /** Names of those that an administrator gave by hand; the others come and go with the directory or the hospital's sign-in. */
  readonly givenRoles: readonly string[];
  readonly sources: readonly UserSource[];
  /** Present for an account that the hospital's directory keeps, or kept. */
  readonly directory?: { readonly since: string; readonly groups: number; readonly removed?: string };
  /** Present for an account that the hospital's own sign-in opens. */
  readonly outside?: { readonly issuer: string; readonly since: string };
  /** Whether the directory may take the account over. */
  readonly directoryMayTake?: true;
  /** When a session of theirs last began; absent where none ever did, or in the answer to a change. */
  readonly lastSignIn?: string;
  readonly caring?: Caring;
  readonly active: boolean;
  /** False until the owner has used the one-time link. */
  readonly hasPassword: boolean;
  /** Present while too many wrong passwords keep the account shut. */
  readonly lockedUntil?: string;
}

export interface UsersView {
  readonly users: readonly UserView[];
  /** For `cursor`; absent on the last page. */
  readonly next?: string;
}

export interface AddedView {
  readonly user: UserView;
  /** Present once, when a one-time link was made: the whole address to hand to the owner. */
  readonly link?: string;
}

/** What a role may do, in plain words: of the same tables that decide it. */
export interface RoleMeaningView {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  /** Sentences such as "Open a patient's chart". */
  readonly may: readonly string[];
  /** Whose documents about patients; absent for a role that reads none. */
  readonly whose?: { readonly patients: "all" | "related"; readonly why: string };
  /** Families of documents, by what may be done with them. */
  readonly documents: readonly { readonly actions: string; readonly families: readonly string[] }[];
}
