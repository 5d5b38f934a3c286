import { failed, incorrect, ok, type Result } from "#kernel";
import { type AckCode, ackCodes } from "./ack-codes.ts";
import { type Message, segmentNamed, segmentsNamed } from "./message.ts";
import { formatPosition } from "./position.ts";
import type { Segment } from "./segment.ts";
import type { Value } from "./value.ts";

/** What a receiver has answered. */
export interface Ack {
  readonly code: AckCode;
  /** MSA-2: the MSH-10 of the message that is answered. Empty when the receiver did not say. */
  readonly controlId: string;
  /** MSA-3, which receivers before 2.7 use. */
  readonly text: string;
  readonly errors: readonly AckError[];
}

export interface AckError {
  /** `PID[1]-5[1]`, when the receiver named a place. */
  readonly where?: string;
  /** Of HL7 table 0357, or the receiver's own. */
  readonly code: string;
  readonly text: string;
  readonly severity: "error" | "warning" | "information";
}

/**
 * Reads MSA and ERR, in the form of any version. `segment-missing` without MSA, `ack-code-unknown` when MSA-1 is none
 * of the six.
 * Source: HL7 v2.5.1 §2.15.8, §2.15.5.
 */
export function readAck(message: Message): Result<Ack> {
  const msa = segmentNamed(message, "MSA");
  if (msa === undefined) {
    return failed(incorrect("segment-missing", "There is no MSA segment.", { where: "MSA" }));
  }
  const given = msa.field(1).text.trim();
  const code = ackCodes.find((known) => known === given);
  if (code === undefined) {
    return failed(incorrect("ack-code-unknown", "MSA-1 is none of AA, AE, AR, CA, CE, CR.", { where: "MSA-1" }));
  }
  const errors = segmentsNamed(message, "ERR").flatMap(errorsOf);
  return ok({ code, controlId: msa.field(2).text.trim(), text: msa.field(3).text, errors });
}

function errorsOf(err: Segment): AckError[] {
  return err.field(3).isValued ? [newError(err)] : err.repetitions(1).map(oldError);
}

function newError(err: Segment): AckError {
  const condition = err.field(3);
  return {
    ...place(err.field(2)),
    code: condition.component(1).text,
    text: err.field(8).text || err.field(7).text || condition.component(2).text,
    severity: severities[err.field(4).text] ?? "error",
  };
}

/** Until 2.4: segment, sequence, field, code. */
function oldError(eld: Value): AckError {
  const condition = eld.component(4);
  const where = eld.component(1).isValued ? place(eld) : {};
  return { ...where, code: condition.subcomponent(1).text, text: condition.subcomponent(2).text, severity: "error" };
}

const severities: Readonly<Record<string, AckError["severity"]>> = {
  E: "error",
  F: "error",
  W: "warning",
  I: "information",
};

function place(erl: Value): { readonly where?: string } {
  const number = (component: number) => {
    const text = erl.component(component).text;
    return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
  };
  const segment = erl.component(1).text;
  if (segment === "") return {};
  const [occurrence, field] = [number(2), number(3)];
  const numbers = { ...(occurrence !== undefined && { occurrence }), ...(field !== undefined && { field }) };
  return { where: formatPosition({ segment, ...numbers }) };
}
