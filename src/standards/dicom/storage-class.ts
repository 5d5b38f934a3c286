import table from "./generated/storage-classes.json" with { type: "json" };

const names: ReadonlyMap<string, string> = new Map(
  table.rows.map((row) => [row.slice(0, row.indexOf(" ")), row.slice(row.indexOf(" ") + 1)]),
);

/** The name of a storage SOP class: `CT Image Storage`; undefined for one that the standard does not list. */
export function storageClassName(uid: string): string | undefined {
  return names.get(uid);
}

/** The UIDs of every storage SOP class of the standard. */
export const storageClasses: readonly string[] = [...names.keys()];
