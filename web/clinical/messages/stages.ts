import type { DeliveryView, MessageView } from "#departments/clinical/api";

/** One step of a message's way, when it is known to have happened. */
export interface Stage {
  readonly title: string;
  readonly text: string;
  readonly tone: "good" | "warn" | "bad" | "plain";
  readonly at?: string;
  /** Where more of it stands on the page. */
  readonly tab?: "raw" | "parsed" | "resources" | "acknowledgement" | "not-mapped" | "deliveries" | "history";
}

/** The way of a message, in the order of the links' work: received, gated, mapped, answered, and on to each destination. */
export function stagesOf(message: MessageView, deliveries: readonly DeliveryView[]): readonly Stage[] {
  return [
    received(message),
    ...message.states.map((state, at) => stateStage(message, state, at)),
    ...mapped(message),
    ...answered(message),
    ...routed(message, deliveries),
    ...deliveries.flatMap(deliveryStages),
  ];
}

function received({ arrivedAt, link, sizeBytes }: MessageView): Stage {
  return {
    title: "Received",
    at: arrivedAt,
    text: `Its last byte came over ${link}; all ${sizeBytes} bytes are kept.`,
    tone: "good",
    tab: "raw",
  };
}

const titles: Readonly<Record<MessageView["state"], string>> = {
  received: "Kept, to be mapped",
  mapped: "Through the gates, and in the record",
  stale: "Older than what the record holds",
  held: "Held at a gate",
  rejected: "Rejected",
  routed: "Passed on without being mapped",
  filtered: "Filtered",
};

function stateStage(message: MessageView, { state, stateText, at, reasons }: MessageView["states"][number], n: number) {
  const why = reasons.map((reason) => reason.message).join(" ");
  const tone = state === "held" ? "warn" : state === "rejected" ? "bad" : "good";
  const isLast = n === message.states.length - 1;
  return { title: titles[state], at, text: why === "" ? stateText : why, tone, ...(isLast ? {} : later) } as const;
}

const later = { tab: "history" } as const;

function mapped({ ledger, resources }: MessageView): readonly Stage[] {
  if (ledger === undefined) return [];
  const text = `${ledger.mapped} of ${ledger.leaves} values mapped by ${ledger.mapping}; ${resources.length} resources written.`;
  return [{ title: "Mapped", text, tone: ledger.unmapped.length === 0 ? "good" : "plain", tab: "resources" }];
}

function answered({ acknowledgement }: MessageView): readonly Stage[] {
  if (acknowledgement === undefined)
    return [{ title: "Not answered", text: "The sender is expected to send it again.", tone: "warn" }];
  const { code, sentAt } = acknowledgement;
  const tone = code === "AA" ? "good" : code === "AE" ? "warn" : "bad";
  return [{ title: `Acknowledged ${code}`, at: sentAt, text: "To the sender.", tone, tab: "acknowledgement" }];
}

function routed({ state }: MessageView, deliveries: readonly DeliveryView[]): readonly Stage[] {
  const names = deliveries.map(({ destination, route }) => `${destination} (${route})`);
  if (names.length > 0) return [{ title: "Routed", text: `To ${names.join(", ")}.`, tone: "good", tab: "deliveries" }];
  if (state === "held" || state === "rejected") return [];
  return [{ title: "Not sent on", text: "No route leads it to a destination.", tone: "plain" }];
}

function deliveryStages(delivery: DeliveryView): readonly Stage[] {
  const { destination, queuedAt, state, stateText, settledAt, attempts, problem, nextTryAt } = delivery;
  const queued = { title: `Queued for ${destination}`, at: queuedAt, text: `In order with ${delivery.lane}.` };
  const tried = attempts === 0 ? "" : ` after ${attempts === 1 ? "one try" : `${attempts} tries`}`;
  const at = settledAt ?? nextTryAt;
  const tone = state === "delivered" ? "good" : state === "parked" ? "bad" : state === "cancelled" ? "warn" : "plain";
  const text = state === "delivered" ? "" : (problem?.message ?? "");
  const when = at === undefined ? {} : { at };
  const settled: Stage = { title: `${stateText}: ${destination}${tried}`, text, tone, ...when, tab: "deliveries" };
  return [{ ...queued, tone: "good", tab: "deliveries" }, settled];
}
