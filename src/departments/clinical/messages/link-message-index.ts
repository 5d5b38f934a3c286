import { type IndexEntries, noEntries } from "#record";
import { heldKeys } from "../holds/held-keys.ts";
import { figureKeys } from "./figure-keys.ts";
import type { LinkMessage } from "./link-message.ts";

/**
 * What a message is found by: `link`, `type` (`ORU^R01`, and `ORU` for all its triggers), `state`, `control-id`,
 * `nhs-number`, `hospital-number`, `order-number` (placer or filler), `patient`, the keys of the figures, what holds
 * it, and by the date parameter `arrived`.
 */
export function linkMessageEntries(message: LinkMessage): IndexEntries {
  const { link, type, state, controlId, patient, orders, patientReference } = message;
  const arrivedMs = Date.parse(message.arrivedAt);
  const keys = [
    key("link", link),
    key("state", state),
    key("type", type),
    key("type", type?.split("^")[0]),
    key("control-id", controlId),
    key("nhs-number", patient.nhsNumber),
    ...patient.hospitalNumbers.map((number) => key("hospital-number", number)),
    ...orders.flatMap(({ placer, filler }) => [key("order-number", placer), key("order-number", filler)]),
    key("patient", patientReference),
    ...figureKeys(message),
    ...heldKeys(message),
  ];
  return {
    ...noEntries,
    keys: [...new Set(keys.filter((each) => each !== undefined))],
    dates: [{ parameter: "arrived", fromMs: arrivedMs, toMs: arrivedMs + 1 }],
  };
}

function key(parameter: string, value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `${parameter}=${value}`;
}
