import type { ElementRow, StructureRow } from "./tables.ts";

/**
 * What is mended in the guide's rows before they are compiled: slips of the sheets, and names that R4 spells otherwise.
 * Each is applied to the texts it fits, in order; nothing else in a row is ever changed.
 */
interface Repair {
  /** The maps it is for; absent: all. */
  readonly map?: RegExp;
  readonly find: RegExp;
  readonly put: string;
  readonly why: string;
}

const conditionRepairs: readonly Repair[] = [
  { find: /^[a-z]{1,2}$/, put: "", why: "stray letters" },
  { find: /\bAREA NOT\b/, put: "ARE NOT", why: "slip for ARE" },
  { find: /\bPL3\.NOT/, put: "PL.3 NOT", why: "the dot stands too late" },
  { find: / ERROR$/, put: "", why: "a remark for the sender, not a condition" },
  { find: / X"\)/, put: ' "X")', why: "a quotation mark is missing" },
];

const r5 = "R4 has no such element; the content goes where R4 has room for it";

const targetRepairs: readonly Repair[] = [
  { find: /="[^"]*"$|='[^']*'$/, put: "", why: "the value is in the target; it is assigned" },
  { find: /\[(\d+)\}/, put: "[$1]", why: "unbalanced brackets" },
  { find: /\[(\d+)\.(?=[a-z])/, put: "[$1].", why: "unbalanced brackets" },
  { find: /extension((?:\[\d+\])?)\.uri\b/, put: "extension$1.url", why: "extensions have a url" },
  { find: /coding((?:\[\d+\])?)\.(?:uri|sytem)\b/, put: "coding$1.system", why: "codings have a system" },
  { find: /coding((?:\[\d+\])?)\.value\b/, put: "coding$1.code", why: "codings have a code" },
  { find: /valuedateTime/, put: "valueDateTime", why: "spelling" },
  { find: /valueSampedData/, put: "valueSampledData", why: "spelling" },
  { find: /^occur+[en]+c?eT[iI]ming|^occurrenceTIming|^occurneceTiming/, put: "occurrenceTiming", why: "spelling" },
  { find: /organziation\.|organization\.(?=\()/, put: "organization", why: "spelling" },
  { find: /PractitionerRole\.(?:Practitioner|practioner)\(/, put: "PractitionerRole.practitioner(", why: "spelling" },
  { find: /\bdoseForm\b/, put: "form", why: "R4 calls it so" },
  { find: /^payer\[/, put: "payor[", why: "spelling" },
  { find: /\(\[1\]Organization/, put: "(Organization", why: "the index stands before the type" },
  { find: /Organization\|Device/, put: "Device", why: "Corridor is a device" },
  { find: /recorder\.reference\(/, put: "recorder(", why: "the reference is the element itself" },
  { find: /coveragePeriod/, put: "period", why: r5 },
  { find: /PractitionerRole\.address\)/, put: "PractitionerRole.practitioner(Practitioner.address))", why: r5 },
  { find: /^value\.CodeableConcept/, put: "valueCodeableConcept", why: "the type is part of the name" },
  { find: /^\[(\d)\]\.location\(Location\./, put: "[$1].", why: "the map is of locations already" },
  {
    find: /^extension\[1\]:group\.valueDecimal/,
    put: "extension[1].extension[group].valueDecimal",
    why: "slice names",
  },
  { find: /^extension\[1\]:group\.url/, put: "extension[1].url", why: "slice names" },
  { find: /^extension\[1\]:([a-z-]+)\.valueString/, put: "extension[1].extension[$1].valueString", why: "slice names" },
  { find: /boundPeriod|\.boundsPeriod/, put: ".boundsPeriod", why: "spelling" },
  { find: /^occurrenceTiming\.(bounds|duration)/, put: "occurrenceTiming.repeat.$1", why: "R4 has it below repeat" },
  { map: /^TQ1\[Med/, find: /^occurrenceTiming/, put: "dosageInstruction.timing", why: "R4 has it in the dosage" },
  { map: /^TQ\[Med/, find: /^occurrenceTiming/, put: "dosageInstruction.timing", why: "R4 has it in the dosage" },
  { map: /^TQ\[Med/, find: /doseAndRate\.timing/, put: "timing", why: "R4 has it in the dosage" },
  { map: /^RXO/, find: /^medication\(/, put: "medicationReference(", why: "the type is part of the name" },
  { map: /^PR1/, find: /^code\[1\]\.value$/, put: "code.text", why: "a concept has no value" },
  { map: /^MSH\[Prov/, find: /^occurred$/, put: "occurredDateTime", why: "the type is part of the name" },
  { map: /^(?:NTE|OBX)\[Doc/, find: /\.(data|contentType|url)$/, put: ".attachment.$1", why: "below the attachment" },
  { map: /^(?:NTE|OBX)\[Doc/, find: /\.attachment\.attachment/, put: ".attachment", why: "below the attachment" },
  { map: /^OBR\[Serv/, find: /valueCodeableReference\.concept/, put: "valueCodeableConcept", why: r5 },
  { map: /^PV1\[Basic/, find: /^location\[3\]\.extension/, put: "extension[3]", why: r5 },
  { map: /^PV1\[Basic/, find: /valueExtension/, put: "extension", why: "extensions hold extensions" },
  {
    map: /^OBX\[Observation/,
    find: /^identifier(?=$|\.)/,
    put: "identifier[1]",
    why: "value and type are of one entry",
  },
  {
    map: /^OBX\[Observation-Component\]#4$/,
    find: /valueQuantity$/,
    put: "valueQuantity.value",
    why: "a number is the value, as in OBX[Observation]",
  },
  { map: /^PV2/, find: /^participant\./, put: "participant[1].", why: "each repetition is an entry" },
  { map: /^RXA|^ORC\[(?:Imm|Med)/, find: /^performer\./, put: "performer[1].", why: "each repetition is an entry" },
  {
    map: /^MSH\[MessageHeader/,
    find: /^(source|destination)\[1\]\.(?:endpoint|name)$/,
    put: "$1",
    why: "the map fills it",
  },
  { map: /^MSH\[MessageHeader/, find: /^(source|destination)\[1\]/, put: "$1", why: "one sender, one receiver" },
  { map: /^CWE\[Quantity/, find: /^Quantity\./, put: "", why: "the map is of quantities already" },
  { map: /^CWE\[Duration/, find: /^duration$/, put: "unit", why: "a duration has a unit" },
  { map: /^CWE\[Identifier/, find: /\.name$/, put: ".type.text", why: "an identifier has no name" },
  { map: /^XAD/, find: /^line\[1-3\]$/, put: "$$this", why: "the map fills the lines" },
  { map: /^NDL/, find: /^\[(\d)\]\./, put: "location[$1](Location).", why: "the locations of the role" },
  { map: /^EI\[(?:Cond|Id)/, find: /^assigner\(Organization/, put: "assigner(Organization", why: "as it is" },
  { map: /^EI\[Cond/, find: /^assigner/, put: "identifier.assigner", why: "the assigner of the identifier" },
  { map: /^EI\[Device-udi/, find: /^udiCarrier\./, put: "", why: "the map is of carriers already" },
  {
    map: /^CWE\[Device/,
    find: /^definition\(DeviceDefinition\./,
    put: "definition(DeviceDefinition.",
    why: "as it is",
  },
  {
    map: /^XTN/,
    find: /^system\.extension-data-absent-reason/,
    put: "system.extension[1].valueCode",
    why: "its slice name",
  },
  {
    map: /^XAD/,
    find: /^extension\[3\]\.valueCode$/,
    put: "extension[3].valueString",
    why: "a string by its definition",
  },
  {
    map: /^(?:NDL|PL)/,
    find: /\.partOf\.reference\(Location\[\d\]\)/,
    put: ".partOf",
    why: "a sibling of the same map",
  },
];

/** Assignments that are sums of times, and slips of quotation marks. */
const assignmentRepairs: readonly Repair[] = [
  { find: /^(https?:[^"]*|enterer)$/, put: '"$1"', why: "quotation marks are missing" },
  { find: /(OBX-6)"$/, put: "$1", why: "a stray quotation mark" },
  { find: /^"([^"]*)$/, put: '"$1"', why: "a quotation mark is missing" },
  { find: /^#(.*)#$/, put: '"$1"', why: "a code that the guide proposes" },
  { find: /^" ?([^"]+)"$/, put: '"$1"', why: "a blank before the value" },
  {
    map: /^PV1\[Encounter\]#14$/,
    find: /^"http.*ParticipationType"$/,
    put: "",
    why: "the system of the participation stands a row too high, in place of who takes part",
  },
  { map: /^PV1\[Encounter\]#44$/, find: /^"reserved"$/, put: "", why: "the status stands a row too high" },
  { map: /^PV1\[Encounter\]#45$/, find: /^$/, put: '"reserved"', why: "the status stands a row too high" },
  { find: /extension-humanname-assembly-order\.html/, put: "x", why: "the page in place of the extension" },
  { map: /^EVN/, find: /MSG\./g, put: "MSH-9.", why: "EVN has no MSG" },
  { map: /^MSH/, find: /MSG\./g, put: "MSH-9.", why: "the field by its number" },
];

export function repaired<Row extends ElementRow | StructureRow>(row: Row): Row {
  const map = row.id;
  const to = "from" in row ? mended(row.to, map, targetRepairs) : row.to;
  const when = mended(row.when, map, conditionRepairs);
  if (!("from" in row)) return { ...row, when };
  const literal = /=("[^"]*"|'[^']*')$/.exec(row.to)?.[1] ?? /\{assign: ("[^"]*")/.exec(row.to)?.[1];
  const assign = row.assign || (literal === undefined ? "" : `"${literal.slice(1, -1)}"`);
  return { ...row, to: to.replace(/\s*\{assign.*$/, ""), when, assign: mended(assign, map, assignmentRepairs) };
}

function mended(text: string, map: string, repairs: readonly Repair[]): string {
  return repairs.reduce(
    (now, repair) => (repair.map?.test(map) === false ? now : now.replace(repair.find, repair.put)),
    text,
  );
}
