export {
  type Actor,
  anonymousActor,
  checkRoutePolicy,
  commandLineActor,
  decidingForLink,
  linkActor,
  may,
  type NodeRights,
  nodeActor,
  personActor,
  workerActor,
} from "./actor.ts";
export { admit } from "./admission.ts";
export { consentRule } from "./consent/consent-rule.ts";
export { Consents } from "./consent/consents.ts";
export type { Context } from "./context.ts";
export { disclosingActor } from "./disclosing-actor.ts";
export { disposingActor, governingActor } from "./governing.ts";
export { type Asked, answers, answersBody, answersQuery, json } from "./handling/answer.ts";
export { placeInRecord, readBody, readCursor, readQuery, writeCursor } from "./handling/request.ts";
export { type TokenPurpose, tokenPurposes } from "./identity/api-token.ts";
export { endedCookie, sessionCookie, sessionToken } from "./identity/cookie.ts";
export { checkCrossSite } from "./identity/cross-site.ts";
export type { IssuedToken, TokenOrder } from "./identity/issue-token.ts";
export type { PasswordCost } from "./identity/password.ts";
export type { RoleMap } from "./identity/role-map.ts";
export type { AddedUser, UserOrder } from "./identity/users.ts";
export type { NarrowedImages } from "./images/narrow-images.ts";
export { noImages } from "./images/no-images.ts";
export { type NarrowNeeds, narrow } from "./narrow.ts";
export { type Access, type AccessNeeds, accessKinds, openAccess } from "./open-access.ts";
export { ExcludedPatients } from "./opt-out/excluded-patients.ts";
export { OptOutCheck, type OptOutStore } from "./opt-out/opt-out-check.ts";
export { optOutReply, optOutRequest, optOutRoutes } from "./opt-out/opt-out-routes.ts";
export { optOutRule } from "./opt-out/opt-out-rule.ts";
export { isSecondaryPurpose } from "./opt-out/secondary-purpose.ts";
export { type DirectorySettings, readDirectorySettings } from "./outside-sign-in/directory-settings.ts";
export { isPermission, type PermissionName, permissionNames, permissions } from "./permissions.ts";
export { type Grantee, isFhirKind, type Policy, policies, type RecordAction, recordActions } from "./policies/index.ts";
export { markSystem } from "./processing-marks/processing-mark.ts";
export { relationshipKind } from "./relationships/relationship.ts";
export { isRoleName, type PurposeOfUse, type Role, type RoleName, roleNames, roles } from "./roles/index.ts";
export { parseScope } from "./scope.ts";
export { resealAll } from "./second-factor/reseal.ts";
export { openText, type SealKey, sealText } from "./second-factor/sealed.ts";
export { isServiceUse } from "./service-accounts/open-service-accounts.ts";
export { writerOf } from "./subscription-writer.ts";
export { visibilityRules } from "./visibility/rules.ts";
export { Visibility, type VisibilityQuestion, type VisibilityRule } from "./visibility/visibility.ts";
