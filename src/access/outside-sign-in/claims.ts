import { isJsonObject, type JsonObject, limits } from "#kernel";
import type { OutsideSettings } from "./directory-settings.ts";

/** What the provider says of a person, checked to be its word. */
export type Claims = JsonObject & { readonly sub: string; readonly iss: string };

/** A claim by its name; dots lead into objects where there is no claim of the whole name. */
function claimAt(claims: JsonObject, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((value, part) => (isJsonObject(value) ? value[part] : undefined), claims);
}

/** Names of groups and roles, of all claims that carry them. A text counts as a list of its words' one. */
export function roleValues(claims: JsonObject, { roleClaims }: OutsideSettings): readonly string[] {
  const values = roleClaims.flatMap((name) => {
    const value = claimAt(claims, name);
    return Array.isArray(value) ? value : [value];
  });
  return values.filter((each): each is string => typeof each === "string").slice(0, limits.outsideClaimValuesMax);
}

/** Whether some claims of roles are missing. */
export function lacksRoleClaims(claims: JsonObject, { roleClaims }: OutsideSettings): boolean {
  return roleClaims.every((name) => claimAt(claims, name) === undefined);
}

/**
 * Whether the provider says that there are more groups than it tells: then nobody knows which roles they give. Source: OpenID
 * Connect Core §5.6.2 (distributed claims), as Entra ID uses it for groups.
 */
export function isOverfull(claims: JsonObject, { roleClaims }: OutsideSettings): boolean {
  const elsewhere = claims._claim_names;
  return isJsonObject(elsewhere) && roleClaims.some((name) => Object.hasOwn(elsewhere, name));
}

/** Whether the provider asked for a second factor that counts here. Source: OpenID Connect Core §2; RFC 8176. */
export function countsAsTwo(claims: JsonObject, { secondFactor }: OutsideSettings): boolean {
  const methods = Array.isArray(claims.amr) ? claims.amr : [];
  const { acr } = claims;
  return (
    secondFactor.amr.some((each) => methods.includes(each)) ||
    (typeof acr === "string" && secondFactor.acr.includes(acr))
  );
}

export function textClaim(claims: JsonObject, name: string): string | undefined {
  const value = claimAt(claims, name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
