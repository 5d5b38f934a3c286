export { type Actor, anonymousActor, checkRoutePolicy, linkActor, may, workerActor } from "./actor.ts";
export type { Context } from "./context.ts";
export { type NarrowNeeds, narrow } from "./narrow.ts";
export { isPermission, type PermissionName, permissionNames, permissions } from "./permissions.ts";
export { type Grantee, isFhirKind, type Policy, policies, type RecordAction, recordActions } from "./policies/index.ts";
export { isRoleName, type Role, type RoleName, roleNames, roles } from "./roles/index.ts";
