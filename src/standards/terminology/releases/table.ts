import { failed, incorrect, type Result } from "#kernel";
import type { ConceptProperty } from "../definition.ts";
import { checkRelease } from "./check.ts";
import type { Release, ReleaseConcept, ReleaseNames } from "./release.ts";
import { columnsOf, type Row } from "./rows.ts";

const ownColumns: readonly string[] = ["code", "display", "parent", "inactive"];

/**
 * A code system from a table with the columns `code`, `display` and, where there is a hierarchy, `parent` (several apart by `|`);
 * `inactive` may be true; any other column is a property. Problems: incorrect `column-missing`, `name-missing`, and those of
 * `checkRelease`.
 */
export function tableRelease([header = [], ...rows]: readonly Row[], names: ReleaseNames): Result<Release> {
  const { url, version, title } = names;
  if (url === undefined || version === undefined) {
    return failed(
      incorrect("name-missing", "A table does not say of which code system it is: name its url and version."),
    );
  }
  const columns = columnsOf(header, ["code", "display"]);
  if (!columns.ok) return columns;
  const titles = header.map((name) => name.replace(/^\uFEFF/, "").trim());
  const concepts = rows.map((row) => conceptOf(Object.fromEntries(titles.map((name, at) => [name, row[at] ?? ""]))));
  return checkRelease({ url, version, title: title ?? url, concepts });
}

function conceptOf(cells: Readonly<Record<string, string>>): ReleaseConcept {
  const { code = "", display = "", parent = "", inactive = "" } = cells;
  const properties: ConceptProperty[] = Object.entries(cells)
    .filter(([name, value]) => !ownColumns.includes(name) && value !== "")
    .map(([name, value]) => ({ code: name, valueString: value }));
  return {
    code: code.trim(),
    ...(display === "" ? {} : { display }),
    isInactive: inactive.trim().toLowerCase() === "true",
    isAbstract: false,
    parents: parent
      .split("|")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
    designations: [],
    properties,
  };
}
