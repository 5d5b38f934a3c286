import { incorrect } from "#kernel";
import { isBareHeader, judgeSequence, readMessage } from "#standards/hl7v2";
import { type Answering, type Asked, briefReplies, type Settled, settled, withExpected } from "./replies.ts";
import type { Replies } from "./settings.ts";

/** Where the sequence number of a link is kept. A rejection of either means that nothing may be acknowledged. */
export interface SequenceBook {
  /** The number accepted last; undefined when none was since the beginning or a reset. */
  last(): Promise<number | undefined>;
  /** Settles when it is durable. */
  keep(last: number | undefined): Promise<void>;
}

export interface SequenceReception {
  /** Takes a message when those before it are taken, if its number says so, and answers with the number expected. */
  inOrder(asked: Asked, take: () => Promise<Settled>): Promise<Settled>;
}

/**
 * The receiving side of the sequence number protocol. Messages are taken one after another, whatever connections they
 * come by, and each when the one before is durable, not when it is answered; the number is kept after the message and before its acknowledgement, so a crash between the two costs a
 * repetition, which `take` must know as one.
 * Source: HL7 v2.5.1 §2.10.1.
 */
export function sequenceReception(book: SequenceBook, answering: Answering): SequenceReception {
  let before: Promise<unknown> = Promise.resolve();
  return {
    inOrder(asked, take) {
      const taken = before.then(() => judged(asked, take, { book, answering }));
      before = taken.catch(() => {});
      return taken;
    },
  };
}

interface Judging {
  readonly book: SequenceBook;
  readonly answering: Answering;
}

async function judged(asked: Asked, take: () => Promise<Settled>, { book, answering }: Judging): Promise<Settled> {
  const verdict = judgeSequence(await book.last(), asked.header?.segment.fieldText(13) ?? "");
  switch (verdict.is) {
    case "absent":
      return take();
    case "status":
    case "reset": {
      const { expected: expectedSequence } = verdict;
      if (!isBareHeader(readMessage(asked.message))) {
        return settled(briefReplies(asked, { problems: [contentLost], expectedSequence }, answering));
      }
      if (verdict.is === "reset") await book.keep(undefined);
      return settled(briefReplies(asked, { expectedSequence }, answering));
    }
    case "next": {
      const { replies } = await take();
      await book.keep(verdict.last);
      return expecting(replies, verdict.expected);
    }
    case "repeat":
      return expecting((await take()).replies, verdict.expected);
    case "refused":
      return settled(
        briefReplies(asked, { problems: [verdict.problem], expectedSequence: verdict.expected }, answering),
      );
  }
}

function expecting(replies: Promise<Replies>, expected: number): Settled {
  return settled(replies.then((answer) => withExpected(answer, expected)));
}

const contentLost = incorrect(
  "sequence-status-with-content",
  "A message with 0 or -1 in MSH-13 only asks for the sequence number; what it holds besides its header is not taken.",
  { where: "MSH-13" },
);
