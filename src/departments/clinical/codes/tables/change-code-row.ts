import type { Context } from "#access";
import { failed, incorrect, type Result } from "#kernel";
import type { CodeRowChange } from "../../api/code-tables.ts";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { changedPaths, type Deployed, readDeployed } from "../../configuration/deployment.ts";
import { type ConfigurationDesk, deployChecked } from "../../configuration/desk.ts";
import { withGuideRow } from "./with-guide-row.ts";
import { withOwnRow } from "./with-own-row.ts";

export interface CodeRowOrder {
  readonly row: CodeRowChange;
  readonly why: string;
  /** The version that was looked at; 0: nothing was deployed. */
  readonly basedOn: number;
}

/**
 * Writes what a code means into the files of the set-up and deploys them: checked with golden messages, as a version with who,
 * when and why, followed by the links at once. Problems: `row-unchanged`, `link-unknown`, those of the check, conflict `configuration-moved-on`.
 */
export async function changeCodeRow(
  context: Context,
  { row, why, basedOn }: CodeRowOrder,
  desk: ConfigurationDesk,
): Promise<Result<Deployed>> {
  const deployed = await readDeployed(context.record);
  if (!deployed.ok) return deployed;
  const before = deployed.value?.files ?? desk.standing;
  if (row.kind === "guide" && row.link !== undefined && !before.some(({ path }) => isLink(path, row.link)))
    return failed(linkUnknown);
  const files = withRow(before, { row, because: why });
  if (changedPaths(files, before).length === 0) return failed(unchanged);
  return deployChecked({ files, basedOn }, desk, { ...context, why: `${inWords(row)}: ${why}` });
}

function isLink(path: string, name: string | undefined): boolean {
  return path === `links/${name}.json` || path === `links/${name}.ts`;
}

const linkUnknown = incorrect("link-unknown", "There is no such link.", { where: "row.link" });
const unchanged = incorrect("row-unchanged", "The set-up says so already, or has no such row to take out.");

function withRow(
  files: readonly ConfigurationFile[],
  { row, because }: { readonly row: CodeRowChange; readonly because: string },
): readonly ConfigurationFile[] {
  return row.kind === "guide" ? withGuideRow(files, { ...row, because }) : withOwnRow(files, { ...row, because });
}

/** `AdministrativeSex W is female`, `L K of PATHLAB|MEADOWLAB is 2823-3`. */
function inWords(row: CodeRowChange): string {
  const whose = row.kind === "guide" ? row.link : row.sender;
  const name = `${row.kind === "guide" ? row.table : row.system} ${row.code}${whose === undefined ? "" : ` of ${whose}`}`;
  return row.target === null ? `${name} taken out` : `${name} is ${row.target.code}`;
}
