import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type IndexEntries, isBlobHash, type KindDefinition, noEntries } from "#record";
import { type Delivery, deliveryKind, deliveryStates, isFresh } from "./delivery.ts";

/** What the record knows of deliveries. */
export const deliveryDefinition: KindDefinition = {
  kind: deliveryKind,
  check: (body) => problemsOf(body),
  index: (body) => deliveryEntries(body as unknown as Delivery),
};

/**
 * `fresh` deliveries were never tried, and the order in which they were queued is that of the feed; of each lane at most
 * one is `tried` or `parked`, and it stands before all that are fresh.
 */
export type DeliveryStage = "fresh" | "tried" | "parked" | "delivered" | "cancelled";

export function stageOf(delivery: Delivery): DeliveryStage {
  if (delivery.state !== "queued") return delivery.state;
  return isFresh(delivery) ? "fresh" : "tried";
}

export function stageKey(destination: string, stage: DeliveryStage): string {
  return `destination-stage=${destination}|${stage}`;
}

export function laneStageKey({ destination, lane }: Pick<Delivery, "destination" | "lane">): string {
  return `lane=${destination}|${lane}`;
}

export function messageKey(message: string): string {
  return `message=${message}`;
}

/** Found by `state`, `link`, `day`, `message`, destination and stage, while it is not settled by its lane, and by the time it was queued. */
function deliveryEntries(delivery: Delivery): IndexEntries {
  const { state, message, destination, link, day } = delivery;
  const stage = stageOf(delivery);
  const queuedMs = Date.parse(delivery.queuedAt);
  return {
    ...noEntries,
    keys: [
      `state=${state}`,
      `link=${link}`,
      `day=${day}`,
      messageKey(message),
      stageKey(destination, stage),
      ...(stage === "fresh" ? [laneStageKey(delivery)] : []),
    ],
    dates: [{ parameter: "queued", fromMs: queuedMs, toMs: queuedMs + 1 }],
  };
}

/** Only Corridor writes these: what is checked is what later readers rely on. */
function problemsOf(body: JsonObject): readonly Problem[] {
  const texts = ["message", "link", "day", "destination", "lane", "controlId", "contentType"] as const;
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ...texts.map((name) => [name, isText(body[name])] as const),
    ["queuedAt", isText(body.queuedAt) && !Number.isNaN(Date.parse(body.queuedAt))],
    ["state", deliveryStates.some((state) => state === body.state)],
    ["body", isText(body.body) && isBlobHash(body.body)],
    ["attempts", Number.isInteger(body.attempts)],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `Delivery.${element}` }),
    );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
