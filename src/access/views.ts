import type { Clock, HospitalTime } from "#kernel";
import type { Actor } from "./actor.ts";
import type { Me, RoleView, UserView } from "./api.ts";
import { lockedForMs } from "./identity/attempts.ts";
import { type DirectoryEntry, givenRolesOf, sourcesOf } from "./identity/role-sources.ts";
import type { StoredUser } from "./identity/user.ts";
import { homeOf, navigationFor } from "./navigation.ts";
import { permissionNames } from "./permissions.ts";
import { isRoleName, type RoleName, roles } from "./roles/index.ts";

export function roleView(name: RoleName): RoleView {
  const { title, department, purpose } = roles[name];
  return { name, title, department, purpose };
}

export function meView(actor: Actor, { timeZone }: HospitalTime): Me {
  return {
    reference: actor.reference,
    display: actor.display,
    roles: actor.roles.map(roleView),
    permissions: permissionNames.filter((name) => actor.permissions.has(name)),
    home: homeOf(actor),
    navigation: navigationFor(actor),
    timeZone,
    ...(actor.mustSetUpSecondFactor ? { mustSetUpSecondFactor: true } : {}),
  };
}

/** What of an account is fit to be shown. */
export function userView(user: StoredUser, clock: Clock, lastSignIn?: string): UserView {
  const { id, username, display, active, lockedUntil } = user;
  const isLocked = lockedForMs(user, clock.now()) > 0;
  return {
    id,
    username,
    display,
    roles: user.roles.map((name) => ({ name, title: isRoleName(name) ? roles[name].title : name })),
    givenRoles: givenRolesOf(user),
    ...sourceView(user),
    ...(lastSignIn === undefined ? {} : { lastSignIn }),
    ...(user.caring === undefined ? {} : { caring: user.caring }),
    active,
    hasPassword: user.passwordHash !== undefined,
    ...(isLocked && lockedUntil !== undefined ? { lockedUntil } : {}),
  };
}

function sourceView({ directory, outside, directoryMayTake }: StoredUser) {
  return {
    sources: sourcesOf({ directory, outside }),
    ...(directory && { directory: directoryView(directory) }),
    ...(outside && { outside: { issuer: outside.issuer, since: outside.since } }),
    ...(directoryMayTake && { directoryMayTake }),
  };
}

function directoryView({ since, groups, removed }: DirectoryEntry) {
  return { since, groups: groups.length, ...(removed === undefined ? {} : { removed }) };
}
