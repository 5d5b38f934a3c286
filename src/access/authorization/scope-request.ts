import { limits } from "#kernel";
import { narrowedScopes } from "../scopes/narrowed-scopes.ts";
import { parseResourceScope, type ResourceScope } from "../scopes/resource-scope.ts";
import type { Application } from "./application.ts";

/** Scopes that are about the person and the launch, not about resources. Source: SMART App Launch 2.2 §3.0.3 to §3.0.5. */
export const identityScopes = [
  "openid",
  "profile",
  "fhirUser",
  "launch",
  "launch/patient",
  "offline_access",
  "online_access",
] as const;

export type IdentityScope = (typeof identityScopes)[number];

export function isIdentityScope(text: string): text is IdentityScope {
  return identityScopes.some((scope) => scope === text);
}

export interface GrantableScopes {
  /** What of the scopes asked for the application may have at all. */
  readonly granted: readonly ResourceScope[];
  readonly identity: readonly IdentityScope[];
}

/**
 * What is given of what is asked for, at most. What is not understood, or more than an administrator allowed, is left out and
 * the application told what it got. Source: RFC 6749 §3.3; SMART App Launch 2.2 §2.0.9.1.
 */
export function grantableScopes(
  asked: string,
  { scopes, type }: Pick<Application, "scopes" | "type">,
): GrantableScopes {
  const texts = [...new Set(asked.split(" "))].slice(0, limits.scopesMax);
  const allowed = resourceScopes(scopes.split(" "));
  const isBackend = type === "backend";
  // A program by itself has no patient and no person; a person's application has both, and is no program by itself.
  const resources = resourceScopes(texts).filter(({ level }) => (level === "system") === isBackend);
  return { granted: narrowedScopes(resources, allowed), identity: isBackend ? [] : texts.filter(isIdentityScope) };
}

/** Those that are understood. */
export function resourceScopes(texts: readonly string[]): readonly ResourceScope[] {
  return texts.flatMap((text) => {
    const parsed = parseResourceScope(text);
    return parsed.ok ? [parsed.value] : [];
  });
}
