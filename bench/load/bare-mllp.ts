/** The floor of `bench/mllp`: frames and acknowledges, and does nothing else with a message. */
import { type AddressInfo, createServer } from "node:net";

const endOfFrame = Buffer.from([0x1c, 0x0d]);
const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(endOfFrame); end !== -1; end = rest.indexOf(endOfFrame)) {
      const header = rest.toString("latin1", 1, rest.indexOf("\r"));
      const fields = header.split("|");
      const controlId = fields[9] ?? "";
      const code = fields[14] === "AL" ? "CA" : "AA";
      socket.write(`\u000bMSH|^~\\&|||||||ACK|A${controlId}|P|2.4\rMSA|${code}|${controlId}\r\u001c\r`, "latin1");
      rest = rest.subarray(end + endOfFrame.length);
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
