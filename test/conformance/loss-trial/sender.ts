import { connect, type Socket } from "node:net";
import { anOruMessage, type OruVariation } from "../../../bench/load/oru-message.ts";

/** What one laboratory connection has sent and been told, over all rounds. */
export interface Sender {
  /** Numbers of messages that were acknowledged with AA, or with CA where it asks for that. */
  readonly acknowledged: number[];
  /** Anything answered that was not the acknowledgement of the message sent. */
  readonly oddities: string[];
  /** Sends until the connection breaks, one message at a time; then what has no answer comes again. */
  sendUntilBroken(port: number): Promise<void>;
}

export interface SenderOptions {
  /** Numbers its messages from here on, so that no two senders share one. */
  readonly first: number;
  readonly variationOf?: (number: number) => OruVariation;
}

const endOfFrame = "\u001c\r";
/** Every so many messages an acknowledged one is sent once more, as senders do that lost the answer. */
const repeatEvery = 7;

export function aSender({ first, variationOf = () => ({}) }: SenderOptions): Sender {
  const acknowledged: number[] = [];
  const oddities: string[] = [];
  let next = first;
  return {
    acknowledged,
    oddities,
    async sendUntilBroken(port) {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      const answers = answersOf(socket);
      const send = (number: number) => exchange(socket, answers, { number, variation: variationOf(number), oddities });
      for (;;) {
        const last = acknowledged.at(-1);
        const isRepeat = last !== undefined && (next - first) % repeatEvery === 3 && last === next - 1;
        if (isRepeat && !(await send(last))) return;
        if (!(await send(next))) return;
        acknowledged.push(next);
        next += 1;
      }
    },
  };
}

interface Exchange {
  readonly number: number;
  readonly variation: OruVariation;
  readonly oddities: string[];
}

/** True when it was acknowledged; false when the connection broke first. */
async function exchange(
  socket: Socket,
  answers: AsyncIterator<string>,
  { number, variation, oddities }: Exchange,
): Promise<boolean> {
  const { controlId, frame } = anOruMessage(number, variation);
  socket.write(frame, "latin1");
  const { value, done } = await answers.next();
  if (done) return false;
  const code = variation.asks === undefined ? "AA" : "CA";
  if (!value.includes(`MSA|${code}|${controlId}`))
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
