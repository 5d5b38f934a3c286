import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { conceptText } from "./entry-of.ts";

/** Members that say nothing to the person that is not said elsewhere. */
const silent = ["resourceType", "id", "meta", "text", "implicitRules", "language", "contained", "data", "url", "div"];

/** A document as lines that a person can read: what a member is called, and what it says. */
export function readableLines(body: JsonObject): readonly string[] {
  const lines: string[] = [];
  const room = { characters: limits.packTextCharactersMax };
  for (const [name, value] of Object.entries(body)) addLines(lines, { name, value, depth: 0 }, room);
  if (room.characters <= 0) lines.push("… The rest of this document is in the file fhir/bundle.json.");
  return lines;
}

interface Member {
  readonly name: string;
  readonly value: Json;
  readonly depth: number;
}

function addLines(lines: string[], { name, value, depth }: Member, room: { characters: number }): void {
  if (silent.includes(name) || room.characters <= 0 || depth > 8) return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) addLines(lines, { name, value: item, depth }, room);
    return;
  }
  const said = briefly(value);
  const line = said === undefined ? `${wordsOf(name)}:` : `${wordsOf(name)}: ${said}`;
  const indented = `${"   ".repeat(depth)}${line}`;
  const cut = indented.slice(0, room.characters);
  room.characters -= indented.length;
  lines.push(cut);
  if (said !== undefined || !isJsonObject(value)) return;
  for (const [inner, member] of Object.entries(value))
    addLines(lines, { name: inner, value: member, depth: depth + 1 }, room);
}

/** What fits on one line; undefined for what has parts of its own. */
function briefly(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!isJsonObject(value)) return undefined;
  if (typeof value.reference === "string") return typeof value.display === "string" ? value.display : value.reference;
  if (value.coding !== undefined || (typeof value.text === "string" && Object.keys(value).length === 1)) {
    return conceptText(value);
  }
  if (typeof value.code === "string" && typeof value.system === "string" && value.value === undefined) {
    return conceptText(value) ?? value.code;
  }
  if (value.value !== undefined && !isJsonObject(value.value)) return quantity(value);
  if (value.start !== undefined || value.end !== undefined) return `${value.start ?? "?"} to ${value.end ?? "now"}`;
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

/** `effectiveDateTime` as `Effective date time`. */
export function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
