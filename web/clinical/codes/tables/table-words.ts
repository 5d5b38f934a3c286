import type { CodeLayer, CodeRowView, CodeTablesView } from "#departments/clinical/api";
import type { TagTone } from "../../../parts/tag/tag.tsx";
import { senderText } from "../code-words.ts";

interface LayerWords {
  readonly word: string;
  readonly tone: TagTone;
  /** For the choice of one. */
  readonly choice: string;
}

/** In the order in which the last goes before the first. */
export const layerWords: Readonly<Record<CodeLayer, LayerWords>> = {
  official: { word: "Guide", tone: "plain", choice: "The HL7 guide" },
  uk: { word: "UK", tone: "plain", choice: "Corridor's British layer" },
  trust: { word: "Trust", tone: "accent", choice: "The trust" },
  approved: { word: "Approved", tone: "good", choice: "Approved on the worklist" },
  sender: { word: "Own", tone: "high", choice: "One link or sender" },
};

/** `AdministrativeSex` of the guide as people read it: `Administrative sex (HL7 0001)`. */
export function tableTitle(name: string, tables: CodeTablesView["guide"]): string {
  const number = tables.find((table) => table.name === name)?.table.replace(/^HL7?0?/, "");
  return `${spelled(name)}${number === undefined ? "" : ` (HL7 ${number.padStart(4, "0")})`}`;
}

/** `AllergySeverity[reaction.severity]` is `Allergy severity: reaction.severity`. */
function spelled(name: string): string {
  const [, first = name, part] = /^([^[]+)(?:\[(.*)\])?$/.exec(name) ?? [];
  const words = first.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return part === undefined || part === "" ? title : `${title}: ${part}`;
}

/** Of senders' own codes: what the message names as their system. */
export function ownTitle(system: string): string {
  if (system === "units") return "Units (OBX-6)";
  return system === "L" ? "Local codes" : `Codes of ${system}`;
}

/** `every link`, `lab, blood`, `BIOLIMS at CGH-LAB`. */
export function whoseRow({ kind, sender, links }: Pick<CodeRowView, "kind" | "sender" | "links">): string {
  if (sender !== undefined) return senderText(sender);
  if (links !== undefined) return links.join(", ");
  return kind === "guide" ? "every link" : "every sender";
}

/** `not for lab`, or that it does not count at all; undefined where nothing goes before it. */
export function overriddenText({ overriddenBy, layer, sender }: CodeRowView): string | undefined {
  if (overriddenBy.length === 0) return undefined;
  const forAll = overriddenBy.find(({ who }) => who === undefined || who === sender);
  if (forAll !== undefined && layer !== forAll.layer)
    return `not used: ${layerWords[forAll.layer].choice.toLowerCase()} says otherwise`;
  return `not for ${overriddenBy.map(({ who }) => senderText(who ?? "")).join(", ")}`;
}
