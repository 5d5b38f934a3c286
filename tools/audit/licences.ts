/** Licences that may be in Corridor without asking anybody: they ask for a notice at most. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "CC0-1.0",
  "CC-BY-4.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
  "WTFPL",
  "Zlib",
]);

/** Those that want changes of the package itself to be published; used as it is, they ask for a notice. */
const weakCopyleft = new Set(["EPL-2.0", "LGPL-2.1", "LGPL-3.0", "LGPL-3.0-or-later", "MPL-2.0"]);

export type Verdict = "allowed" | "copyleft" | "missing" | "not-allowed";

/** What a licence, as SPDX writes it, means for whoever passes Corridor on. `copyleft` is allowed, and told. */
export function licenceVerdict(licence: string | undefined): Verdict {
  if (licence === undefined || licence === "UNLICENSED" || licence.startsWith("SEE LICENSE")) return "missing";
  const choices = licence.replace(/[()]/g, "").split(/ OR /i);
  const verdicts = choices.map((choice) => worst(choice.split(/ AND /i).map((part) => verdictOf(part.trim()))));
  return verdicts.includes("allowed") ? "allowed" : verdicts.includes("copyleft") ? "copyleft" : "not-allowed";
}

function verdictOf(name: string): Verdict {
  if (allowed.has(name)) return "allowed";
  return weakCopyleft.has(name.replace(/-only$/, "")) ? "copyleft" : "not-allowed";
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (["not-allowed", "copyleft"] as const).find((each) => verdicts.includes(each)) ?? "allowed";
}
