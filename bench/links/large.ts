/** One message of 50 MB: taken or refused by its limit, and what it takes in memory. */
import { connect } from "node:net";
import { tell } from "../fhir/served.ts";
import type { Figure } from "../figure.ts";
import { anOruMessage } from "../load/oru-message.ts";
import type { BenchHospital } from "./hospital.ts";
import { forgetPeak, peakMegabytes, residentMegabytes } from "./memory.ts";

const bytes = 50_000_000;

export async function largeFigures({ corridor, portOf }: BenchHospital): Promise<readonly Figure[]> {
  tell("a message of 50 MB");
  const before = residentMegabytes(corridor.pid);
  forgetPeak(corridor.pid);
  const startedMs = performance.now();
  const code = await answerTo(portOf("lab"), withDocument(anOruMessage(1).frame));
  const tookMs = performance.now() - startedMs;
  const value = peakMegabytes(corridor.pid) - before;
  const name = `a message of 50 MB, answered ${code}`;
  return [
    { name: `${name}: memory above what it had`, value, unit: "MB", floor: bytes / 1e6, floorName: "its bytes, once" },
    { name: `${name}: time`, value: tookMs, unit: "ms", floor: bytes / 1e6, floorName: "a millisecond each MB" },
  ];
}

/** A PDF as the last observation. */
function withDocument(frame: string): Buffer {
  const head = Buffer.from(frame.slice(0, -2), "latin1");
  const start = Buffer.from("OBX|11|ED|PDF^Report^L||LAB^Application^PDF^Base64^", "latin1");
  const end = Buffer.from("||||||F\r\u001c\r", "latin1");
  return Buffer.concat([head, start, Buffer.alloc(bytes - head.length - start.length - end.length, "JVBE"), end]);
}

function answerTo(port: number, frame: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    let text = "";
    socket.on("error", reject);
    socket.on("close", () => resolve("nothing"));
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const code = /\rMSA\|(\w\w)\|/.exec(text)?.[1];
      if (code === undefined) return;
      resolve(code);
      socket.destroy();
    });
    socket.write(frame);
  });
}
