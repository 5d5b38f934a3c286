/**
 * What access says over HTTP, under `/api/access`. Types describe the JSON of each reply; the schemas check the body or
 * the query of each request. The web app imports this and nothing else of access.
 *
 * | Method and path    | Request          | Reply        | Policy         |
 * |--------------------|------------------|--------------|----------------|
 * | POST /sign-in      | `signInBody`     | `Me`, cookie; or 202, `SecondStepView` | public |
 * | POST /sign-out     |                  | 204          | public         |
 * | GET /me            |                  | `Me`         | account        |
 * | POST /password     | `passwordBody`   | `Me`, cookie; or 202, `SecondStepView` | public |
 * | GET /roles         |                  | `RoleView[]` | signed-in      |
 * | GET /users         | `usersQuery`     | `UsersView`  | `users.manage` |
 * | POST /users        | `newUserBody`    | `AddedView`  | `users.manage` |
 * | PATCH /users/:id   | `userChangeBody` | `AddedView`  | `users.manage` |
 *
 * What is said of second factors and sessions stands in `account-api.ts`.
 *
 * | Method and path    | Request          | Reply        | Policy         |
 * |--------------------|------------------|--------------|----------------|
 * | GET /searchable    |                  | `SearchableView`    | signed-in      |
 * | GET /searches      |                  | `SavedSearchesView` | `explorer.use` |
 * | POST /searches     | `savedSearchBody`| `SavedSearchView`   | `explorer.use` |
 * | PUT /searches/:id  | `savedSearchBody`| `SavedSearchView`   | `explorer.use` |
 * | DELETE /searches/:id |                | 204                 | `explorer.use` |
 * | GET /opt-outs      |                  | `OptOutView`        | `governance.work` |
 * | POST /opt-outs/request |              | text, NHS numbers   | `governance.work` |
 * | POST /opt-outs/reply | text, NHS numbers | `OptOutView`     | `governance.work` |
 *
 * Failures are `application/problem+json`. Codes a page may want to tell apart: `sign-in-failed`, `account-locked`,
 * `link-invalid`, `password-too-short`, `password-too-long`, `password-has-username`, `password-common`,
 * `username-taken`, `username-invalid`, `role-unknown`, `own-administration`, `version-conflict`, `not-signed-in`, `search-name-taken`,
 * `too-many-searches`, `not-own-search`.
 */

import { z } from "zod";
import { limits } from "#kernel";
import { type Caring, caringSchema } from "./identity/caring.ts";

export * from "./account-api.ts";
export * from "./authorization/authorization-api.ts";
export * from "./consent-api.ts";
export * from "./directory-api.ts";
export * from "./relationships/relationship-api.ts";
export * from "./service-accounts/service-account-api.ts";

/** Also one that is too long to be set: earlier versions took it. */
const password = z
  .string()
  .min(1)
  .max(2 * limits.passwordLengthMax);
const display = z.string().trim().min(1).max(200);
const roleNames = z.array(z.string().max(64)).max(32);

export const signInBody = z.object({ username: z.string().min(1).max(200), password });
export type SignInBody = z.infer<typeof signInBody>;

/** By what stands behind the `#` of a one-time link, or, signed in, by the old password. */
export const passwordBody = z.union([
  z.object({ link: z.string().min(1).max(200), newPassword: z.string().max(10_000) }),
  z.object({ oldPassword: password, newPassword: z.string().max(10_000) }),
]);
export type PasswordBody = z.infer<typeof passwordBody>;

/** `find`: the beginning of a user name or of any part of a name. */
export const usersQuery = z.object({
  find: z.string().max(100).optional(),
  count: z.coerce.number().int().min(1).max(limits.pageSizeMax).optional(),
  cursor: z.string().max(40).optional(),
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
  roles: roleNames.optional(),
  /** Replaces what the account is linked to. */
  caring: caringSchema.optional(),
  active: z.boolean().optional(),
  unlock: z.literal(true).optional(),
  newLink: z.literal(true).optional(),
});
export type UserChangeBody = z.infer<typeof userChangeBody>;

/** A search to keep: the type, and the query that stands behind the `?` of its address. */
export const savedSearchBody = z.object({
  name: z.string().trim().min(1).max(100),
  type: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/),
  query: z.string().max(limits.savedSearchLengthMax),
  /** Elements shown as columns; empty for the usual ones of the type. */
  columns: z.array(z.string().max(100)).max(50),
  /** Whether everybody who uses the explorer sees it. */
  shared: z.boolean(),
});
export type SavedSearchBody = Readonly<z.infer<typeof savedSearchBody>>;

/** Whether there is a recent answer on who has opted out of research and planning, and of how many it says that they have not. */
export interface OptOutView {
  readonly isFresh: boolean;
  readonly checked?: string;
  readonly expires?: string;
  readonly count?: number;
}

export interface RoleView {
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly purpose: string;
}

export interface Me {
  /** `User/3f…`, or `ApiToken/…` for a script. */
  readonly reference: string;
  readonly display: string;
  readonly roles: readonly RoleView[];
  /** Names of `permissions`, such as `patients.find`. */
  readonly permissions: readonly string[];
  /** Where to go after signing in. */
  readonly home: string;
  readonly navigation: readonly { readonly path: string; readonly title: string }[];
  /** Of the hospital: times are shown by its clock. `Europe/London`. */
  readonly timeZone: string;
  /** Whether all that this person may do is set up the second factor that their roles need. */
  readonly mustSetUpSecondFactor?: true;
}

export interface UserView {
  readonly id: string;
  readonly username: string;
  readonly display: string;
  readonly roles: readonly { readonly name: string; readonly title: string }[];
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

export interface SearchableView {
  /** Resource types, in alphabetical order. */
  readonly types: readonly string[];
}

export interface SavedSearchView extends SavedSearchBody {
  readonly id: string;
  readonly own: boolean;
  /** Whose it is, where it is not one's own. */
  readonly sharedBy?: string;
}

export interface SavedSearchesView {
  readonly searches: readonly SavedSearchView[];
}
