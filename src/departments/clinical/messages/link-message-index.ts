import { type IndexEntries, noEntries } from "#record";
import { heldKeys } from "../holds/held-keys.ts";
import { figureKeys } from "./figure-keys.ts";
import type { LinkMessage } from "./link-message.ts";

/**
 * What a message is found by: `link`, `type` (`ORU^R01`, and `ORU` for all its triggers), `state`, `control-id`,
 * `nhs-number`, `hospital-number`, `order-number` (placer or filler), `patient`, the keys of the figures, what holds
 * it, and by the date parameter `arrived`. One that is not mapped yet only by link, state, control id and figures.
 */
export function linkMessageEntries(message: LinkMessage): IndexEntries {
  const { link, type, state, controlId, patient, orders, patientReference } = message;
  if (state === "received") return { ...noEntries, keys: briefKeys(message) };
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
    ...figureKeys(message),
    ...heldKeys(message),
  ];
  return {
    ...noEntries,
    references: patientReference === undefined ? [] : [`patient=${patientReference}`],
    keys: [...new Set(keys.filter((each) => each !== undefined))],
    dates: [{ parameter: "arrived", fromMs: arrivedMs, toMs: arrivedMs + 1 }],
  };
}

/** As little as the counts and the looks for it need: it has the others when it is mapped, mostly a moment later. */
function briefKeys(message: LinkMessage): readonly string[] {
  const { link, state, controlId } = message;
  const keys = [key("link", link), key("state", state), key("control-id", controlId)];
  return [...keys.filter((each) => each !== undefined), ...figureKeys(message)];
}

function key(parameter: string, value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : `${parameter}=${value}`;
}
