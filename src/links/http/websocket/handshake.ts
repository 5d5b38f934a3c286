import { createHash } from "node:crypto";

type Headers = Readonly<Record<string, string | undefined>>;

/** Source: RFC 6455 §1.3. */
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** What a client says to open a WebSocket, with a key of 16 bytes. Source: RFC 6455 §4.2.1. */
export function handshakeKey({ upgrade, "sec-websocket-key": key, "sec-websocket-version": version }: Headers) {
  const isAsked = upgrade?.toLowerCase() === "websocket" && version === "13";
  return isAsked && key !== undefined && /^[A-Za-z0-9+/]{22}==$/.test(key) ? key : undefined;
}

/** The head of the answer that opens it. Source: RFC 6455 §4.2.2. */
export function handshakeAnswer(key: string): string {
  const accept = createHash("sha1").update(`${key}${guid}`).digest("base64");
  const lines = ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`;
}
