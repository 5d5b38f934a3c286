import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { conceptText } from "./entry-of.ts";

/** Members that say nothing to the person that is not said elsewhere. */
const silent = ["resourceType", "id", "meta", "text", "implicitRules", "language", "contained", "data", "url", "div"];

/** What a reference is called for the reader, by its text; undefined: it says nothing to them, and is left out. */
export type NamedReference = (reference: string) => string | undefined;

interface Room {
  characters: number;
  readonly named: NamedReference;
}

/** A document as lines that a person can read: what a member is called, and what it says. */
export function readableLines(body: JsonObject, named: NamedReference = (reference) => reference): readonly string[] {
  const lines: string[] = [];
  const room: Room = { characters: limits.packTextCharactersMax, named };
  for (const [name, value] of Object.entries(body)) addLines(lines, { name, value, depth: 0 }, room);
  if (room.characters <= 0) lines.push("… The rest of this document is in the file fhir/bundle.json.");
  return lines;
}

interface Member {
  readonly name: string;
  readonly value: Json;
  readonly depth: number;
}

function addLines(lines: string[], { name, value, depth }: Member, room: Room): void {
  if (silent.includes(name) || room.characters <= 0 || depth > 8) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) addLines(lines, { name, value: item, depth }, room);
    return;
  }
  const said = briefly(value, room.named);
  if (said === nothing) return;
  if (said === undefined && isJsonObject(value) && typeof value.url === "string") {
    addExtension(lines, { value, depth }, room);
    return;
  }
  const line = said === undefined ? `${labelOf(name)}:` : `${labelOf(name)}: ${said}`;
  const indented = `${"   ".repeat(depth)}${line}`;
  const cut = indented.slice(0, room.characters);
  room.characters -= indented.length;
  lines.push(cut);
  if (said !== undefined || !isJsonObject(value)) return;
  for (const [inner, member] of Object.entries(value))
    addLines(lines, { name: inner, value: member, depth: depth + 1 }, room);
}

/** An extension is called by the last word of its address, and says its value, or has parts of its own. */
function addExtension(
  lines: string[],
  { value: { url, id: _, ...parts }, depth }: { readonly value: JsonObject; readonly depth: number },
  room: Room,
): void {
  const name = String(url).split(/[/:#]/).at(-1)?.replaceAll("-", " ") ?? "";
  const [value = null, ...others] = Object.values(parts);
  const isSingle = others.length === 0 && !Array.isArray(value);
  addLines(lines, { name, value: isSingle ? value : parts, depth }, room);
}

/** Of a reference that is left out. */
const nothing = Symbol("nothing");

/** What fits on one line; undefined for what has parts of its own. */
function briefly(value: Json, named: NamedReference): string | typeof nothing | undefined {
  if (typeof value === "string") return dated(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!isJsonObject(value)) return undefined;
  if (typeof value.reference === "string") {
    return typeof value.display === "string" ? value.display : (named(value.reference) ?? nothing);
  }
  if (typeof value.display === "string" && isJsonObject(value.identifier)) return value.display;
  if (value.coding !== undefined || (typeof value.text === "string" && Object.keys(value).length === 1)) {
    return conceptText(value);
  }
  if (typeof value.code === "string" && typeof value.system === "string" && value.value === undefined) {
    return conceptText(value) ?? value.code;
  }
  if (value.value !== undefined && !isJsonObject(value.value)) return quantity(value);
  if (value.start !== undefined || value.end !== undefined)
    return `${dated(String(value.start ?? "?"))} to ${dated(String(value.end ?? "now"))}`;
  if (value.family !== undefined || value.given !== undefined) return nameText(value);
  return undefined;
}

function quantity({ comparator, value, unit, code, system }: JsonObject): string {
  const label = unit ?? (typeof system === "string" && system.includes("unitsofmeasure") ? code : undefined);
  return [comparator, value, label].filter((part) => part !== undefined).join(" ");
}

function nameText({ prefix, given, family, text }: JsonObject): string {
  if (typeof text === "string") return text;
  return [prefix, given, family]
    .flat()
    .filter((part) => typeof part === "string")
    .join(" ");
}

const months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec".split(",");

/** `2026-11-22T18:04:42+00:00` as `22 Nov 2026, 18:04`; what is no date as it is. */
export function dated(text: string): string {
  const [, year, month, day, time] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)[\d:.]*(?:Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  if (year === undefined) return text;
  const date = `${Number(day)} ${months[Number(month) - 1]} ${year}`;
  return time === undefined ? date : `${date}, ${time}`;
}

/** Members that may hold one of several types say which in their name. Source: FHIR R4 (choice of data types). */
const choice = /^(value|effective|onset|abatement|performed|occurrence|deceased|medication|timing|authored)(?=[A-Z])/;
const choices: Readonly<Record<string, string>> = { effective: "When", performed: "When", occurrence: "When" };

function labelOf(name: string): string {
  const base = choice.exec(name)?.[1];
  return base === undefined ? wordsOf(name) : (choices[base] ?? wordsOf(base));
}

/** `effectiveDateTime` as `Effective date time`. */
export function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
