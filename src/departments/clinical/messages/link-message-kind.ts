import { incorrect, type JsonObject, type Problem } from "#kernel";
import { isBlobHash, type KindDefinition } from "#record";
import { type LinkMessage, linkMessageKind, linkMessageStates } from "./link-message.ts";
import { linkMessageEntries } from "./link-message-index.ts";

/** What the record knows of messages. */
export const linkMessageDefinition: KindDefinition = {
  kind: linkMessageKind,
  check: (body) => problemsOf(body),
  index: (body) => linkMessageEntries(body as unknown as LinkMessage),
};

/** Only messages that were received write these, so what is checked is what later readers rely on. */
function problemsOf(body: JsonObject): readonly Problem[] {
  const raw = body.raw as Partial<LinkMessage["raw"]> | undefined;
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ["link", isText(body.link)],
    ["connection", isText(body.connection)],
    ["arrivedAt", isText(body.arrivedAt) && !Number.isNaN(Date.parse(body.arrivedAt))],
    ["state", linkMessageStates.some((state) => state === body.state)],
    ["reasons", Array.isArray(body.reasons)],
    ["raw", isText(raw?.hash) && isBlobHash(raw.hash) && Number.isInteger(raw.sizeBytes)],
    ["patient", typeof body.patient === "object" && body.patient !== null],
    ["orders", Array.isArray(body.orders)],
    ["resources", Array.isArray(body.resources)],
    ["acknowledgement", body.acknowledgement !== undefined || body.state === "received"],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `LinkMessage.${element}` }),
    );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
