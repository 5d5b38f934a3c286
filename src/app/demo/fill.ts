import { failed, type Log, ok, type Result } from "#kernel";
import { messagesOf } from "./hospital.ts";
import { type Doors, type HospitalSenders, hospitalSenders } from "./set-up/senders.ts";
import type { Story } from "./story/story.ts";

export interface FillNeeds {
  readonly stories: readonly Story[];
  readonly asOfMs: number;
  readonly doors: Doors;
  /** Ends it between two messages; what was sent stays, and is answered again the next time. */
  readonly signal: AbortSignal;
  progress(patientsDone: number): void;
  readonly log: Log;
}

export interface Filled {
  readonly messages: number;
  /** Answered by anything but AA. */
  readonly refused: number;
}

/**
 * Patients whose messages are sent at the same time; those of one patient go one after another. Messages of one moment
 * share a commit: with fewer the hospital waits for the disk, with many more a person at a screen waits for the hospital.
 */
const lanes = 32;

/** Sends the two years over MLLP, as the laboratories would have. Problems: those of `mllpSender`. */
export async function fill(needs: FillNeeds): Promise<Result<Filled>> {
  const sender = hospitalSenders(needs.doors, lanes, needs.log);
  const waiting = [...needs.stories];
  const totals = { messages: 0, refused: 0, patients: 0 };
  const lane = async (): Promise<Result<void>> => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
      const sent = await sendStory(story, { sender, needs, totals });
      if (!sent.ok) return sent;
      if (needs.signal.aborted) return ok(undefined);
      totals.patients += 1;
      needs.progress(totals.patients);
    }
    return ok(undefined);
  };
  const ends = await Promise.all(Array.from({ length: lanes }, lane)).finally(() => sender.close());
  const failure = ends.find((end) => !end.ok);
  return failure?.ok === false ? failure : ok({ messages: totals.messages, refused: totals.refused });
}

interface Sending {
  readonly sender: HospitalSenders;
  readonly needs: FillNeeds;
  readonly totals: { messages: number; refused: number };
}

/** What is under way when it is to end is waited for: the hospital answers it before it closes its door. */
async function sendStory(story: Story, { sender, needs, totals }: Sending): Promise<Result<void>> {
  for (const message of messagesOf(story, needs.asOfMs)) {
    if (needs.signal.aborted) return ok(undefined);
    const outcome = await sender.send(message, untilAnswered);
    if (outcome.is === "unanswered" || outcome.is === "unreachable") return failed(outcome.problem);
    totals.messages += 1;
    if (outcome.is === "refused") totals.refused += 1;
  }
  return ok(undefined);
}

const untilAnswered = new AbortController().signal;
