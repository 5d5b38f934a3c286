import { incorrect, type Problem, unsupported } from "#kernel";
import { type Header, type Message, missingSegmentBreaks } from "#standards/hl7v2";
import { type Weighing, weighed } from "../gates/findings.ts";
import type { LinkMessageState } from "./link-message.ts";
import type { Mapping, ReadMessage } from "./mapping.ts";

/** Why a message goes no further. Held: a person decides. Rejected: the sender must change it, or send it elsewhere. */
export interface Refusal {
  readonly state: Extract<LinkMessageState, "held" | "rejected">;
  readonly problems: readonly [Problem, ...Problem[]];
  /** What is missing is ours to mend, so the sender is told that the message was taken. */
  readonly isOurs?: true;
}

/** What must be right before a message is read at all: its header, and that it is one message. */
export function refusalOfHeader(message: Message, problems: readonly Problem[]): Refusal | undefined {
  const ofMessage = message.problems.filter(({ code }) => fatalCodes.has(code));
  return refusal("rejected", [...problems.filter(({ code, where }) => isFatal(code, where)), ...ofMessage]);
}

const fatalCodes = new Set(["header-repeated", "segments-too-many"]);
const fatalHeaderCodes = new Set(["header-missing", "batch-unsupported", "delimiters-invalid"]);

/** Type and control id are needed to answer and to map; processing id and version are not. */
function isFatal(code: string, where: string | undefined): boolean {
  if (code === "required-field-missing") return where === "MSH-9" || where === "MSH-10";
  return fatalHeaderCodes.has(code);
}

const knownTypes = new Set(
  ["ORU", "OUL", "ORM", "OML", "OMG", "ORL", "ORR", "MDM", "ADT"].concat([
    ...["BAR", "DFT", "PPR", "RDE", "RDS", "REF", "SIU", "VXU"],
  ]),
);

/** Types that are not mapped are kept and refused. Source: HL7 table 0357, 200 and 201. */
export function refusalOfType({ type }: Header): Refusal {
  const name = [type.code, type.trigger].filter((part) => part !== "").join("^");
  const message = `Messages of type ${name} are not taken here.`;
  const code = knownTypes.has(type.code) ? "trigger-unsupported" : "message-type-unsupported";
  return { state: "rejected", problems: [unsupported(code, message, { where: "MSH-9" })] };
}

/**
 * What must be right before a message is mapped: structure first, then who the patient is. Somebody may have said who
 * that is.
 */
export function refusalOfContent(
  message: Message,
  { read, mapping, weighing }: { readonly read: ReadMessage; readonly mapping: Mapping; readonly weighing: Weighing },
): Refusal | undefined {
  return (
    refusal("rejected", read.faults) ??
    refusal("rejected", structureProblems(message, read, mapping)) ??
    weighed(missingSegmentBreaks(message), weighing).refusal ??
    weighed(read.identifiers.problems, weighing).refusal ??
    (weighing.ruling?.patientId === undefined && !mapping.isReply ? refusal("held", unidentified(read)) : undefined)
  );
}

function structureProblems(
  message: Message,
  { groups }: ReadMessage,
  { required, isReply }: Mapping,
): readonly Problem[] {
  if (groups.patientCount > 1) {
    const text = "The message is about several patients; each must be in a message of its own.";
    return [unsupported("several-patients", text, { where: "PID[2]" })];
  }
  const names = [...(isReply ? [] : ["PID"]), ...required];
  return names
    .filter((name) => !message.segments.some((segment) => segment.name === name))
    .map((name) => incorrect("segment-missing", `There is no ${name} segment.`, { where: name }));
}

function unidentified({ identifiers, patient }: ReadMessage): readonly Problem[] {
  if (identifiers.lookup.length > 0 && patient !== undefined) return [];
  return [incorrect("patient-not-identified", "No number of the patient is given.", { where: "PID[1]-3" })];
}

function refusal(state: Refusal["state"], problems: readonly Problem[]): Refusal | undefined {
  const [first, ...rest] = problems;
  return first === undefined ? undefined : { state, problems: [first, ...rest] };
}
