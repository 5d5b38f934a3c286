/** A laboratory's connection that waits for each answer, as most do. */
import { connect } from "node:net";

export interface LaboratoryLine {
  /** Settles with `AA M1`, or undefined when the connection broke before the answer. */
  send(message: string): Promise<string | undefined>;
  close(): void;
}

export function laboratoryLine(port: number): LaboratoryLine {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const waiting: ((answer: string | undefined) => void)[] = [];
  let text = "";
  let isOver = false;
  socket.on("data", (bytes) => {
    text += bytes.toString("latin1");
    for (let end = text.indexOf("\u001c\r"); end >= 0; end = text.indexOf("\u001c\r")) {
      const [, code, id] = /\rMSA\|(\w+)\|([^|\r]*)/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      waiting.shift()?.(`${code} ${id}`);
    }
  });
  socket.on("error", () => {}); // a killed program resets its connections
  socket.on("close", () => {
    isOver = true;
    for (const answer of waiting.splice(0)) answer(undefined);
  });
  return {
    send: (message) =>
      new Promise((resolve) => {
        if (isOver) return resolve(undefined);
        waiting.push(resolve);
        socket.write(Buffer.from(`\u000b${message}\u001c\r`));
      }),
    close: () => void socket.end(),
  };
}
