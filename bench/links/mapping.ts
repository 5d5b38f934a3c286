/** Mapping alone: bytes to resources and books, on one thread, by its processor time. */
import { previewMessage } from "#departments/clinical";
import { expectOk } from "#kernel";
import { readMessage } from "#standards/hl7v2";
import { tell } from "../fhir/served.ts";
import type { Figure } from "../figure.ts";
import { anOruMessage } from "../load/oru-message.ts";

const warmUp = 2_000;
const count = 3_000;

export function mappingFigures(): readonly Figure[] {
  tell("mapping alone");
  const messages = Array.from({ length: count }, (_, at) => Buffer.from(anOruMessage(at).frame.slice(1, -2), "latin1"));
  const patientReference = "Patient/bench";
  const offsetMinutesAt = () => 0;
  const map = (raw: Uint8Array) => expectOk(previewMessage({ raw, patientReference, offsetMinutesAt }));
  const [ours, floor] = [rateOf(messages, map), rateOf(messages, readMessage)];
  return [
    {
      name: "mapping alone, with its books",
      value: ours,
      unit: "messages/s of processor time",
      floor,
      floorName: "reading the same messages into segments",
      wanted: { must: 1_500, aim: 5_000 },
    },
  ];
}

function rateOf(messages: readonly Uint8Array[], work: (message: Uint8Array) => unknown): number {
  for (const message of messages.slice(0, warmUp)) work(message);
  const before = process.cpuUsage();
  for (const message of messages) work(message);
  const { user, system } = process.cpuUsage(before);
  return (messages.length / (user + system)) * 1_000_000;
}
