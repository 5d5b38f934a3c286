import { failed, incorrect, ok, type Result } from "#kernel";
import { type Canonical, isVersion, parseCanonical } from "../definitions/canonical.ts";

/** Versions by the url of their code system. Source: FHIR R4, operation ValueSet-expand. */
export interface VersionRules {
  /** `system-version`: where the value set names none. */
  readonly otherwise: ReadonlyMap<string, string>;
  /** `check-system-version`: the one it must be. */
  readonly checked: ReadonlyMap<string, string>;
  /** `force-system-version`: whatever the value set names. */
  readonly forced: ReadonlyMap<string, string>;
}

/** Versions from canonical urls, `url|version`; one without a version says nothing. */
export function versionsOf(canonicals: readonly string[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { url, version } of canonicals.map(parseCanonical)) if (version !== undefined) versions.set(url, version);
  return versions;
}

/** The code system to take. Problems: incorrect `version-not-allowed`. */
export function versionWanted(system: Canonical, rules: VersionRules | undefined): Result<Canonical> {
  if (rules === undefined) return ok(system);
  const { url } = system;
  const checked = rules.checked.get(url);
  const version = rules.forced.get(url) ?? system.version ?? rules.otherwise.get(url) ?? checked;
  if (checked !== undefined && version !== undefined && version !== checked && !isVersion(version, checked)) {
    const message = `The value set takes version ${version} of ${url}, and ${checked} is asked for.`;
    return failed(incorrect("version-not-allowed", message, { where: "check-system-version" }));
  }
  return ok(version === undefined ? { url } : { url, version });
}
