import type { ConfigurationFile } from "#departments/clinical";
import { messagesOf, storiesOf } from "../hospital.ts";
import type { DemoMessage } from "../messages/sender.ts";
import { linkOf } from "./demo-links.ts";

/** Of the demonstration's own generator, so always the same. */
const plan = { seed: 1, patients: 12, asOfMs: Date.parse("2026-11-02T09:00:00Z") };

interface Wanted {
  readonly name: string;
  readonly application: string;
  readonly type: string;
  /** The message has it somewhere. */
  readonly text: string;
}

const wanted: readonly Wanted[] = [
  { name: "renal-profile", application: "BIOLIMS", type: "ORU^R01", text: "|UE^" },
  { name: "full-blood-count", application: "HAEMSYS", type: "ORU^R01", text: "|FBC^" },
  { name: "blood-gas", application: "POCTLINK", type: "ORU^R01", text: "|GAS^" },
  { name: "histology", application: "CELLPATH", type: "ORU^R01", text: "|HIST^" },
  { name: "registration", application: "PAS", type: "ADT^A28", text: "PID|" },
  { name: "admission", application: "PAS", type: "ADT^A01", text: "PV1|" },
];

/** A message of each kind that the links pass on or filter, without what it must give. */
export function goldenFiles(): readonly ConfigurationFile[] {
  const messages = storiesOf(plan).flatMap((story) => messagesOf(story, plan.asOfMs));
  return wanted.flatMap((each) => {
    const message = messages.find((one) => isWanted(one, each));
    if (message === undefined) return [];
    const base64 = Buffer.from(message.bytes).toString("base64");
    return [{ path: `golden/${linkOf(each.application)}/${each.name}.hl7`, base64 }];
  });
}

function isWanted({ application, type, bytes }: DemoMessage, each: Wanted): boolean {
  if (application !== each.application || type !== each.type) return false;
  return Buffer.from(bytes).toString("latin1").includes(each.text);
}
