import type { Json, JsonObject } from "#kernel";
import { attributeOf, type DataElement, DataSet, makeElement, tagOf, vrs } from "#standards/dicom";
import { isPrimitiveType, jsonKey, resourceTypes, shapeOf } from "#standards/fhir";

/** One of each kind of identifiers that must go. Source: 45 CFR 164.514(b)(2)(i)(A) to (R). */
export const planted: Readonly<Record<string, string>> = {
  "A names": "Akosuadede Oseikyerem",
  "B places": "14 Larkspurlane Wellowbridge",
  "B postcodes": "SW1A 2AA",
  "C dates": "1938-04-17",
  "D telephone numbers": "01632 555123",
  "E fax numbers": "01632 555987",
  "F mail addresses": "a.oseikyerem@larkspur.example",
  "G social security numbers": "943 476 5919",
  "H medical record numbers": "MRN7745512",
  "I health plan numbers": "HPB99887766",
  "J account numbers": "ACC55443322",
  "K licence numbers": "DVLA9988OSEI",
  "L vehicles": "KX19 ZZTQ",
  "M devices": "DEVSN0042771",
  "N web addresses": "https://oseikyerem.example/ama",
  "O network addresses": "203.0.113.77",
  "P biometrics": "FINGERPRINTXQZ",
  "Q photographs": "FACEPHOTOBYTES",
  "R other marks": "TATTOOUNIQUE31",
};

const texts = Object.values(planted);
export const birthDate = planted["C dates"] ?? "";

/** As somebody who wanted to hide it, or a program, may have written it. */
export function variantsOf(text: string): readonly string[] {
  const words = text.split(" ");
  const plain = text.replace(/[\s-]/g, "");
  const whole = [
    text,
    plain,
    [...words].reverse().join("^"),
    [...words].reverse().join(", "),
    words.join("^"),
    words.join("%20"),
  ];
  const parts = words.filter((word) => word.length >= 6);
  const dated = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const dates = dated === null ? [] : [`${dated[3]}/${dated[2]}/${dated[1]}`, `${dated[3]}.${dated[2]}.${dated[1]}`];
  return [...new Set([...whole, ...parts, ...dates])];
}

/** What base 64 has of a text wherever it begins within what was coded. */
export function base64Of(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const coded = Buffer.from(" ".repeat(offset) + text).toString("base64");
    return coded.slice(offset === 0 ? 0 : 4, Math.floor((text.length - 2) / 3) * 4);
  });
}

const depthMax = 2;

/** A resource of the type with every element filled, each text one of those planted, down to some depth. */
export function aStuffedResource(type: string, turn = { next: 0 }): JsonObject {
  return { resourceType: type, ...stuffed(type, 0, turn) };
}

export const everyStuffedResource = () => resourceTypes.map((type, index) => aStuffedResource(type, { next: index }));

interface Turn {
  next: number;
}

function stuffed(shapeName: string, depth: number, turn: Turn): JsonObject {
  const object: Record<string, Json> = {};
  for (const element of shapeOf(shapeName)?.elements ?? []) {
    const types = element.types.filter(({ name }) => depth < depthMax || isPrimitiveType(name));
    for (const { name } of types) {
      const key = jsonKey(element, name);
      const value = stuffedValue(name, depth, turn);
      object[key] = element.max > 1 ? [value, ...(isPrimitiveType(name) ? [textOf(turn)] : [])] : value;
      if (isPrimitiveType(name)) object[`_${key}`] = { id: textOf(turn), extension: [extension(turn)] };
    }
  }
  return { ...object, notOfTheType: textOf(turn) };
}

function stuffedValue(type: string, depth: number, turn: Turn): Json {
  if (type === "Extension") return extension(turn);
  if (type === "Resource")
    return depth >= 1
      ? { resourceType: "Basic", id: idOf(turn) }
      : { resourceType: "Patient", ...stuffed("Patient", depthMax - 1, turn) };
  if (!isPrimitiveType(type)) return stuffed(type, depth + 1, turn);
  switch (type) {
    case "boolean":
      return true;
    case "decimal":
    case "integer":
    case "positiveInt":
    case "unsignedInt":
      return 7;
    case "date":
      return birthDate;
    case "dateTime":
    case "instant":
      return `${birthDate}T10:30:00Z`;
    case "base64Binary":
      return Buffer.from(textOf(turn)).toString("base64");
    case "id":
      return idOf(turn);
    case "xhtml":
      return `<div xmlns="http://www.w3.org/1999/xhtml">${textOf(turn)}</div>`;
    default:
      return textOf(turn);
  }
}

/** Inside one that may stay, too. */
function extension(turn: Turn): Json {
  const race = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race";
  const inner = { url: "text", valueString: textOf(turn) };
  const coding = {
    url: "ombCategory",
    valueCoding: { system: textOf(turn), code: textOf(turn), display: textOf(turn) },
  };
  if (turn.next % 3 === 0) return { url: race, id: textOf(turn), extension: [inner, coding] };
  return { url: `https://example.org/${idOf(turn)}`, valueString: textOf(turn), extension: [inner] };
}

function textOf(turn: Turn): string {
  turn.next += 1;
  return texts[turn.next % texts.length] ?? "";
}

function idOf(turn: Turn): string {
  return textOf(turn).replace(/[^A-Za-z0-9.-]/g, "-");
}

/**
 * An image whose every text attribute of the dictionary holds something planted, the same in items and in private elements; codes
 * hold a name and a number of the patient.
 */
export function aStuffedImage(base: DataSet, keywords: readonly number[]): DataSet {
  const turn = { next: 0 };
  const elements = keywords.flatMap((tag) => stuffedElement(tag, turn) ?? []);
  const item = new DataSet([...elements.filter(({ vr }) => vr !== "SQ")]);
  const sequences = keywords
    .filter((tag) => attributeOf(tag)?.vr === "SQ")
    .flatMap((tag) => makeElement(tag, [item]) ?? []);
  const own = [
    makeElement(tagOf(0x0009, 0x0010), [textOf(turn)], { vr: "LO" }),
    ...texts.flatMap(
      (text, index) => makeElement(tagOf(0x0009, 0x1000 + index), [text], { vr: index % 2 === 0 ? "LO" : "UN" }) ?? [],
    ),
  ].filter((element) => element !== undefined);
  return base.with(...elements.filter(({ tag }) => base.get(tag) === undefined), ...sequences.slice(0, 5), ...own);
}

function stuffedElement(tag: number, turn: Turn): DataElement | undefined {
  const attribute = attributeOf(tag);
  const vr = attribute?.vr.split("/").at(-1) ?? "UN";
  if (attribute === undefined || tag >>> 16 < 8 || tag >>> 16 > 0x4fff) return undefined;
  // What pictures and their colours are made of is not read.
  if (/LookupTable|LUT|Pixel/.test(attribute.keyword)) return undefined;
  switch (vr) {
    case "CS":
      return makeElement(tag, [turn.next++ % 2 === 0 ? "OSEIKYEREM" : "MRN7745512"]);
    case "DA":
      return makeElement(tag, [birthDate.replaceAll("-", "")]);
    case "DT":
      return makeElement(tag, [`${birthDate.replaceAll("-", "")}103000`]);
    case "PN":
      return makeElement(tag, ["Oseikyerem^Akosuadede"]);
    case "OB":
    case "OW":
    case "UN":
      return makeElement(tag, new TextEncoder().encode(textOf(turn)), { vr });
    case "IS":
    case "DS":
    case "TM":
    case "AS":
    case "UI":
      return makeElement(tag, [textOf(turn)]);
    default:
      return ["text", "ascii"].includes(vrs[vr]?.content ?? "") ? makeElement(tag, [textOf(turn)]) : undefined;
  }
}
