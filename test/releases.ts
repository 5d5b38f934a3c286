/** Small made-up releases of code systems in the true formats, built into a folder. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

async function writeFiles(folder: string, files: Readonly<Record<string, readonly string[]>>, lineEnd: string) {
  for (const [name, lines] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), lines.map((line) => line + lineEnd).join(""));
  }
}

const isA = "116680003";
const fullName = "900000000000003001";
const synonym = "900000000000013009";
const core = "900000000000207008";
const british = "900000000000508004";
const american = "900000000000509007";
const preferred = "900000000000548007";

/** Codes of the made-up release: everything, three kinds of fracture one under another, a site, and a retired one. */
export const snomed = {
  root: "138875005",
  fracture: "125605004",
  ofArm: "23406007",
  ofWrist: "263102004",
  arm: "53120007",
  retired: "999480451000001102",
  site: "363698007",
  refset: "999000261000000109",
  side: "272741003",
  severity: "246112005",
  strength: "1142135004",
} as const;

function concept(id: string, isActive = true): string {
  return [id, "20240101", isActive ? "1" : "0", core, "900000000000074008"].join("\t");
}

function description(number: number, id: string, [type, term, active]: readonly [string, string, string?]): string {
  return [`${number}01`, "20240101", active ?? "1", core, id, "en", type, term, "900000000000448009"].join("\t");
}

function relation(
  number: number,
  [source, type, target]: readonly [string, string, string],
  { active = "1", group = "0" } = {},
): string {
  return [
    `${number}02`,
    "20240101",
    active,
    core,
    source,
    target,
    group,
    type,
    "900000000000011006",
    "900000000000451002",
  ].join("\t");
}

function language(set: string, number: number): string {
  return [`u${set}${number}`, "20240101", "1", core, set, `${number}01`, preferred].join("\t");
}

function snomedRelations(): readonly string[] {
  const { root, fracture, ofArm, ofWrist, arm, site, side, severity } = snomed;
  return [
    relation(1, [fracture, isA, root]),
    relation(2, [ofArm, isA, fracture]),
    relation(3, [ofWrist, isA, ofArm]),
    relation(4, [arm, isA, root]),
    relation(5, [site, isA, root]),
    relation(6, [ofArm, site, arm]),
    relation(7, [arm, isA, fracture], { active: "0" }),
    relation(8, [ofWrist, side, arm], { group: "1" }),
    relation(9, [ofWrist, severity, root], { group: "1" }),
    relation(10, [ofWrist, severity, fracture], { group: "2" }),
  ];
}

/** A release of the international edition of 2024-01-01, as its zip file unpacks. */
export async function writeSnomedRelease(folder: string): Promise<void> {
  const { root, fracture, ofArm, ofWrist, arm, retired, site, refset, strength } = snomed;
  const terms = [
    description(1, root, [fullName, "SNOMED CT Concept (SNOMED RT+CTV3)"]),
    description(2, fracture, [fullName, "Fracture of bone (disorder)"]),
    description(3, fracture, [synonym, "Fracture of bone"]),
    description(4, ofArm, [fullName, "Fracture of upper limb (disorder)"]),
    description(5, ofArm, [synonym, "Fracture of upper limb"]),
    description(6, ofArm, [synonym, "Broken arm"]),
    description(7, ofWrist, [synonym, "Fracture of wrist"]),
    description(8, ofWrist, [synonym, "Colour of nothing", "0"]),
    description(9, arm, [synonym, "Upper limb structure"]),
    description(10, retired, [synonym, "Old fracture code"]),
    description(11, site, [synonym, "Finding site"]),
  ];
  const files = {
    "Snapshot/Terminology/sct2_Concept_Snapshot_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId",
      ...[root, fracture, ofArm, ofWrist, arm, site].map((id) => concept(id)),
      concept(retired, false),
    ],
    "Snapshot/Terminology/sct2_Description_Snapshot-en_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId",
      ...terms,
    ],
    "Snapshot/Terminology/sct2_Relationship_Snapshot_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId",
      ...snomedRelations(),
    ],
    "Snapshot/Terminology/sct2_RelationshipConcreteValues_Snapshot_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\tsourceId\tvalue\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId",
      relation(11, [ofWrist, strength, "#2.5"]),
    ],
    "Snapshot/Terminology/sct2_StatedRelationship_Snapshot_INT_20240101.txt": ["not read"],
    "Snapshot/Refset/Language/der2_cRefset_LanguageSnapshot-en_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tacceptabilityId",
      language(american, 6),
      language(british, 5),
      language(british, 7),
    ],
    "Snapshot/Refset/Content/der2_Refset_SimpleSnapshot_INT_20240101.txt": [
      "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId",
      ["m1", "20240101", "1", core, refset, ofWrist].join("\t"),
      ["m2", "20240101", "0", core, refset, ofArm].join("\t"),
    ],
    "Full/Terminology/sct2_Concept_Full_INT_20240101.txt": ["not read"],
  };
  await writeFiles(folder, files, "\r\n");
}

/** Three terms of LOINC with the hierarchy of their parts. */
export async function writeLoincRelease(folder: string): Promise<void> {
  const files = {
    "LoincTable/Loinc.csv": [
      '"LOINC_NUM","COMPONENT","PROPERTY","TIME_ASPCT","SYSTEM","SCALE_TYP","METHOD_TYP","CLASS","VersionLastChanged","STATUS","CONSUMER_NAME","CLASSTYPE","SHORTNAME","ORDER_OBS","LONG_COMMON_NAME"',
      '"2345-7","Glucose","MCnc","Pt","Ser/Plas","Qn","","CHEM","2.73","ACTIVE","Glucose, blood","1","Glucose SerPl-mCnc","Both","Glucose [Mass/volume] in Serum or Plasma"',
      '"718-7","Hemoglobin","MCnc","Pt","Bld","Qn","","HEM/BC","2.78","ACTIVE","","1","Hgb Bld-mCnc","Both","Hemoglobin [Mass/volume] in Blood"',
      '"1-8","Acyclovir","Susc","Pt","Isolate","OrdQn","MIC","ABXBACT","2.9","DEPRECATED","","1","","Both","Acyclovir [Susceptibility], ""old"" form"',
    ],
    "AccessoryFiles/ComponentHierarchyBySystem/ComponentHierarchyBySystem.csv": [
      "PATH_TO_ROOT,SEQUENCE,IMMEDIATE_PARENT,CODE,CODE_TEXT",
      ",1,,LP29693-6,Laboratory",
      "LP29693-6,1,LP29693-6,LP14635-4,Glucose",
      "LP29693-6.LP14635-4,1,LP14635-4,2345-7,Glucose SerPl-mCnc",
      "LP29693-6,2,LP29693-6,718-7,Hgb Bld-mCnc",
    ],
  };
  await writeFiles(folder, files, "\n");
}

/** A chapter of ICD-10 with a block and three categories, in ClaML. */
export async function writeIcd10(file: string): Promise<void> {
  const label = (kind: string, text: string) =>
    `<Rubric id="r" kind="${kind}"><Label xml:lang="en" xml:space="default">${text}</Label></Rubric>`;
  await writeFile(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ClaML SYSTEM "ClaML.dtd">
<ClaML version="2.0.0">
  <Meta name="lang" value="en"/>
  <Identifier authority="WHO" uid="icd10"/>
  <Title date="2018-04-30" name="ICD-10-EXAMPLE" version="2019">International classification</Title>
  <!-- <Class code="commented" kind="category"/> -->
  <Class code="I" kind="chapter"><SubClass code="A00-A09"/>${label("preferred", "Certain infectious &amp; parasitic diseases")}</Class>
  <Class code="A00-A09" kind="block"><SuperClass code="I"/>${label("preferred", "Intestinal infectious diseases")}</Class>
  <Class code="A00" kind="category"><SuperClass code="A00-A09"/><SubClass code="A00.0"/>${label("preferred", "Cholera")}</Class>
  <Class code="A00.0" kind="category"><SuperClass code="A00"/>
    ${label("preferred", "Cholera due to <Term class='italics'>Vibrio cholerae</Term> 01")}
    ${label("inclusion", "Classical cholera")}${label("exclusion", "carrier <Reference>Z22.1</Reference>")}
  </Class>
  <Modifier code="S"><SubClass code="0"/></Modifier>
  <ModifierClass code="0" modifier="S"><SuperClass code="S"/>${label("preferred", "closed")}</ModifierClass>
</ClaML>
`,
  );
}

export async function writeTable(file: string): Promise<void> {
  const lines = [
    "code,display,parent,inactive,beds",
    "all,All wards,,,",
    'east,"East Ward, surgical",all,,24',
    "annexe,Annexe,all,true,",
    'both,"Shared ""bay""\nof two wards",east|annexe,,2',
  ];
  await writeFile(file, `\uFEFF${lines.join("\r\n")}\r\n`);
}
