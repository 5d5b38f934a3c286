import { ok, type Result } from "#kernel";
import { createMllpSender, type MllpSender } from "#links/mllp";
import { parseMessage, readAck } from "#standards/hl7v2";
import { messagesOf } from "./hospital.ts";
import type { Story } from "./story/story.ts";

export interface FillNeeds {
  readonly stories: readonly Story[];
  readonly asOfMs: number;
  readonly mllp: Door;
  /** Ends it between two messages; what was sent stays, and is answered again the next time. */
  readonly signal: AbortSignal;
  progress(patientsDone: number): void;
}

export interface Door {
  readonly host: string;
  readonly port: number;
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
const ackTimeoutMs = 60_000;

/** Sends the two years over MLLP, as the laboratories would have. Problems: those of `MllpSender.send`. */
export async function fill(needs: FillNeeds): Promise<Result<Filled>> {
  const waiting = [...needs.stories];
  const totals = { messages: 0, refused: 0, patients: 0 };
  const lane = async (): Promise<Result<void>> => {
    const sender = createMllpSender({ ...needs.mllp, ackTimeoutMs });
    try {
      for (let story = waiting.shift(); story !== undefined; story = waiting.shift()) {
        const sent = await sendStory(story, { sender, needs, totals });
        if (!sent.ok) return sent;
        if (needs.signal.aborted) return ok(undefined);
        totals.patients += 1;
        needs.progress(totals.patients);
      }
      return ok(undefined);
    } finally {
      sender.close();
    }
  };
  const ends = await Promise.all(Array.from({ length: lanes }, lane));
  const failure = ends.find((end) => !end.ok);
  return failure?.ok === false ? failure : ok({ messages: totals.messages, refused: totals.refused });
}

interface Sending {
  readonly sender: MllpSender;
  readonly needs: FillNeeds;
  readonly totals: { messages: number; refused: number };
}

async function sendStory(story: Story, { sender, needs, totals }: Sending): Promise<Result<void>> {
  for (const { bytes } of messagesOf(story, needs.asOfMs)) {
    if (needs.signal.aborted) return ok(undefined);
    const answer = await sender.send(bytes);
    if (!answer.ok) return answer;
    totals.messages += 1;
    if (!isAccepted(answer.value)) totals.refused += 1;
  }
  return ok(undefined);
}

export function isAccepted(answer: Uint8Array): boolean {
  const ack = readAck(parseMessage(new TextDecoder().decode(answer)));
  return ack.ok && ack.value.code === "AA";
}
