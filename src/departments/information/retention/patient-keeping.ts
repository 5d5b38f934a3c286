import type { Context } from "#access";
import { ok, type Problem, type Result } from "#kernel";
import { parseBody } from "#record";
import { patientFacts, wholeDay } from "./patient-facts.ts";
import { retentionOf } from "./retention-rules.ts";
import { stopOf } from "./what-stops.ts";

/** How long what is known of one patient is kept, and what stops that it goes before. */
export interface KeepingOfPatient {
  readonly stop?: { readonly is: "held" | "restricted"; readonly message: string };
  readonly birthDay?: string;
  readonly lastContact?: string;
  readonly record?: { readonly until: string; readonly title: string };
}

/** Of `Patient/7c…`. Problems: not-found; those of the record. */
export async function keepingOfPatient(
  needs: Pick<Context, "record" | "hospitalTime">,
  patient: string,
): Promise<Result<KeepingOfPatient>> {
  const read = await needs.record.read("Patient", patient.slice("Patient/".length));
  if (!read.ok) return read;
  const open = await stopOf(needs, patient);
  const stop = open.ok ? undefined : stopIn(open.problems[0]);
  if (!open.ok && stop === undefined) return open;
  const facts = await patientFacts(needs, read.value);
  if (!facts.ok) return facts;
  const { birthDate } = parseBody<{ readonly birthDate?: string }>(read.value);
  return ok({
    ...(stop === undefined ? {} : { stop }),
    ...(birthDate === undefined ? {} : { birthDay: wholeDay(birthDate) }),
    ...(facts.value === undefined ? {} : { lastContact: facts.value.lastContact, record: retentionOf(facts.value) }),
  });
}

function stopIn({ code, message }: Problem): KeepingOfPatient["stop"] {
  if (code === "on-hold") return { is: "held", message };
  return code === "record-restricted" ? { is: "restricted", message } : undefined;
}
