import type { DecidedView, HeldMessageView, HoldsPage, HoldView } from "#departments/clinical/api";
import { conflicting, held } from "./messages.ts";
import { type Asked, json, notFound, type Recorded } from "./reply.ts";

const wrongNumber: HoldView = {
  ...held,
  ageMinutes: 78,
  release: { asIs: true, toPatient: true, people: 1 },
  decisions: [],
};

const proposal = {
  action: "release",
  by: "User/ferreira",
  display: "Ana Ferreira",
  at: "2026-11-23T08:55:00.000Z",
  comment: "The laboratory says that the family name was mistyped at registration.",
} as const;

const otherPerson: HoldView = {
  ...conflicting,
  ageMinutes: 170,
  release: { asIs: true, toPatient: true, people: 2 },
  proposal,
  decisions: [proposal],
};

const holds = [otherPerson, wrongNumber];

export function holdsPage(query: URLSearchParams): HoldsPage {
  const reason = query.get("reason");
  return {
    holds: holds.filter((hold) => reason === null || hold.reasons.some(({ code }) => code === reason)),
    proposed: 1,
    position: 1000,
    reasons: [
      { code: "nhs-number-check-digit", title: "NHS number with a wrong check digit", count: 1 },
      { code: "identity-conflict", title: "Number of somebody else", count: 1 },
    ],
  };
}

export function heldMessageView(id: string): HeldMessageView | undefined {
  const hold = holds.find((one) => one.id === id);
  if (hold === undefined) return undefined;
  const later = hold.id === "m5" ? [{ ...conflicting, id: "m3", arrivedAt: "2026-11-23T06:52:00.000Z" }] : [];
  return { ...hold, earlier: [], later };
}

export function decideHold({ body }: Asked, [id = "", action = ""]: readonly string[]): Recorded {
  const hold = holds.find((one) => one.id === id);
  if (hold === undefined) return notFound;
  const { patient } = JSON.parse(body) as { patient?: string };
  const waitsForSecond = action === "release" && (patient !== undefined || hold.release.people === 2);
  const rejected: Pick<DecidedView, "state" | "stateText"> = { state: "rejected", stateText: "Rejected" };
  const taken: Pick<DecidedView, "state" | "stateText"> = { state: "mapped", stateText: "In the record" };
  const kept: Pick<DecidedView, "state" | "stateText"> = { state: "held", stateText: "Held for a person" };
  const state = waitsForSecond ? kept : action === "reject" ? rejected : taken;
  return json({ id, ...state, waitsForSecond, released: [] } satisfies DecidedView);
}
