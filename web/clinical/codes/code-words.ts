import type { CodeView } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import type { TagTone } from "../../parts/tag/tag.tsx";

type CodeField = CodeView["field"];

/** What the code stands for in the message. */
export const fieldWords: Readonly<Record<CodeField, string>> = {
  "OBR-4": "Report",
  "OBX-3": "Result",
  "OBX-5": "Coded value",
  "OBX-6": "Unit",
};

type CodeState = CodeView["state"];

interface StateWords {
  readonly word: string;
  readonly tone: TagTone;
  readonly icon: IconName;
}

export const stateWords: Readonly<Record<CodeState, StateWords>> = {
  open: { word: "Needs a meaning", tone: "warn", icon: "pencil" },
  proposed: { word: "Waits for a second person", tone: "accent", icon: "patients" },
  approved: { word: "Being put to use", tone: "plain", icon: "clock" },
  mapped: { word: "Mapped", tone: "good", icon: "check" },
  aside: { word: "Stays as sent", tone: "plain", icon: "check" },
};

export const loincSystem = "http://loinc.org";
export const snomedSystem = "http://snomed.info/sct";
export const ucumSystem = "http://unitsofmeasure.org";

const systemNames: ReadonlyMap<string, string> = new Map([
  [loincSystem, "LOINC"],
  [snomedSystem, "SNOMED CT"],
  [ucumSystem, "UCUM"],
]);

/** The name people use, or the address where there is none: `LOINC`, `HL7 v2-0371`, `FHIR administrative-gender`. */
export function systemName(system: string): string {
  const known = systemNames.get(system);
  if (known !== undefined) return known;
  const [, hl7] = /^http:\/\/terminology\.hl7\.org\/CodeSystem\/([\w-]+)$/.exec(system) ?? [];
  if (hl7 !== undefined) return `HL7 ${hl7}`;
  const [, fhir] = /^http:\/\/hl7\.org\/fhir\/([\w-]+)$/.exec(system) ?? [];
  return fhir === undefined ? system : `FHIR ${fhir}`;
}

/** `BIOLIMS|CGH-LAB` as the messages pages say it: `BIOLIMS at CGH-LAB`. */
export function senderText(sender: string): string {
  return sender
    .split("|")
    .filter((part) => part !== "")
    .join(" at ");
}
