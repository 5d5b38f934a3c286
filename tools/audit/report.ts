import { licenceVerdict } from "./licences.ts";
import type { InstalledPackage } from "./packages.ts";

export interface AuditReport {
  readonly lines: readonly string[];
  /** Packages whose licence is missing or not allowed. */
  readonly faults: readonly string[];
}

/** What is installed, under which licences, and what about it somebody should look at. Pure. */
export function auditReport(packages: readonly InstalledPackage[], permittedScripts: ReadonlySet<string>): AuditReport {
  const named = packages.map((each) => ({ ...each, verdict: licenceVerdict(each.licence) }));
  const shown = (each: InstalledPackage) =>
    `  ${each.name} ${each.version}${each.isForDevelopment ? " (tests and tools)" : ""}`;
  const withLicence = (each: InstalledPackage) => `${shown(each)}: ${each.licence ?? "says nothing"}`;
  const bad = named.filter(({ verdict }) => verdict === "missing" || verdict === "not-allowed");
  const copyleft = named.filter(({ verdict }) => verdict === "copyleft");
  const scripts = named.filter(({ hasInstallScript }) => hasInstallScript);
  const dated = named.filter(({ ageDays = 0 }) => ageDays > oldDays);
  return {
    lines: [
      `${packages.length} packages, ${packages.filter(({ isForDevelopment }) => !isForDevelopment).length} of them in the program.`,
      ...section("Licences", licenceCounts(named)),
      ...section("Every package", named.map(withLicence)),
      ...section(
        "Copyleft: allowed as they are, changes of theirs would have to be published",
        copyleft.map(withLicence),
      ),
      ...section("Licence missing or not allowed", bad.map(withLicence)),
      ...section(
        "Want to run commands when installed",
        scripts.map((each) => `${shown(each)}: ${permittedScripts.has(each.name) ? "permitted" : "not run"}`),
      ),
      ...section(
        `Packed more than ${oldDays} days ago`,
        dated.map((each) => `${shown(each)}: ${each.ageDays} days`),
      ),
    ],
    faults: bad.map(withLicence),
  };
}

/** Two years without a new version is worth a look. */
const oldDays = 730;

function section(title: string, lines: readonly string[]): readonly string[] {
  return ["", `${title}:`, ...(lines.length === 0 ? ["  none"] : lines)];
}

function licenceCounts(packages: readonly InstalledPackage[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { licence = "none" } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([licence, count]) => `  ${count} ${licence}`);
}
