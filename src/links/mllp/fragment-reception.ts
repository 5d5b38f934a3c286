import { type Continuations, noContinuations, takeFragment } from "#standards/hl7v2";
import type { Protocol } from "./by-protocol.ts";
import { type Asked, briefReplies, repliesTo, type Settled, settled } from "./replies.ts";
import type { MllpConnection } from "./settings.ts";

export interface FragmentReception {
  take(asked: Asked): Promise<Settled>;
}

/**
 * Joins the fragments that come on one connection. Each is kept, by itself, before it is acknowledged; the last is
 * answered for the whole. A connection that closes between two fragments forgets them, and the sender begins again.
 * Source: HL7 v2.5.1 §2.10.2.
 */
export function fragmentReception(protocol: Protocol): FragmentReception {
  const open = new WeakMap<MllpConnection, Continuations>();
  return {
    async take(asked) {
      const { message, arrival } = asked;
      const { connection } = arrival;
      const step = takeFragment(open.get(connection) ?? noContinuations, message);
      if (step.is !== "whole") open.set(connection, step.state);
      switch (step.is) {
        case "whole":
          return settled(repliesTo(asked, await protocol.take(message, arrival), protocol));
        case "part": {
          const { problems } = await protocol.take(message, { ...arrival, fragment: { number: step.number } });
          if (problems.length > 0) open.delete(connection);
          return settled(briefReplies(asked, { problems }, protocol));
        }
        case "joined": {
          const joined = { fragments: step.number, last: message };
          const whole: Asked = { ...asked, arrival: { ...arrival, joined } };
          return settled(repliesTo(whole, await protocol.take(step.message, whole.arrival), protocol));
        }
        case "refused":
          return settled(briefReplies(asked, { problems: [step.problem] }, protocol));
      }
    },
  };
}
