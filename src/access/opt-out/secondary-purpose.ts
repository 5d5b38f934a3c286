import { purposesOf } from "../consent/asker.ts";

/** Research, and planning: measuring how health care performs. Source: HL7 v3 ActReason. */
const secondary: readonly string[] = ["HRESCH", "PERFMSR"];

/** Whether the national data opt-out counts: what is done is neither care nor running the hospital. */
export function isSecondaryPurpose(purpose: string): boolean {
  return purposesOf(purpose).some((each) => secondary.includes(each));
}
