import { connect, type Socket } from "node:net";
import { anOruMessage } from "../../../bench/load/oru-message.ts";

/** What one laboratory connection has sent and been told, over all rounds. */
export interface Sender {
  /** Numbers of messages that were acknowledged with AA. */
  readonly acknowledged: number[];
  /** Anything answered that was not AA of the message sent. */
  readonly oddities: string[];
  /** Sends until the connection breaks, one message at a time; then the message without an answer comes again. */
  sendUntilBroken(port: number): Promise<void>;
}

const endOfFrame = "\u001c\r";
/** Every so many messages an acknowledged one is sent once more, as senders do that lost the answer. */
const repeatEvery = 7;

/** Numbers its messages from `first` on, so that no two senders share one. */
export function aSender(first: number): Sender {
  const acknowledged: number[] = [];
  const oddities: string[] = [];
  let next = first;
  return {
    acknowledged,
    oddities,
    async sendUntilBroken(port) {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      const answers = answersOf(socket);
      for (;;) {
        const last = acknowledged.at(-1);
        const isRepeat = last !== undefined && (next - first) % repeatEvery === 3 && last === next - 1;
        if (isRepeat && !(await exchange(socket, answers, { number: last, oddities }))) return;
        if (!(await exchange(socket, answers, { number: next, oddities }))) return;
        acknowledged.push(next);
        next += 1;
      }
    },
  };
}

interface Exchange {
  readonly number: number;
  readonly oddities: string[];
}

/** True when it was acknowledged; false when the connection broke first. */
async function exchange(
  socket: Socket,
  answers: AsyncIterator<string>,
  { number, oddities }: Exchange,
): Promise<boolean> {
  const { controlId, frame } = anOruMessage(number);
  socket.write(frame, "latin1");
  const { value, done } = await answers.next();
  if (done) return false;
  if (!value.includes(`MSA|AA|${controlId}`))
    oddities.push(`${controlId} was answered: ${value.replaceAll("\r", " ")}`);
  return true;
}

async function* answersOf(socket: Socket): AsyncGenerator<string> {
  let text = "";
  try {
    for await (const chunk of socket) {
      text += (chunk as Buffer).toString("latin1");
      for (let end = text.indexOf(endOfFrame); end >= 0; end = text.indexOf(endOfFrame)) {
        yield text.slice(0, end);
        text = text.slice(end + endOfFrame.length);
      }
    }
  } catch {
    // A killed server resets its connections: the message without an answer is sent again.
  }
}
