/** `npm run audit`: what we depend on, under which licences, and known weaknesses where a registry answers. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { installedPackages } from "./packages.ts";
import { auditReport } from "./report.ts";

const root = join(import.meta.dirname, "../..");
const { allowScripts = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly allowScripts?: Readonly<Record<string, boolean>>;
};
const permitted = new Set(Object.keys(allowScripts).filter((name) => allowScripts[name] === true));
const { lines, faults } = auditReport(installedPackages(root, Date.now()), permitted);
for (const line of lines) console.log(line);
const advisories = knownWeaknesses();
console.log(`\nKnown weaknesses: ${advisories.text}`);
if (faults.length > 0) console.error(`\n${faults.length} packages have no licence that is allowed.`);
process.exitCode = faults.length > 0 || advisories.isBad ? 1 : 0;

/** A registry that does not answer is not a clean bill: it is said, and is no failure. */
function knownWeaknesses(): { readonly text: string; readonly isBad: boolean } {
  const asked = spawnSync("npm", ["audit", "--json", "--omit=dev"], { cwd: root, encoding: "utf8", timeout: 60_000 });
  try {
    const { metadata } = JSON.parse(asked.stdout) as {
      readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
    };
    const found = metadata?.vulnerabilities;
    if (found === undefined) return { text: "not looked for: the registry did not answer.", isBad: false };
    const { high = 0, critical = 0, total = 0 } = found;
    return { text: `${total}, of them ${high} high and ${critical} critical.`, isBad: high + critical > 0 };
  } catch {
    return { text: "not looked for: the registry did not answer.", isBad: false };
  }
}
