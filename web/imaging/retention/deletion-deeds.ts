import type { ImageDisposalView } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import type { AskedDeed } from "../reason-drawer.tsx";

export const proposing: AskedDeed = {
  title: "Propose a deletion",
  means:
    "What the rules let go today is counted first. Then somebody else has to agree before anything is deleted. The rules as they are now count, whatever becomes of them meanwhile.",
  submit: "Propose it",
  done: "The deletion is proposed, and being counted.",
  asksReason: true,
  deed: (reason) => ({ method: "POST", path: "/retention/deletions", body: { reason } }),
};

export function deciding({ id, foreseen }: ImageDisposalView, agree: boolean): AskedDeed {
  const what = `${countOf(foreseen.studies, "study", "studies")} with ${countOf(foreseen.objects, "object")}`;
  return {
    title: agree ? "Agree to the deletion" : "Refuse the deletion",
    means: agree
      ? `${what} will be erased for good, as far as nothing keeps them by then. There is no way back but a backup.`
      : "Nothing is deleted. It can be proposed again.",
    submit: agree ? "Agree" : "Refuse",
    done: agree ? "It is agreed, and begins." : "It is refused.",
    isDanger: agree,
    asksReason: true,
    deed: (reason) => ({ method: "POST", path: `/retention/deletions/${id}/decide`, body: { agree, reason } }),
  };
}

/** Stops one that is being carried out, or lets it go on. */
export function stepping({ id, state }: ImageDisposalView): AskedDeed {
  const isRunning = state === "agreed";
  return {
    title: isRunning ? "Stop the deletion" : "Let the deletion go on",
    means: isRunning
      ? "What is gone is gone; the studies that are being erased just now still go. Nothing more is deleted until somebody lets it go on."
      : "It goes on where it was stopped. What is kept by now stays.",
    submit: isRunning ? "Stop it" : "Let it go on",
    done: isRunning ? "It is stopped." : "It goes on.",
    asksReason: true,
    deed: (reason) => ({
      method: "POST",
      path: `/retention/deletions/${id}/${isRunning ? "stop" : "resume"}`,
      body: { reason },
    }),
  };
}
